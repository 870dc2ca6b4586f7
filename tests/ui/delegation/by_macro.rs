//! A macro puts the delegation into a closure or a block of its own.

#![forbid(unsafe_code)]

macro_rules! in_closure {
    ($value:expr) => {
        (|| $value)()
    };
}

macro_rules! in_async_block {
    ($value:expr) => {
        async { $value }.await
    };
}

#[gen_runtime::async_gen]
async fn inner() -> u32 {
    yield_!(1);
}

//~ ERROR ERROR ERROR
#[gen_runtime::async_gen]
async fn closure() -> u32 {
    in_closure!(yield_from!(inner()));
}

//~ ERROR ERROR
#[gen_runtime::async_gen]
async fn async_block() -> u32 {
    in_async_block!(yield_from!(inner()));
}

//~ ERROR
#[gen_runtime::async_gen]
async fn all_in_an_async_block() -> u32 {
    in_async_block!(yield_all!(inner()));
}

fn main() {}
