use gen_runtime::async_gen;

#[async_gen(send = u32)]
async fn echo() -> u32 {
    yield_!(1);
}

async fn consume() {
    //~ ERROR
    echo().send(1).await;
}

fn main() {}
