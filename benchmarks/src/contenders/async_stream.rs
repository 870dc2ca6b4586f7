//! The macro of async-stream.

use std::future;
use std::hint::black_box;

use ::async_stream::stream;
use futures::stream::Stream;
use tokio::io::{AsyncBufRead, Lines};

use crate::workloads::Workload;
use crate::yields;
use crate::{Array, Contender, Layer, Source, Tick, array, string};

/// See the module.
pub struct AsyncStream;

impl Contender for AsyncStream {
    const NAME: &'static str = "async-stream";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        stream! {
            for n in 0..items {
                yield n;
            }
        }
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        stream! {
            for n in 0..items {
                yield future::ready(black_box(n)).await;
            }
        }
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        stream! {
            for n in 0..items {
                Tick::default().await;
                yield n;
            }
        }
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        stream! {
            for n in 0..items {
                yield array(n);
            }
        }
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        stream! {
            for n in 0..items {
                yield string(n);
            }
        }
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        stream! {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                yield line;
            }
        }
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        stream! {
            for await n in inner {
                yield n;
            }
        }
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        stream! {
            for await n in B::stream(items) {
                yield n;
            }
        }
    }

    fn special() -> Vec<Workload> {
        yields::of_async_stream()
    }
}
