//! The closure of asynk-strim.

use std::future;
use std::hint::black_box;
use std::pin::pin;

use ::asynk_strim::stream_fn;
use futures::stream::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Source, Tick, array, string};

/// See the module.
pub struct AsynkStrim;

impl Contender for AsynkStrim {
    const NAME: &'static str = "asynk-strim";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        stream_fn(move |mut yielder| async move {
            for n in 0..items {
                yielder.yield_item(n).await;
            }
        })
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        stream_fn(move |mut yielder| async move {
            for n in 0..items {
                yielder.yield_item(future::ready(black_box(n)).await).await;
            }
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        stream_fn(move |mut yielder| async move {
            for n in 0..items {
                Tick::default().await;
                yielder.yield_item(n).await;
            }
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        stream_fn(move |mut yielder| async move {
            for n in 0..items {
                yielder.yield_item(array(n)).await;
            }
        })
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        stream_fn(move |mut yielder| async move {
            for n in 0..items {
                yielder.yield_item(string(n)).await;
            }
        })
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        stream_fn(move |mut yielder| async move {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                yielder.yield_item(line).await;
            }
        })
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        stream_fn(move |mut yielder| async move {
            let mut inner = pin!(inner);
            while let Some(n) = inner.next().await {
                yielder.yield_item(n).await;
            }
        })
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        stream_fn(move |mut yielder| async move {
            let mut inner = pin!(B::stream(items));
            while let Some(n) = inner.next().await {
                yielder.yield_item(n).await;
            }
        })
    }
}
