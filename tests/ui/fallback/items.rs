//! In `async_gen_items!` the parser is ours.

use gen_runtime::{async_gen_items, pin};

async_gen_items! {
    #[async_gen]
    async fn items(list: Vec<u32>) -> u32 {
        yield list[0];
        //~ ERROR
        yield list.;
    }
}

async fn consume() {
    let mut items = pin!(items(Vec::new()));
    let _: Option<u32> = items.next().await;
    //~ ERROR
    let _: Option<u8> = items.next().await;
}

fn main() {}
