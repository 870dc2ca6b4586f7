use std::pin::pin;

use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = pin!(items());
    //~ ERROR
    items.next().await;
}

fn main() {}
