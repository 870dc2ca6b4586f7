//! Those arguments that have no mistakes are part of the signature.

use gen_runtime::{async_gen, pin};

//~ ERROR
#[async_gen(send = char, throws = String, boxde)]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = pin!(items());
    let _: Option<Result<u32, String>> = items.send('c').await;
    //~ ERROR
    items.send("text").await;
}

fn main() {}
