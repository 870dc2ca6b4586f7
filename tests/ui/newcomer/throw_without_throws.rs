//! Nothing can be thrown where there is no type of it: `Infallible` has no values.

use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = pin!(items());
    //~ ERROR
    items.throw("text").await;
}

fn main() {}
