//! Loops of the compiler's own `async gen`, over boxed ones.

use std::async_iter::AsyncIterator;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::Stream;

use crate::Tree;

type Boxed<'a> = Pin<Box<dyn AsyncIterator<Item = u64> + Send + 'a>>;

pub(crate) fn levels(depth: u32, items: u64) -> impl Stream<Item = u64> {
    Std(boxed_levels(depth, items))
}

fn boxed_levels(depth: u32, items: u64) -> Boxed<'static> {
    Box::pin(async gen move {
        if depth == 0 {
            for n in 0..items {
                yield n;
            }
        } else {
            for await n in boxed_levels(depth - 1, items) {
                yield n;
            }
        }
    })
}

pub(crate) fn in_order(tree: &Tree) -> impl Stream<Item = u64> {
    Std(boxed_in_order(tree))
}

fn boxed_in_order(tree: &Tree) -> Boxed<'_> {
    Box::pin(async gen move {
        if let Some(left) = &tree.left {
            for await value in boxed_in_order(left) {
                yield value;
            }
        }
        yield tree.value;
        if let Some(right) = &tree.right {
            for await value in boxed_in_order(right) {
                yield value;
            }
        }
    })
}

/// An `AsyncIterator` as a `Stream`, for the consumer.
struct Std<'a>(Boxed<'a>);

impl Stream for Std<'_> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        self.0.as_mut().poll_next(cx)
    }
}
