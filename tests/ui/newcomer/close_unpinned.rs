use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    //~ ERROR
    items().close().await;
}

fn main() {}
