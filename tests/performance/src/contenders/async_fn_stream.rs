//! The closure of async-fn-stream.

use std::future;
use std::hint::black_box;
use std::pin::pin;

use ::async_fn_stream::fn_stream;
use futures::stream::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Source, Tick, array, string};

/// See the module.
pub struct AsyncFnStream;

impl Contender for AsyncFnStream {
    const NAME: &'static str = "async-fn-stream";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        fn_stream(move |emitter| async move {
            for n in 0..items {
                emitter.emit(n).await;
            }
        })
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        fn_stream(move |emitter| async move {
            for n in 0..items {
                emitter.emit(future::ready(black_box(n)).await).await;
            }
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        fn_stream(move |emitter| async move {
            for n in 0..items {
                Tick::default().await;
                emitter.emit(n).await;
            }
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        fn_stream(move |emitter| async move {
            for n in 0..items {
                emitter.emit(array(n)).await;
            }
        })
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        fn_stream(move |emitter| async move {
            for n in 0..items {
                emitter.emit(string(n)).await;
            }
        })
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        fn_stream(move |emitter| async move {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                emitter.emit(line).await;
            }
        })
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        fn_stream(move |emitter| async move {
            let mut inner = pin!(inner);
            while let Some(n) = inner.next().await {
                emitter.emit(n).await;
            }
        })
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        fn_stream(move |emitter| async move {
            let mut inner = pin!(B::stream(items));
            while let Some(n) = inner.next().await {
                emitter.emit(n).await;
            }
        })
    }
}
