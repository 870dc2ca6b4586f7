//! Compares this library with others, on the same work.
//!
//! [`contenders`] has a module for each way to write a stream, and [`workloads`] the work that all
//! of them do. The benches count instructions, time, bytes, allocations and stack. The results are in
//! `docs/performance.md` of gen-runtime.

#![cfg_attr(
    nightly,
    feature(
        async_for_loop,
        async_iterator,
        coroutine_trait,
        coroutines,
        gen_blocks,
        proc_macro_hygiene,
        stmt_expr_attributes
    )
)]

pub mod allocator;
pub mod bodies;
pub mod contenders;
pub mod regular;
pub mod rounds;
pub mod workloads;
mod yields;

use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};

use futures::stream::{self, Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};
use tokio::runtime::{Builder, Runtime};

use crate::workloads::{Boxed, Workload};

/// A way to write a stream, with the parts that all workloads are made of.
///
/// Defaults say that the contender does not support a workload.
pub trait Contender: 'static {
    /// The name of its crate.
    const NAME: &'static str;

    /// Runs a consumer to completion.
    fn run<F: Future>(consumer: F) -> F::Output {
        drive(consumer)
    }

    /// Yields `0..items`.
    fn tight(items: u64) -> impl Source<u64> + 'static;

    /// Yields `0..items`, each the output of a future that is ready at once.
    fn ready(items: u64) -> impl Source<u64> + 'static;

    /// Yields `0..items`, and waits for a [`Tick`] before each.
    fn pending(items: u64) -> impl Source<u64> + 'static;

    /// Yields an [`array()`] for each of `0..items`.
    fn arrays(items: u64) -> impl Source<Array> + 'static;

    /// Yields a [`string`] for each of `0..items`.
    fn strings(items: u64) -> impl Source<String> + 'static;

    /// Yields the lines of `lines`.
    fn lines<R>(lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static;

    /// Yields the items of `inner`.
    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        drop(inner);
        Absent
    }

    /// Yields the items of `inner`, which is pinned already. Contenders whose [`relay`](Self::relay) allocates
    /// to pin its argument override this.
    #[must_use]
    fn relay_boxed(inner: Boxed<u64>) -> impl Source<u64> + 'static {
        Self::relay(inner)
    }

    /// Makes the stream of the layer below, and yields its items.
    #[must_use]
    fn layer<B: Layer>(_: u64) -> impl Source<u64> + 'static {
        Absent
    }

    /// Sends `0..items` to a generator that answers each number with its successor, and returns the
    /// sum of the answers.
    #[must_use]
    fn ping_pong(_: u64) -> Option<u64> {
        None
    }

    /// Workloads that no other contender supports.
    #[must_use]
    fn special() -> Vec<Workload> {
        Vec::new()
    }
}

/// The product of a contender: a stream, or a value that becomes one when it is consumed.
pub trait Source<T> {
    /// Passes the stream to a consumer.
    fn feed(self, consumer: impl Consumer<T>) -> impl Future<Output = u64>;

    /// Returns the stream, if it can be moved and kept.
    fn owned(self) -> Option<impl Stream<Item = T> + 'static>
    where
        Self: 'static,
        T: 'static;
}

impl<T, S: Stream<Item = T>> Source<T> for S {
    fn feed(self, consumer: impl Consumer<T>) -> impl Future<Output = u64> {
        consumer.consume(self)
    }

    fn owned(self) -> Option<impl Stream<Item = T> + 'static>
    where
        Self: 'static,
        T: 'static,
    {
        Some(self)
    }
}

/// A stream that a contender cannot make.
struct Absent;

impl<T> Source<T> for Absent {
    async fn feed(self, _: impl Consumer<T>) -> u64 {
        unreachable!("an absent stream is never owned, and so never fed")
    }

    fn owned(self) -> Option<impl Stream<Item = T> + 'static>
    where
        T: 'static,
    {
        None::<stream::Empty<T>>
    }
}

/// A consumer, compiled together with each stream that it is given.
pub trait Consumer<T> {
    /// Consumes the stream, and returns a checksum.
    fn consume(self, stream: impl Stream<Item = T>) -> impl Future<Output = u64>;
}

/// Consumes all items.
pub struct Sum;

impl<T: Item> Consumer<T> for Sum {
    async fn consume(self, stream: impl Stream<Item = T>) -> u64 {
        let mut stream = pin!(stream);
        let mut sum = 0;
        while let Some(item) = stream.next().await {
            sum = black_box(sum + item.check());
        }
        sum
    }
}

/// Consumes the first item, and drops the stream.
pub struct TakeOne;

impl<T: Item> Consumer<T> for TakeOne {
    async fn consume(self, stream: impl Stream<Item = T>) -> u64 {
        let mut stream = pin!(stream);
        stream.next().await.map_or(0, |item| 1 + item.check())
    }
}

/// An item that can be added to a checksum.
pub trait Item {
    /// Returns its contribution to the checksum.
    fn check(&self) -> u64;
}

impl Item for u64 {
    fn check(&self) -> u64 {
        *self
    }
}

impl Item for Array {
    fn check(&self) -> u64 {
        // Forces the whole array into memory.
        u64::from(black_box(self)[0])
    }
}

impl Item for String {
    fn check(&self) -> u64 {
        black_box(self).len() as u64
    }
}

impl<T: Item, E: Item> Item for Result<T, E> {
    fn check(&self) -> u64 {
        match self {
            Ok(item) => item.check(),
            Err(error) => error.check(),
        }
    }
}

/// A large item.
pub type Array = [u8; 256];

/// Returns the large item for a number.
#[must_use]
#[inline]
pub fn array(n: u64) -> Array {
    [n.to_le_bytes()[0]; 256]
}

/// Returns the heap-allocated item for a number.
#[must_use]
#[inline]
pub fn string(n: u64) -> String {
    String::from(["fifteen letters", "twelve of it"][usize::from(n % 2 == 1)])
}

/// A stream that other streams are layered on. It knows how to make itself.
pub trait Layer: 'static {
    /// Makes the stream.
    fn stream(items: u64) -> impl Stream<Item = u64> + 'static;
}

/// Pending once. Wakes its task at once.
#[derive(Default)]
pub struct Tick {
    polled: bool,
}

impl Future for Tick {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.polled {
            return Poll::Ready(());
        }
        self.polled = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Polls a future until it is ready, with a waker that does nothing.
pub fn drive<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
    }
}

/// Runs the workloads that need an executor. Shared by all runs, so that none of them pays for it.
pub static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread()
        .build()
        .expect("a runtime without drivers")
});
