use gen_runtime::{async_gen, pin};

#[async_gen(throws = String)]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = pin!(items());
    //~ ERROR
    items.throw("text").await;
}

fn main() {}
