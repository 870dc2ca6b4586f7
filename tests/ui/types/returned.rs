//! What ends a body that has nothing to return.

use gen_runtime::async_gen;

#[async_gen]
async fn value_at_the_end() -> u32 {
    yield_!(1);
    //~ ERROR
    5
}

#[async_gen]
async fn value_returned(stop: bool) -> u32 {
    if stop {
        //~ ERROR
        return 5;
    }
    yield_!(1);
}

#[async_gen]
async fn error_without_throws() -> u32 {
    yield_!(1);
    //~ ERROR
    return Err("text");
}

#[async_gen(throws = String)]
async fn result_that_is_not_written() -> u32 {
    yield_!(1);
    //~ ERROR
    std::future::ready(Err::<(), _>(String::new())).await
}

fn main() {}
