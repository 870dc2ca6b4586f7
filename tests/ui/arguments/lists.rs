//! One error for each argument, at the smallest token.

use gen_runtime::async_gen;

//~ ERROR
#[async_gen(send u8)]
async fn missing_equals() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(send: u8)]
async fn colon() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(send = u8, throws = , returns = u8)]
async fn missing_value() -> u32 {
    yield_!(1);
    1
}

//~ ERROR
#[async_gen(u32)]
async fn type_alone() -> u32 {
    yield_!(1);
}

//~ ERROR ERROR
#[async_gen = u32]
async fn equals() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(boxed(local))]
async fn nested() -> u32 {
    yield_!(1);
}

fn main() {}
