//! A procedural macro may say any name with the span of any token that it is given.

#![forbid(unsafe_code)]

use std::future::ready;

use gen_runtime::{async_gen, async_gen_block};

#[async_gen]
async fn handler() -> u8 {
    //~ ERROR
    thief::select! { n = ready(1) => yield_!(n), () = ready(()) => {} };
}

fn path() {
    //~ ERROR
    let _ = async_gen_block! {
        thief::select_biased! { n = ready(1_u8) => yield n, () = ready(()) => {} };
    };
}

#[async_gen]
async fn future() -> u8 {
    //~ ERROR
    thief::join!(ready(1), ready(2));
    yield_!(1);
}

#[async_gen(throws = u8)]
async fn operand() -> u8 {
    //~ ERROR
    thief::println!("{}", attempt! { ready(1).await });
    yield_!(1);
}

#[async_gen]
async fn suspension() -> u8 {
    //~ ERROR
    thief::print!("{}", ready(1).await);
    yield_!(1);
}

#[async_gen]
async fn unchanged() -> u8 {
    //~ ERROR
    thief::format!("{}", matches!(loop { break 1 }, 1));
    yield_!(1);
}

macro_rules! made {
    ($sum:expr) => {
        #[async_gen]
        async fn fragment() -> u8 {
            thief::vec![$sum, ready(1).await];
            yield_!(1);
        }
    };
}

//~ ERROR
made!(1 + 2);

fn main() {}
