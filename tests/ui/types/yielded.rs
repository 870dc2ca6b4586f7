use gen_runtime::async_gen;

#[async_gen]
async fn wrong_type() -> u32 {
    yield_!("text");
    println!("{:?}", yield_!('c'));
}

#[async_gen(send = u32)]
async fn wrong_sent() -> u32 {
    let text: &str = yield_!(1);
}

#[async_gen(throws = String)]
async fn wrong_error() -> u32 {
    yield_!("1".parse()?);
    return Err(1);
}

#[async_gen(returns = u8)]
async fn wrong_return() -> u32 {
    yield_!(1);
    "text"
}

#[async_gen]
async fn awaits_what_is_no_future() -> u32 {
    yield_!(1);
    3.await;
}

#[async_gen]
async fn loops_over_what_is_no_stream() -> u32 {
    #[for_await]
    for item in vec![1] {
        yield_!(item);
    }
}

fn main() {}
