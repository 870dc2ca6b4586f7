//! This library beside its peers, on the same work.
//!
//! [`contenders`] has one file for each way to write a stream, and [`workloads`] what all of them
//! do. The benches count instructions, time, bytes and allocations; `docs/performance.md` of
//! gen-runtime holds what they found.

#![cfg_attr(
    nightly,
    feature(
        async_for_loop,
        async_iterator,
        coroutines,
        gen_blocks,
        proc_macro_hygiene
    )
)]

pub mod contenders;
pub mod workloads;

use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};

use futures::stream::{self, Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};
use tokio::runtime::{Builder, Runtime};

use crate::workloads::Workload;

/// A way to write a stream, and what all workloads are made of.
///
/// Where a contender cannot do a workload, the default says so.
pub trait Contender: 'static {
    /// The name of its crate.
    const NAME: &'static str;

    /// Drives a consumer to its end.
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

    /// Yields the lines.
    fn lines<R>(lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static;

    /// Yields what `inner` does.
    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        drop(inner);
        Absent
    }

    /// Yields what the layer below does, whose stream it makes itself.
    #[must_use]
    fn layer<B: Layer>(_: u64) -> impl Source<u64> + 'static {
        Absent
    }

    /// Sends `0..items` to a generator that answers each number with the next one, and sums the
    /// answers up.
    #[must_use]
    fn ping_pong(_: u64) -> Option<u64> {
        None
    }

    /// What no other contender can do.
    #[must_use]
    fn special() -> Vec<Workload> {
        Vec::new()
    }
}

/// What a contender makes: a stream, or what becomes one where it is consumed.
pub trait Source<T> {
    /// Gives the stream to a consumer.
    fn feed(self, consumer: impl Consumer<T>) -> impl Future<Output = u64>;

    /// The stream, if it can be moved and kept.
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

/// What a contender cannot make.
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
    /// Consumes the stream and gives a checksum.
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

/// What goes into a checksum.
pub trait Item {
    /// Its part of the sum.
    fn check(&self) -> u64;
}

impl Item for u64 {
    fn check(&self) -> u64 {
        *self
    }
}

impl Item for Array {
    fn check(&self) -> u64 {
        // All of it is in memory when it is looked at.
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

/// The large item of a number.
#[must_use]
#[inline]
pub fn array(n: u64) -> Array {
    [n.to_le_bytes()[0]; 256]
}

/// The item on the heap of a number.
#[must_use]
#[inline]
pub fn string(n: u64) -> String {
    String::from(["fifteen letters", "twelve of it"][usize::from(n % 2 == 1)])
}

/// A stream as a layer of others sees it, which knows how to make one.
pub trait Layer: 'static {
    /// Makes the stream.
    fn stream(items: u64) -> impl Stream<Item = u64> + 'static;
}

/// Pending once, and awake at once.
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

/// Polls until it is ready, with a waker that does nothing.
pub fn drive<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
    }
}

/// For what needs an executor. One for all runs, so that none of them pays for it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread()
        .build()
        .expect("a runtime without drivers")
});
