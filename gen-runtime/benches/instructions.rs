//! Workloads to count instructions of: `instructions.sh` runs this under callgrind.
//!
//! `cargo bench --bench instructions -- CONTENDER WORKLOAD ITEMS`
//!
//! W1 is a tight loop in an async consumer, with all inlined; W9 goes through a
//! `Pin<Box<dyn Stream>>`.

use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use futures_core::Stream;
use gen_runtime::async_gen;

fn main() {
    let args: Vec<String> = std::env::args()
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    let [_, contender, workload, items] = &args[..] else {
        println!("usage: CONTENDER WORKLOAD ITEMS; instructions.sh calls it");
        println!(
            "size of a W1 generator in bytes: {}",
            size_of_val(&attribute(0))
        );
        return;
    };
    let items = black_box(items.parse().expect("a number of items"));
    let sum = match (contender.as_str(), workload.as_str()) {
        ("gen-runtime", "W1") => w1(attribute(items)),
        ("gen-runtime", "W9") => w9(Box::pin(attribute(items))),
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

#[async_gen]
async fn attribute(items: u64) -> u64 {
    for n in 0..items {
        yield_!(n);
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

/// Each contender has a loop of its own, compiled with its stream.
#[inline(never)]
fn w1(stream: impl Stream<Item = u64>) -> u64 {
    let consumer = async move {
        let mut stream = pin!(stream);
        let mut sum = 0_u64;
        while let Some(item) = Next(stream.as_mut()).await {
            sum = black_box(sum + item);
        }
        sum
    };
    run(consumer)
}

#[inline(never)]
fn w9(stream: Pin<Box<dyn Stream<Item = u64>>>) -> u64 {
    let consumer = async move {
        let mut stream = black_box(stream);
        let mut sum = 0_u64;
        while let Some(item) = Next(stream.as_mut()).await {
            sum = black_box(sum + item);
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
