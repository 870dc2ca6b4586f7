//! An inner generator that is dropped, moved or used while it is delegated to.

use gen_runtime::{BoxGenerator, Handle, async_gen, pin};

#[async_gen(boxed)]
async fn inner() -> u32 {
    yield_!(1);
}

#[async_gen]
async fn outer(inner: &mut BoxGenerator<'_, u32>) -> u32 {
    yield_from!(inner);
}

async fn dropped() {
    let mut inner = inner();
    let mut items = pin!(outer(&mut inner));
    items.next().await;
    //~ ERROR
    drop(inner);
    items.next().await;
}

async fn used() {
    let mut inner = inner();
    let mut items = pin!(outer(&mut inner));
    items.next().await;
    //~ ERROR
    inner.next().await;
    items.next().await;
}

/// The outer one uses the inner one when it is dropped.
fn dropped_before() {
    let mut items;
    {
        let mut inner = inner();
        //~ ERROR
        items = Handle::boxed(outer(&mut inner));
        let _ = items.next();
    }
}

fn main() {
    let _ = (dropped(), used());
    dropped_before();
}
