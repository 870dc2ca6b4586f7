//! With arguments that have mistakes the function is there, with its final signature.

use gen_runtime::{async_gen, pin};

//~ ERROR
#[async_gen(thorws = String)]
async fn items(number: u32) -> u32 {
    yield_!(number);
}

async fn consume() {
    //~ ERROR
    let mut items = pin!(items("text"));
    let _: Option<u32> = items.next().await;
}

fn main() {}
