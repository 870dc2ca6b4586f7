//! The attribute of fauxgen.

use std::future;
use std::hint::black_box;
use std::pin::pin;

use ::fauxgen::{GeneratorState, generator};
use futures::stream::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Source, Tick, array, drive, string};

/// See the module.
pub struct Fauxgen;

impl Contender for Fauxgen {
    const NAME: &'static str = "fauxgen";

    #[generator(yield = u64)]
    async fn tight(items: u64) {
        for n in 0..items {
            r#yield!(n);
        }
    }

    #[generator(yield = u64)]
    async fn ready(items: u64) {
        for n in 0..items {
            r#yield!(future::ready(black_box(n)).await);
        }
    }

    #[generator(yield = u64)]
    async fn pending(items: u64) {
        for n in 0..items {
            Tick::default().await;
            r#yield!(n);
        }
    }

    #[generator(yield = Array)]
    async fn arrays(items: u64) {
        for n in 0..items {
            r#yield!(array(n));
        }
    }

    #[generator(yield = String)]
    async fn strings(items: u64) {
        for n in 0..items {
            r#yield!(string(n));
        }
    }

    fn lines<R>(reader: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        lines(reader)
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        relay(inner)
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        layer::<B>(items)
    }

    fn ping_pong(items: u64) -> Option<u64> {
        Some(drive(async {
            let mut numbers = pin!(successors());
            let mut sum = 0;
            for n in 0..items {
                if let GeneratorState::Yielded(answer) = numbers.as_mut().resume(n).await {
                    sum = black_box(sum + answer);
                }
            }
            sum
        }))
    }
}

// The attribute adds a lifetime to a generic function, which then does not match its declaration in the
// trait.

#[generator(yield = String)]
async fn lines<R>(mut lines: Lines<R>)
where
    R: AsyncBufRead + Unpin,
{
    while let Some(line) = lines.next_line().await.expect("a readable text") {
        r#yield!(line);
    }
}

#[generator(yield = u64)]
async fn relay<S>(inner: S)
where
    S: Stream<Item = u64>,
{
    let mut inner = pin!(inner);
    while let Some(n) = inner.next().await {
        r#yield!(n);
    }
}

#[generator(yield = u64)]
async fn layer<B: Layer>(items: u64) {
    let mut inner = pin!(B::stream(items));
    while let Some(n) = inner.next().await {
        r#yield!(n);
    }
}

#[generator(yield = u64, arg = u64)]
async fn successors() {
    let mut n = argument!();
    loop {
        n = r#yield!(n + 1);
    }
}
