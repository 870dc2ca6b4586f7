//! The generator of genawaiter that is on the stack of its consumer.

use std::future;
use std::hint::black_box;

use ::genawaiter::stack::{Co, let_gen_using};
use futures::stream::{self, Stream};
use tokio::io::{AsyncBufRead, Lines};

use super::genawaiter_rc::sum_of_answers;
use crate::{Array, Consumer, Contender, Source, Tick, array, string};

/// See the module.
pub struct GenawaiterStack;

impl Contender for GenawaiterStack {
    const NAME: &'static str = "genawaiter stack";

    fn tight(items: u64) -> impl Source<u64> + 'static {
        Shelved(async move |co: Co<'_, _>| {
            for n in 0..items {
                co.yield_(n).await;
            }
        })
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        Shelved(async move |co: Co<'_, _>| {
            for n in 0..items {
                co.yield_(future::ready(black_box(n)).await).await;
            }
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        Shelved(async move |co: Co<'_, _>| {
            for n in 0..items {
                Tick::default().await;
                co.yield_(n).await;
            }
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        Shelved(async move |co: Co<'_, _>| {
            for n in 0..items {
                co.yield_(array(n)).await;
            }
        })
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        Shelved(async move |co: Co<'_, _>| {
            for n in 0..items {
                co.yield_(string(n)).await;
            }
        })
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        Shelved(async move |co: Co<'_, _>| {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                co.yield_(line).await;
            }
        })
    }

    /// The body does not await, so it is no stream, and `resume_with` takes the value.
    fn ping_pong(items: u64) -> Option<u64> {
        let_gen_using!(numbers, successors);
        Some(sum_of_answers(items, |n| numbers.resume_with(n)))
    }
}

/// A producer. Its consumer makes a stream of it with `let_gen_using!`.
struct Shelved<F>(F);

impl<T, F> Source<T> for Shelved<F>
where
    F: AsyncFnOnce(Co<'_, T>),
{
    async fn feed(self, consumer: impl Consumer<T>) -> u64 {
        let producer = self.0;
        let_gen_using!(stream, |co| producer(co));
        consumer.consume(stream).await
    }

    fn owned(self) -> Option<impl Stream<Item = T> + 'static>
    where
        T: 'static,
    {
        None::<stream::Empty<T>>
    }
}

async fn successors(co: Co<'_, u64, u64>) {
    let mut n = 0;
    loop {
        n = co.yield_(n).await + 1;
    }
}
