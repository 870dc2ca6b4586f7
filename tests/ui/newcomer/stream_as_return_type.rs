use futures::Stream;
use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
async fn items() -> impl Stream<Item = u32> {
    yield_!(1);
}

fn main() {}
