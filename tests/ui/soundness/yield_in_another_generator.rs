//! async-stream #106: the yield of one generator in the body of another, which yields another type.

#![forbid(unsafe_code)]

use gen_runtime::{async_gen, async_gen_block};

/// Puts what it is given beside a yield of the inner generator's own.
macro_rules! inner_generator {
    ($outer:expr) => {
        async_gen_block! {
            yield_!(String::new());
            $outer;
        }
    };
}

/// Gives what was made outside to a generator inside.
macro_rules! yield_of_outer {
    ($mac:ident) => {
        async_gen_block! {
            yield_!(String::new());
            $mac!(1);
        }
    };
}

#[async_gen]
async fn direct() -> [usize; 3] {
    //~ ERROR
    let _inner = inner_generator!(yield_!([1, 2, 3]));
}

//~ ERROR
#[async_gen]
async fn by_name() -> [usize; 3] {
    macro_rules! emit {
        ($value:expr) => {
            yield_!([$value; 3])
        };
    }
    let _inner = yield_of_outer!(emit);
}

fn main() {}
