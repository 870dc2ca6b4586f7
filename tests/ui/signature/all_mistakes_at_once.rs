//! One compile shows the mistakes of the attribute, the signature and the body.

use gen_runtime::async_gen;

//~ ERROR ERROR
#[async_gen(sent = u8, boxed = 1)]
//~ ERROR
fn items(n: u32) -> u32 {
    yield_!(n);
    //~ ERROR
    let closure = || yield_!(n);
    "1".parse::<u32>()?;
}

fn main() {
    let mut items = gen_runtime::pin!(items(1));
    let _ = items.next();
}
