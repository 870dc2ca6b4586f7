//! A macro puts the yield into a closure or a block of its own. rustc reports the label of the body, and what its block
//! evaluates to.

#![forbid(unsafe_code)]

macro_rules! in_closure {
    ($value:expr) => {
        (|| $value)()
    };
}

macro_rules! in_async_block {
    ($value:expr) => {{
        let _ = async { $value };
    }};
}

//~ ERROR ERROR ERROR
#[gen_runtime::generator]
fn closure() -> [usize; 3] {
    in_closure!(yield_!([1, 2, 3]));
}

//~ ERROR ERROR
#[gen_runtime::generator]
fn async_block() -> [usize; 3] {
    in_async_block!(yield_!([1, 2, 3]));
}

fn main() {}
