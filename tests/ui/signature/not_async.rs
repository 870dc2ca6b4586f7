use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
fn not_async(n: u32) -> u32 {
    yield_!(n);
}

#[async_gen]
//~ ERROR
const fn constant() -> u32 {
    yield_!(1);
}

#[async_gen]
//~ ERROR
async extern "C" fn foreign() -> u32 {
    yield_!(1);
}

fn main() {
    let mut items = gen_runtime::pin!(not_async(1));
    let _ = items.next();
    let _ = (constant(), foreign());
}
