use gen_runtime::async_gen;

#[async_gen]
async fn two_values() -> u32 {
    //~ ERROR
    yield_!(1, 2);
    let x = yield_!(let y = 1);
}

fn main() {}
