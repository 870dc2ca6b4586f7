//! Loops of async-stream, over boxed streams.

use std::pin::Pin;

use async_stream::stream;
use futures::stream::Stream;

use crate::Tree;

type Boxed<'a> = Pin<Box<dyn Stream<Item = u64> + Send + 'a>>;

pub(crate) fn levels(depth: u32, items: u64) -> Boxed<'static> {
    Box::pin(stream! {
        if depth == 0 {
            for n in 0..items {
                yield n;
            }
        } else {
            for await n in levels(depth - 1, items) {
                yield n;
            }
        }
    })
}

pub(crate) fn in_order(tree: &Tree) -> Boxed<'_> {
    Box::pin(stream! {
        if let Some(left) = &tree.left {
            for await value in in_order(left) {
                yield value;
            }
        }
        yield tree.value;
        if let Some(right) = &tree.right {
            for await value in in_order(right) {
                yield value;
            }
        }
    })
}
