//! Workloads to count instructions of: `instructions.sh` runs this under callgrind.
//!
//! `cargo bench --bench instructions -- CONTENDER WORKLOAD ITEMS`
//!
//! W1 is a tight loop in an async consumer, with all inlined; W9 goes through a
//! `Pin<Box<dyn Stream>>`. `throw` throws an error in for each item.

use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use gen_runtime::{AsyncGenerator, async_gen};

fn main() {
    let args: Vec<String> = std::env::args()
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let [_, contender, workload, items] = &args[..] else {
        println!("usage: CONTENDER WORKLOAD ITEMS; instructions.sh calls it");
        sizes();
        return;
    };
    let items = black_box(items.parse().expect("a number of items"));
    let sum = match (contender.as_str(), workload.as_str()) {
        ("gen-runtime", "W1") => w1(attribute(items)),
        ("gen-runtime", "W9") => w9(Box::pin(attribute(items))),
        ("throws", "W1") => w1(throws(items)),
        ("throws", "W9") => w9(Box::pin(throws(items))),
        ("defer", "W1") => w1(defer(items)),
        ("defer", "W9") => w9(Box::pin(defer(items))),
        ("defer-each", "W1") => w1(defer_each(items)),
        ("defer-each", "W9") => w9(Box::pin(defer_each(items))),
        ("attempt-each", "W1") => w1(attempt_each(items)),
        ("attempt-each", "W9") => w9(Box::pin(attempt_each(items))),
        ("attempt-each", "throw") => throw(attempt_each(items)),
        ("by-hand", "W1") => w1(ByHand {
            next: 0,
            end: items,
        }),
        ("by-hand", "W9") => w9(Box::pin(ByHand {
            next: 0,
            end: items,
        })),
        ("async-stream", "W1") => w1(async_stream(items)),
        ("async-stream", "W9") => w9(Box::pin(async_stream(items))),
        ("unfold", "W1") => w1(unfold(items)),
        ("unfold", "W9") => w9(Box::pin(unfold(items))),
        other => panic!("unknown contender and workload {other:?}"),
    };
    // Equal work: each contender yields 0, 1, 2, ..
    assert_eq!(sum, items * (items - 1) / 2);
}

fn sizes() {
    println!("size of a W1 generator in bytes");
    for (contender, bytes) in [
        ("gen-runtime", size_of_val(&attribute(0))),
        ("throws", size_of_val(&throws(0))),
        ("defer", size_of_val(&defer(0))),
        ("defer-each", size_of_val(&defer_each(0))),
        ("attempt-each", size_of_val(&attempt_each(0))),
    ] {
        println!("{contender:14} {bytes:6}");
    }
}

#[async_gen]
async fn attribute(items: u64) -> u64 {
    for n in 0..items {
        yield_!(n);
    }
}

/// The error, too, is a number.
#[async_gen(throws = u64)]
async fn throws(items: u64) -> u64 {
    for n in 0..items {
        yield_!(n);
    }
}

/// The loop in a region.
#[async_gen]
async fn defer(items: u64) -> u64 {
    defer! {
        black_box(items);
    }
    for n in 0..items {
        yield_!(n);
    }
}

/// A region for each item.
#[async_gen]
async fn defer_each(items: u64) -> u64 {
    for n in 0..items {
        defer! {
            black_box(n);
        }
        yield_!(n);
    }
}

/// A region for each item. An item that is not wanted counts all the same.
#[async_gen(throws = u64)]
async fn attempt_each(items: u64) -> u64 {
    for n in 0..items {
        let attempted = attempt! { yield_!(n) };
        if let Err(error) = attempted {
            black_box(error);
        }
    }
}

struct ByHand {
    next: u64,
    end: u64,
}

impl Stream for ByHand {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.next == self.end {
            return Poll::Ready(None);
        }
        self.next += 1;
        Poll::Ready(Some(self.next - 1))
    }
}

fn async_stream(items: u64) -> impl Stream<Item = u64> {
    async_stream::stream! {
        for n in 0..items {
            yield n;
        }
    }
}

fn unfold(items: u64) -> impl Stream<Item = u64> {
    futures::stream::unfold(0, move |n| async move { (n < items).then_some((n, n + 1)) })
}

/// An item, of a stream that may fail or not.
trait Number {
    fn number(self) -> u64;
}

impl Number for u64 {
    fn number(self) -> u64 {
        self
    }
}

impl Number for Result<u64, u64> {
    fn number(self) -> u64 {
        self.unwrap_or_else(|error| error)
    }
}

/// Each contender has a loop of its own, compiled with its stream.
#[inline(never)]
fn w1(stream: impl Stream<Item: Number>) -> u64 {
    let consumer = async move {
        let mut stream = pin!(stream);
        let mut sum = 0_u64;
        while let Some(item) = Next(stream.as_mut()).await {
            sum = black_box(sum + item.number());
        }
        sum
    };
    run(consumer)
}

#[inline(never)]
fn w9<T: Number>(stream: Pin<Box<dyn Stream<Item = T>>>) -> u64 {
    let consumer = async move {
        let mut stream = black_box(stream);
        let mut sum = 0_u64;
        while let Some(item) = Next(stream.as_mut()).await {
            sum = black_box(sum + item.number());
        }
        sum
    };
    run(consumer)
}

/// Throws where the others ask for the next item.
#[inline(never)]
fn throw<G>(generator: G) -> u64
where
    G: AsyncGenerator<Yield = u64, Sent = (), Error = u64, Item = Result<u64, u64>>,
{
    let consumer = async move {
        let mut items = gen_runtime::pin!(generator);
        let mut sum = 0_u64;
        let mut item = items.try_next().await;
        while let Ok(Some(number)) = item {
            sum = black_box(sum + number);
            item = items.throw(number).await;
        }
        sum
    };
    run(consumer)
}

fn run(future: impl Future<Output = u64>) -> u64 {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(sum) => sum,
        Poll::Pending => unreachable!("nothing in these workloads waits"),
    }
}

struct Next<'a, T: ?Sized>(Pin<&'a mut T>);

impl<T: Stream + ?Sized> Future for Next<'_, T> {
    type Output = Option<T::Item>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}
