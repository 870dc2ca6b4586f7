use gen_runtime::async_gen;

#[async_gen]
async fn two_values() -> u32 {
    //~ ERROR
    println!("{:?}", yield_!(1, 2));
}

#[async_gen]
async fn no_value() -> u32 {
    //~ ERROR
    yield_!();
}

fn main() {}
