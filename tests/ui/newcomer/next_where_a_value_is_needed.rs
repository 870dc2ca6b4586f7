use gen_runtime::{async_gen, pin};

struct Order;

#[async_gen(send = Order)]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = pin!(items());
    //~ ERROR
    items.next().await;
}

fn main() {}
