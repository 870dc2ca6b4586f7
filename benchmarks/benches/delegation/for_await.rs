//! Loops of `#[for_await]`, which yield each item again.

use gen_runtime::async_gen;

use crate::Tree;

#[async_gen(boxed)]
pub(crate) async fn levels(depth: u32, items: u64) -> u64 {
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

#[async_gen(boxed)]
pub(crate) async fn in_order(tree: &Tree) -> u64 {
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
