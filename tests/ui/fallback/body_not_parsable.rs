//! The compiler tells what is wrong with the body. The signature stands.

use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items(list: Vec<u32>) -> u32 {
    yield_!(list[0]);
    //~ ERROR
    list. ;
}

async fn consume() {
    let mut items = pin!(items(Vec::new()));
    let _: Option<u32> = items.next().await;
    //~ ERROR
    let _: Option<u8> = items.next().await;
}

fn main() {}
