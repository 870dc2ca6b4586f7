//! `next` belongs to a handle: `pin!` makes one.

use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = items();
    //~ ERROR
    items.next().await;
}

fn main() {}
