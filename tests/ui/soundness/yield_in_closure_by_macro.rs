//! async-stream #83 and #106: a macro puts the yield into a closure or a block of its own.

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

macro_rules! in_async_closure {
    ($value:expr) => {
        (async || $value)().await
    };
}

macro_rules! in_function {
    ($value:expr) => {{
        async fn function() {
            $value
        }
        function().await
    }};
}

//~ ERROR ERROR ERROR
#[gen_runtime::async_gen]
async fn closure() -> [usize; 3] {
    in_closure!(yield_!([1, 2, 3]));
}

//~ ERROR ERROR
#[gen_runtime::async_gen]
async fn async_block() -> [usize; 3] {
    in_async_block!(yield_!([1, 2, 3]));
}

//~ ERROR ERROR
#[gen_runtime::async_gen]
async fn async_closure() -> [usize; 3] {
    in_async_closure!(yield_!([1, 2, 3]));
}

//~ ERROR ERROR ERROR
#[gen_runtime::async_gen]
async fn function() -> [usize; 3] {
    in_function!(yield_!([1, 2, 3]));
}

//~ ERROR ERROR
#[gen_runtime::async_gen(throws = ())]
async fn closure_in_an_attempt() -> [usize; 3] {
    //~ ERROR
    let _ = attempt! { in_closure!(yield_!([1, 2, 3])) };
}

//~ ERROR
#[gen_runtime::async_gen]
async fn async_block_behind_a_defer() -> [usize; 3] {
    //~ ERROR
    defer! {}
    in_async_block!(yield_!([1, 2, 3]));
}

/// A macro of the body's that is called in a region.
//~ ERROR
#[gen_runtime::async_gen(throws = ())]
async fn async_block_in_an_attempt() -> [usize; 3] {
    macro_rules! yields {
        () => {
            in_async_block!(yield_!([1, 2, 3]))
        };
    }
    //~ ERROR
    let _ = attempt! { yields!() };
}

fn main() {}
