//! An inner generator whose types do not fit. rustc checks the bounds of a function twice if its return type is opaque, and
//! reports the type of an item a third time where it looks for an implementation.

use futures::stream::iter;
use gen_runtime::async_gen;

#[async_gen(returns = u8)]
async fn numbers() -> u32 {
    yield_!(1);
    2
}

#[async_gen(throws = String)]
async fn fallible() -> u32 {
    yield_!(1);
}

#[async_gen(send = u32)]
async fn echo() -> u32 {
    yield_!(1);
}

#[async_gen]
async fn yields_another_type() -> u64 {
    //~ ERROR ERROR ERROR
    yield_from!(numbers());
}

#[async_gen]
async fn is_sent_nothing() -> u32 {
    //~ ERROR ERROR
    yield_from!(echo());
}

#[async_gen(send = u64)]
async fn is_sent_another_type() -> u32 {
    //~ ERROR ERROR
    yield_from!(echo());
}

#[async_gen]
async fn cannot_fail() -> u32 {
    //~ ERROR ERROR ERROR
    yield_from!(fallible());
}

#[async_gen(throws = u64)]
async fn fails_with_another_type() -> u32 {
    //~ ERROR ERROR
    yield_from!(fallible());
}

#[async_gen]
async fn of_a_stream() -> u32 {
    //~ ERROR ERROR
    yield_from!(iter([1_u32]));
}

#[async_gen]
async fn value_of_another_type() -> u32 {
    //~ ERROR
    let _: u32 = yield_from!(numbers());
}

#[async_gen]
async fn all_of_another_type() -> u64 {
    //~ ERROR
    yield_all!(numbers());
}

#[async_gen]
async fn all_of_what_is_no_stream() -> u64 {
    //~ ERROR
    yield_all!([1]);
}

#[async_gen]
async fn results_without_throws() -> u32 {
    //~ ERROR
    yield_all!(fallible());
}

#[async_gen(throws = u64)]
async fn results_of_another_error() -> u32 {
    //~ ERROR
    yield_all!(fallible());
}

#[async_gen]
async fn closes_without_throws() -> u32 {
    //~ ERROR
    #[for_await(close)]
    for n in fallible() {
        yield_!(n.unwrap_or_default());
    }
}

#[async_gen]
async fn closes_a_stream() -> u32 {
    //~ ERROR
    #[for_await(close)]
    for n in iter([1]) {
        yield_!(n);
    }
}

//~ ERROR
#[async_gen]
async fn recursive_without_boxed(depth: u32) -> u32 {
    if depth > 0 {
        yield_from!(recursive_without_boxed(depth - 1));
    }
}

fn main() {}
