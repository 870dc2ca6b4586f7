use gen_runtime::{AsyncGenerator, async_gen};

#[async_gen]
//~ ERROR
async fn items() -> impl AsyncGenerator<Yield = u32> {
    yield_!(1);
}

fn main() {}
