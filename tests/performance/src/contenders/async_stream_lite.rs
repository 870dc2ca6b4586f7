//! The closure of async-stream-lite.

use std::future;
use std::hint::black_box;
use std::pin::pin;

use ::async_stream_lite::async_stream;
use futures::stream::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Source, Tick, array, string};

/// See the module.
pub struct AsyncStreamLite;

impl Contender for AsyncStreamLite {
    const NAME: &'static str = "async-stream-lite";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        async_stream(move |yielder| async move {
            for n in 0..items {
                yielder.y(n).await;
            }
        })
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        async_stream(move |yielder| async move {
            for n in 0..items {
                yielder.y(future::ready(black_box(n)).await).await;
            }
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        async_stream(move |yielder| async move {
            for n in 0..items {
                Tick::default().await;
                yielder.y(n).await;
            }
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        async_stream(move |yielder| async move {
            for n in 0..items {
                yielder.y(array(n)).await;
            }
        })
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        async_stream(move |yielder| async move {
            for n in 0..items {
                yielder.y(string(n)).await;
            }
        })
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        async_stream(move |yielder| async move {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                yielder.y(line).await;
            }
        })
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        async_stream(move |yielder| async move {
            let mut inner = pin!(inner);
            while let Some(n) = inner.next().await {
                yielder.y(n).await;
            }
        })
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        async_stream(move |yielder| async move {
            let mut inner = pin!(B::stream(items));
            while let Some(n) = inner.next().await {
                yielder.y(n).await;
            }
        })
    }
}
