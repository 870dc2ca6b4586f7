//! A generator and a call do nothing by themselves.

#![deny(unused_must_use)]

use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

#[async_gen(send = u8)]
async fn echo() -> u32 {
    yield_!(1);
}

fn main() {
    //~ ERROR
    items();
    //~ ERROR
    echo();
    let mut numbers = pin!(items());
    //~ ERROR
    numbers.next();
    //~ ERROR
    numbers.close();
}
