//! The generator of genawaiter that is on the heap.

use std::future;
use std::hint::black_box;
use std::pin::pin;

use ::genawaiter::GeneratorState;
use ::genawaiter::rc::{Co, Gen};
use futures::stream::{Stream, StreamExt};
use tokio::io::{AsyncBufRead, Lines};

use crate::{Array, Contender, Layer, Source, Tick, array, string};

/// See the module.
pub struct GenawaiterRc;

impl Contender for GenawaiterRc {
    const NAME: &'static str = "genawaiter rc";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        Gen::new(move |co| async move {
            for n in 0..items {
                co.yield_(n).await;
            }
        })
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        Gen::new(move |co| async move {
            for n in 0..items {
                co.yield_(future::ready(black_box(n)).await).await;
            }
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        Gen::new(move |co| async move {
            for n in 0..items {
                Tick::default().await;
                co.yield_(n).await;
            }
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        Gen::new(move |co| async move {
            for n in 0..items {
                co.yield_(array(n)).await;
            }
        })
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        Gen::new(move |co| async move {
            for n in 0..items {
                co.yield_(string(n)).await;
            }
        })
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        Gen::new(move |co| async move {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                co.yield_(line).await;
            }
        })
    }

    fn relay<S>(inner: S) -> impl Source<u64> + 'static
    where
        S: Stream<Item = u64> + 'static,
    {
        Gen::new(move |co| async move {
            let mut inner = pin!(inner);
            while let Some(n) = inner.next().await {
                co.yield_(n).await;
            }
        })
    }

    fn layer<B: Layer>(items: u64) -> impl Source<u64> + 'static {
        Gen::new(move |co| async move {
            let mut inner = pin!(B::stream(items));
            while let Some(n) = inner.next().await {
                co.yield_(n).await;
            }
        })
    }

    /// `resume_with` is for bodies that do not await.
    fn ping_pong(items: u64) -> Option<u64> {
        let mut numbers = Gen::new(async |co: Co<u64, u64>| {
            let mut n = 0;
            loop {
                n = co.yield_(n).await + 1;
            }
        });
        Some(sum_of_answers(items, |n| numbers.resume_with(n)))
    }
}

/// The first value is lost: no yield waits for it.
pub(super) fn sum_of_answers(
    items: u64,
    mut resume_with: impl FnMut(u64) -> GeneratorState<u64, ()>,
) -> u64 {
    resume_with(0);
    let mut sum = 0;
    for n in 0..items {
        if let GeneratorState::Yielded(answer) = resume_with(n) {
            sum = black_box(sum + answer);
        }
    }
    sum
}
