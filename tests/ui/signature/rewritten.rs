//! Macros that rewrite the function before `async_gen` sees it: one error each.

use async_trait::async_trait;
use gen_runtime::async_gen;
use tracing::instrument;

#[async_trait]
trait Source {
    #[async_gen]
    //~ ERROR
    async fn items(&self) -> u32 {
        yield_!(1);
    }

    #[async_gen(throws = u8)]
    //~ ERROR
    async fn declared(&self) -> u32;
}

#[async_trait]
impl Source for u8 {
    #[async_gen(throws = u8)]
    //~ ERROR
    async fn declared(&self) -> u32 {
        yield_!("1".parse().map_err(|_| 1)?);
    }
}

#[instrument]
#[async_gen(throws = u8)]
//~ ERROR
async fn instrumented(n: u32) -> u32 {
    yield_!(n);
    Err(1)?;
}
#[async_gen(throws = u8)]
//~ ERROR
#[instrument(skip(n), err)]
async fn error_of_the_call(n: u32) -> u32 {
    yield_!(n);
}

#[async_gen]
//~ ERROR
#[instrument(ret, skip(n))]
async fn value_of_the_call(n: u32) -> u32 {
    yield_!(n);
}

#[async_gen]
//~ ERROR
fn by_hand() -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
    Box::pin(async move {
        yield_!(1);
    })
}

/// Below it sees the call.
#[async_gen]
#[instrument]
async fn below(n: u32) -> u32 {
    yield_!(n);
}

fn main() {}
