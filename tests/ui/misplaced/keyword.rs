//! The compiler refuses the keyword on stable before it asks us. Nothing is added to that.

use gen_runtime::async_gen;

#[async_gen]
async fn value() -> u32 {
    //~ ERROR
    yield 1;
}

#[async_gen]
async fn nothing() {
    //~ ERROR
    yield;
}

#[async_gen]
async fn postfix() -> u32 {
    //~ ERROR
    1.yield;
}

#[async_gen]
async fn for_await() -> u32 {
    //~ ERROR
    for await item in futures::stream::iter([1]) {
        yield_!(item);
    }
}

fn main() {}
