//! Delegation by `yield_from!`.

use gen_runtime::async_gen;

use crate::Tree;

#[async_gen(boxed)]
pub(crate) async fn levels(depth: u32, items: u64) -> u64 {
    if depth == 0 {
        for n in 0..items {
            yield_!(n);
        }
    } else {
        yield_from!(levels(depth - 1, items));
    }
}

#[async_gen(boxed)]
pub(crate) async fn in_order(tree: &Tree) -> u64 {
    if let Some(left) = &tree.left {
        yield_from!(in_order(left));
    }
    yield_!(tree.value);
    if let Some(right) = &tree.right {
        yield_from!(in_order(right));
    }
}
