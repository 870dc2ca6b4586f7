use gen_runtime::{AsyncGenerator, Handle, async_gen, pin};

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

fn make() -> Handle<&'static mut impl AsyncGenerator<Yield = u32>> {
    //~ ERROR
    pin!(items())
}

fn main() {}
