use gen_runtime::{async_gen, pin};

#[async_gen]
//~ ERROR
fn items(number: u32) -> u32 {
    yield_!(number);
}

async fn consume() {
    let mut items = pin!(items(1));
    let _: Option<u32> = items.next().await;
    //~ ERROR
    let _: Option<u8> = items.next().await;
}

fn main() {}
