//! A `macro_rules!` of the body's yields in a region of a cleanup.

use gen_runtime::async_gen;

//~ ERROR
#[async_gen(throws = u8)]
async fn in_an_attempt() -> u32 {
    macro_rules! yields {
        ($value:expr) => {
            yield_!($value)
        };
    }
    defer! {
        let _ = attempt! {
            loop {
                yields!(5);
            }
        };
    }
    yield_!(1);
}

//~ ERROR
#[async_gen]
async fn behind_a_defer() -> u32 {
    macro_rules! yields {
        ($value:expr) => {
            yield_!($value)
        };
    }
    defer! {
        defer! {}
        yields!(5);
    }
    yield_!(1);
}

#[async_gen(throws = u8)]
async fn of_a_macro_of_its_own() -> u32 {
    defer! {
        macro_rules! yields {
            ($value:expr) => {
                //~ ERROR
                yield_!($value)
            };
        }
        let _ = attempt! { yields!(5) };
    }
    yield_!(1);
}

fn main() {}
