//! The habits of a function that fails, beside `throws`.

use std::io;

use gen_runtime::async_gen;

#[async_gen(throws = io::Error)]
async fn items(text: io::Result<u32>) -> io::Result<u32> {
    //~ ERROR
    yield_!(text?);
}

#[async_gen(throws = u8)]
async fn wrapped() -> Result<u32, u8> {
    //~ ERROR
    yield_!(Ok(1));
}

fn main() {}
