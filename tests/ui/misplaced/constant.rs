use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    //~ ERROR
    const ONE: u32 = yield_!(1);
    //~ ERROR
    let array = [0; yield_!(2)];
    //~ ERROR
    let constant = const { yield_!(3) };
    //~ ERROR
    let typed: [u8; yield_!(4)] = [0];
}

fn main() {}
