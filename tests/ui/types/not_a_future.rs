use gen_runtime::async_gen;

fn number() -> u32 {
    1
}

#[async_gen]
async fn number_awaited() -> u32 {
    //~ ERROR
    yield_!(number().await);
}

#[async_gen(throws = String)]
async fn number_awaited_in_an_attempt() -> u32 {
    //~ ERROR
    let _ = attempt! { yield_!(number().await) };
}

#[async_gen]
async fn awaited_in_a_closure() -> u32 {
    //~ ERROR
    let closure = || std::future::ready(1).await;
    yield_!(closure());
}

fn main() {}
