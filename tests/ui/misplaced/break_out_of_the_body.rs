use gen_runtime::async_gen;

#[async_gen]
async fn breaks() -> u32 {
    yield_!(1);
    //~ ERROR
    break;
}

#[async_gen]
async fn continues(stop: bool) -> u32 {
    yield_!(1);
    if stop {
        //~ ERROR
        continue;
    }
}

fn main() {}
