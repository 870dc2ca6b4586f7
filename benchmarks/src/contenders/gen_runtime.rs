//! This library.

use std::future;
use std::hint::black_box;

use ::gen_runtime::{async_gen, pin};
use futures::stream::Stream;
use tokio::io::{AsyncBufRead, Lines};

use crate::workloads::{Boxed, Workload, drain, triangle, workloads};
use crate::yields;
use crate::{Array, Contender, Item, Layer, Tick, array, drive, string};

/// See the module.
pub struct GenRuntime;

impl Contender for GenRuntime {
    const NAME: &'static str = "gen-runtime";

    #[async_gen]
    async fn tight(items: u64) -> u64 {
        for n in 0..items {
            yield_!(n);
        }
    }

    #[async_gen]
    async fn ready(items: u64) -> u64 {
        for n in 0..items {
            yield_!(future::ready(black_box(n)).await);
        }
    }

    #[async_gen]
    async fn pending(items: u64) -> u64 {
        for n in 0..items {
            Tick::default().await;
            yield_!(n);
        }
    }

    #[async_gen]
    async fn arrays(items: u64) -> Array {
        for n in 0..items {
            yield_!(array(n));
        }
    }

    #[async_gen]
    async fn strings(items: u64) -> String {
        for n in 0..items {
            yield_!(string(n));
        }
    }

    #[async_gen]
    async fn lines<R>(mut lines: Lines<R>) -> String
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        while let Some(line) = lines.next_line().await.expect("a readable text") {
            yield_!(line);
        }
    }

    #[async_gen]
    async fn relay<S>(inner: S) -> u64
    where
        S: Stream<Item = u64> + 'static,
    {
        #[for_await]
        for n in inner {
            yield_!(n);
        }
    }

    #[async_gen]
    async fn layer<B: Layer>(items: u64) -> u64 {
        #[for_await]
        for n in B::stream(items) {
            yield_!(n);
        }
    }

    fn ping_pong(items: u64) -> Option<u64> {
        Some(drive(async {
            let mut numbers = pin!(successors());
            numbers.resume().await;
            let mut sum = 0;
            for n in 0..items {
                sum = black_box(sum + numbers.send(n).await.unwrap_or_default());
            }
            sum
        }))
    }

    fn special() -> Vec<Workload> {
        let mut special = workloads! {
            "may fail", "W1 with `throws`": |items| Some(drain::<Self, _>(may_fail(items))) => triangle;
            "defer", "W1 behind a `defer!`": |items| Some(drain::<Self, _>(defer(items))) => triangle;
            "defer each", "W1, a `defer!` in each round": |items| Some(drain::<Self, _>(defer_each(items))) => triangle;
            "attempt each", "W1, an `attempt!` in each round": |items| Some(drain::<Self, _>(attempt_each(items))) => triangle;
            "may fail, dyn", "the same as W9": |items| Some(drain_boxed(Box::pin(may_fail(items)))) => triangle;
            "defer, dyn", "the same as W9": |items| Some(drain_boxed(Box::pin(defer(items)))) => triangle;
            "defer each, dyn", "the same as W9": |items| Some(drain_boxed(Box::pin(defer_each(items)))) => triangle;
            "attempt each, dyn", "the same as W9": |items| Some(drain_boxed(Box::pin(attempt_each(items)))) => triangle;
            "throw", "throw an error in for each item, which an `attempt!` catches": |items| Some(throw(items)) => triangle;
            "close", "make a generator with a `defer!`, take one item, close it": |items| Some(close(items)) => |items| items;
        };
        special.extend(yields::of_gen_runtime());
        special
    }
}

#[async_gen(send = u64)]
async fn successors() -> u64 {
    let mut n = 0;
    loop {
        n = yield_!(n) + 1;
    }
}

/// Has the type of the items as its error, so that both are added up.
#[async_gen(throws = u64)]
pub async fn may_fail(items: u64) -> u64 {
    for n in 0..items {
        yield_!(n);
    }
}

/// Has one region around the loop.
#[async_gen]
pub async fn defer(items: u64) -> u64 {
    defer! {
        black_box(items);
    }
    for n in 0..items {
        yield_!(n);
    }
}

/// Has a region for each item.
#[async_gen]
pub async fn defer_each(items: u64) -> u64 {
    for n in 0..items {
        defer! {
            black_box(n);
        }
        yield_!(n);
    }
}

/// Has a region for each item. A thrown error is caught, and the next item follows.
#[async_gen(throws = u64)]
pub async fn attempt_each(items: u64) -> u64 {
    for n in 0..items {
        let attempted = attempt! { yield_!(n) };
        if let Err(error) = attempted {
            black_box(error);
        }
    }
}

#[inline(never)]
fn drain_boxed<T: Item>(stream: Boxed<T>) -> u64 {
    drain::<GenRuntime, T>(black_box(stream))
}

/// Throws an error in for each item, instead of asking for the next one.
#[inline(never)]
fn throw(items: u64) -> u64 {
    drive(async {
        let mut numbers = pin!(attempt_each(items));
        let mut sum = 0;
        let mut item = numbers.try_next().await;
        while let Ok(Some(n)) = item {
            sum = black_box(sum + n);
            item = numbers.throw(n).await;
        }
        sum
    })
}

#[inline(never)]
fn close(items: u64) -> u64 {
    drive(async {
        let mut sum = 0;
        for _ in 0..items {
            let mut numbers = pin!(defer(black_box(u64::MAX)));
            sum = black_box(sum + numbers.next().await.map_or(0, |n| n + 1));
            let Ok(()) = numbers.close().await;
        }
        sum
    })
}
