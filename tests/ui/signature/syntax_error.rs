//! The function stays, with its signature.

use gen_runtime::async_gen_items;

#[gen_runtime::async_gen]
async fn items() -> u32 {
    yield_!(1);
    //~ ERROR
    let x = yield_!(1 +);
}

async_gen_items! {
    #[async_gen]
    async fn bare() -> u32 {
        yield 1
        //~ ERROR
        yield 2;
    }
}

fn main() {
    let _ = items();
}
