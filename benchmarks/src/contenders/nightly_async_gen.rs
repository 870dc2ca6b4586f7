//! The compiler's own `async gen`.
//!
//! An `AsyncIterator` is not a `Stream` yet; [`Std`] adapts it.

use std::async_iter::AsyncIterator;
use std::future;
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::Stream;
use pin_project_lite::pin_project;
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Source, Tick, array, string};

/// See the module.
pub struct NightlyAsyncGen;

impl Contender for NightlyAsyncGen {
    const NAME: &'static str = "nightly `async gen`";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        Std::new(async gen move {
            for n in 0..items {
                yield n;
            }
        })
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        Std::new(async gen move {
            for n in 0..items {
                yield future::ready(black_box(n)).await;
            }
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        Std::new(async gen move {
            for n in 0..items {
                Tick::default().await;
                yield n;
            }
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        Std::new(async gen move {
            for n in 0..items {
                yield array(n);
            }
        })
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        Std::new(async gen move {
            for n in 0..items {
                yield string(n);
            }
        })
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        Std::new(async gen move {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                yield line;
            }
        })
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        Std::new(async gen move {
            for await n in Std::new(inner) {
                yield n;
            }
        })
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        Std::new(async gen move {
            for await n in Std::new(B::stream(items)) {
                yield n;
            }
        })
    }
}

pin_project! {
    struct Std<I> {
        #[pin]
        inner: I,
    }
}

impl<I> Std<I> {
    fn new(inner: I) -> Self {
        Std { inner }
    }
}

impl<I: AsyncIterator> Stream for Std<I> {
    type Item = I::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<I::Item>> {
        self.project().inner.poll_next(cx)
    }
}

impl<S: Stream> AsyncIterator for Std<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.project().inner.poll_next(cx)
    }
}
