use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    //~ ERROR
    let _ = attempt! { let = 1; };
    //~ ERROR
    defer! { 1 + }
    yield_!(1);
}

fn main() {
    // It is there all the same.
    let _ = items();
}
