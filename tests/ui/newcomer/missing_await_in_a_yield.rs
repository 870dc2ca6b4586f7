use gen_runtime::async_gen;

async fn item() -> u32 {
    1
}

#[async_gen]
async fn items() -> u32 {
    //~ ERROR
    yield_!(item());
}

fn main() {}
