use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let items = pin!(items());
    //~ ERROR
    items.next().await;
}

fn main() {}
