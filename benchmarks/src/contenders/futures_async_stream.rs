//! The attribute of futures-async-stream.

use std::future;
use std::hint::black_box;

use ::futures_async_stream::stream;
use futures::stream::Stream;
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Tick, array, string};

/// See the module.
pub struct FuturesAsyncStream;

impl Contender for FuturesAsyncStream {
    const NAME: &'static str = "futures-async-stream";

    #[stream(item = u64)]
    async fn tight(items: u64) {
        for n in 0..items {
            yield n;
        }
    }

    #[stream(item = u64)]
    async fn ready(items: u64) {
        for n in 0..items {
            yield future::ready(black_box(n)).await;
        }
    }

    #[stream(item = u64)]
    async fn pending(items: u64) {
        for n in 0..items {
            Tick::default().await;
            yield n;
        }
    }

    #[stream(item = Array)]
    async fn arrays(items: u64) {
        for n in 0..items {
            yield array(n);
        }
    }

    #[stream(item = String)]
    async fn strings(items: u64) {
        for n in 0..items {
            yield string(n);
        }
    }

    #[stream(item = String)]
    async fn lines<R>(mut lines: Lines<R>)
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        while let Some(line) = lines.next_line().await.expect("a readable text") {
            yield line;
        }
    }

    #[stream(item = u64)]
    async fn relay<S>(inner: S)
    where
        S: Stream<Item = u64> + 'static,
    {
        #[for_await]
        for n in inner {
            yield n;
        }
    }

    #[stream(item = u64)]
    async fn layer<B: Layer>(items: u64) {
        #[for_await]
        for n in B::stream(items) {
            yield n;
        }
    }
}
