//! Twice: the item is a `Result` of it, and there the compiler adds a help of its own.

use gen_runtime::async_gen;

//~ ERROR ERROR
#[async_gen(throws = Missing)]
async fn items() -> u32 {
    yield_!(1);
}

fn main() {}
