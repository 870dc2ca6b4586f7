//! `poll_next` written by hand, as the reference for the others.
//!
//! A closure in `poll_fn` stands for a struct with a `poll_next`. State that must be pinned is in a struct.

use std::future::{self, Future, poll_fn};
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::stream::{self, Stream};
use pin_project_lite::pin_project;
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Source, Tick, array, drive, string};

/// See the module.
pub struct ByHand;

impl Contender for ByHand {
    const NAME: &'static str = "by hand";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        numbers(items, |n| n)
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        let mut numbers = 0..items;
        stream::poll_fn(move |cx| {
            let Some(n) = numbers.next() else {
                return Poll::Ready(None);
            };
            Pin::new(&mut future::ready(black_box(n))).poll(cx).map(Some)
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        let mut numbers = 0..items;
        let mut tick = Tick::default();
        stream::poll_fn(move |cx| {
            ready!(Pin::new(&mut tick).poll(cx));
            tick = Tick::default();
            Poll::Ready(numbers.next())
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        numbers(items, array)
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        numbers(items, string)
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        stream::poll_fn(move |cx| {
            let line = ready!(Pin::new(&mut lines).poll_next_line(cx));
            Poll::Ready(line.expect("a readable text"))
        })
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        Relay { inner }
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        Self::relay(B::stream(items))
    }

    fn ping_pong(items: u64) -> Option<u64> {
        let poll_send = |_: &mut Context<'_>, n: u64| Poll::Ready(n + 1);
        Some(drive(async {
            let mut sum = 0;
            for n in 0..items {
                sum = black_box(sum + poll_fn(|cx| poll_send(cx, n)).await);
            }
            sum
        }))
    }
}

fn numbers<T>(items: u64, item: impl Fn(u64) -> T) -> impl Stream<Item = T> {
    let mut numbers = 0..items;
    stream::poll_fn(move |_| Poll::Ready(numbers.next().map(&item)))
}

pin_project! {
    struct Relay<S> {
        #[pin]
        inner: S,
    }
}

impl<S: Stream> Stream for Relay<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.project().inner.poll_next(cx)
    }
}
