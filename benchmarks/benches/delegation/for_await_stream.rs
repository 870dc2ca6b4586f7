//! Loops of `#[for_await]` over boxed streams, in place of boxed generators: nothing can be sent or thrown.

use std::pin::Pin;

use futures::stream::Stream;
use gen_runtime::async_gen;

use crate::Tree;

type Boxed<'a> = Pin<Box<dyn Stream<Item = u64> + Send + 'a>>;

pub(crate) fn levels(depth: u32, items: u64) -> Boxed<'static> {
    Box::pin(unboxed_levels(depth, items))
}

#[async_gen]
async fn unboxed_levels(depth: u32, items: u64) -> u64 {
    if depth == 0 {
        for n in 0..items {
            yield_!(n);
        }
    } else {
        #[for_await]
        for n in levels(depth - 1, items) {
            yield_!(n);
        }
    }
}

pub(crate) fn in_order(tree: &Tree) -> Boxed<'_> {
    Box::pin(unboxed_in_order(tree))
}

#[async_gen]
async fn unboxed_in_order(tree: &Tree) -> u64 {
    if let Some(left) = &tree.left {
        #[for_await]
        for value in in_order(left) {
            yield_!(value);
        }
    }
    yield_!(tree.value);
    if let Some(right) = &tree.right {
        #[for_await]
        for value in in_order(right) {
            yield_!(value);
        }
    }
}
