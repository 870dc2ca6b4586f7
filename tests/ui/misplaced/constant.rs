use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    const ONE: u32 = yield_!(1);
    let array = [0; yield_!(2)];
    let constant = const { yield_!(3) };
    let typed: [u8; yield_!(4)] = [0];
}

fn main() {}
