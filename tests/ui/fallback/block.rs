//! A block with a mistake is a generator all the same, of the types that it names.

use gen_runtime::{async_gen_block, pin};

async fn consume() {
    let mut items = pin!(async_gen_block! {
        #![async_gen(yields = u32)]
        //~ ERROR
        yield 1 +;
    });
    let _: Option<u32> = items.next().await;
    //~ ERROR
    let _: Option<u8> = items.next().await;
}

fn main() {}
