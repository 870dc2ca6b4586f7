//! `futures::stream::unfold`.

use std::future;
use std::hint::black_box;

use futures::stream::{self, Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};

use crate::workloads::Boxed;
use crate::{Array, Contender, Layer, Source, Tick, array, string};

/// See the module.
pub struct Unfold;

impl Contender for Unfold {
    const NAME: &'static str = "unfold";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        stream::unfold(0..items, async |mut numbers| Some((numbers.next()?, numbers)))
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        stream::unfold(0..items, async |mut numbers| {
            let n = future::ready(black_box(numbers.next()?)).await;
            Some((n, numbers))
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        stream::unfold(0..items, async |mut numbers| {
            Tick::default().await;
            Some((numbers.next()?, numbers))
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        stream::unfold(0..items, async |mut numbers| Some((array(numbers.next()?), numbers)))
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        stream::unfold(0..items, async |mut numbers| Some((string(numbers.next()?), numbers)))
    }

    fn lines<R>(lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        stream::unfold(lines, async |mut lines| {
            let line = lines.next_line().await.expect("a readable text")?;
            Some((line, lines))
        })
    }

    /// Boxes the state that must not move, since `unfold` moves its state in and out.
    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        relay(Box::pin(inner))
    }

    fn relay_boxed(inner: Boxed<u64>) -> impl Source<u64> + 'static {
        relay(inner)
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        Self::relay(B::stream(items))
    }
}

fn relay(inner: impl Stream<Item = u64> + Unpin + 'static) -> impl Stream<Item = u64> + 'static {
    stream::unfold(inner, async |mut inner| Some((inner.next().await?, inner)))
}
