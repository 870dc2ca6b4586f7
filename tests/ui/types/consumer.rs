use gen_runtime::{BoxGenerator, async_gen, pin};

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

struct NoDefault;

#[async_gen(send = NoDefault)]
async fn echo() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut numbers = pin!(items());
    //~ ERROR
    numbers.throw("text").await;
    //~ ERROR
    numbers.try_next().await;
    let mut numbers = pin!(echo());
    //~ ERROR
    numbers.next().await;
    let mut unpinned = items();
    //~ ERROR
    unpinned.next().await;
    //~ ERROR
    let _boxed: BoxGenerator<'_, u32> = items();
}

fn main() {}
