use gen_runtime::async_gen;

#[async_gen]
async fn wrong_type() -> u32 {
    //~ ERROR
    yield_!("text");
    //~ ERROR
    println!("{:?}", yield_!('c'));
}

#[async_gen(send = u32)]
async fn wrong_sent() -> u32 {
    //~ ERROR
    let text: &str = yield_!(1);
}

#[async_gen(throws = String)]
async fn wrong_error() -> u32 {
    //~ ERROR
    yield_!("1".parse()?);
    //~ ERROR
    return Err(1);
}

#[async_gen(returns = u8)]
async fn wrong_return() -> u32 {
    yield_!(1);
    //~ ERROR
    "text"
}

#[async_gen]
async fn awaits_what_is_no_future() -> u32 {
    yield_!(1);
    //~ ERROR
    3.await;
}

#[async_gen]
async fn loops_over_what_is_no_stream() -> u32 {
    #[for_await]
    //~ ERROR
    for item in vec![1] {
        yield_!(item);
    }
}

fn main() {}
