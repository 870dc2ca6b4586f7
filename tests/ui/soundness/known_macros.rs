//! Whoever calls a macro by the name of a known one is given nothing that goes on in another generator.

#![forbid(unsafe_code)]

use gen_runtime::{async_gen, async_gen_block};

/// Makes a generator of other types of what it is given.
macro_rules! println {
    ($operand:expr) => {
        async_gen_block! {
            #![async_gen(yields = [u64; 64], throws = u8)]
            defer! {}
            $operand;
        }
    };
}

//~ ERROR
#[async_gen]
async fn awaits() -> u8 {
    let _other = println!(std::future::ready(1).await);
    yield_!(1);
}

//~ ERROR
#[async_gen]
async fn yields() -> u8 {
    let _other = println!(yield_!(1));
}

//~ ERROR
#[async_gen(throws = u8)]
async fn guards() -> u8 {
    let _other = println!(attempt! { yield_!(1) });
}

//~ ERROR
#[async_gen(throws = u8)]
async fn defers() -> u8 {
    let _other = println!({
        defer! {}
        drop(1_u8);
    });
}

fn main() {}
