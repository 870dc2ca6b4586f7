//! One error for a syntax error: the compiler's, which has parsed the body before us.

use gen_runtime::async_gen;

#[async_gen]
async fn missing_semicolon() -> u32 {
    //~ ERROR
    let number = 1
    yield_!(number);
}

#[async_gen]
async fn missing_comma() -> u32 {
    yield_!(1);
    //~ ERROR
    drop((1 2));
}

#[async_gen]
async fn prefix_await() -> u32 {
    //~ ERROR
    let number = await std::future::ready(1);
    yield_!(number);
}

#[async_gen]
async fn increment(mut number: u32) -> u32 {
    //~ ERROR
    number++;
    yield_!(number);
}

#[async_gen]
async fn yield_as_a_word() -> u32 {
    //~ ERROR
    yield_ 1;
}

fn main() {
    let _ = (missing_semicolon(), missing_comma(), prefix_await(), increment(1));
}
