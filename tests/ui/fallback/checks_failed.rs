//! Where the body has mistakes the signature stands.

use gen_runtime::{async_gen, pin};

#[async_gen(returns = char)]
async fn items(number: u32) -> u32 {
    //~ ERROR
    let closure = || yield_!(number);
    'c'
}

async fn consume() {
    let mut items = pin!(items(1));
    let _: Option<u32> = items.next().await;
    let _: Option<char> = items.take_return();
    //~ ERROR
    let _: Option<u8> = items.next().await;
}

fn main() {}
