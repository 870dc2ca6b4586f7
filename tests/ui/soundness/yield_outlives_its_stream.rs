//! async-stream #107, and a yielder that outlives its stream: the future of a yield cannot be had.

#![forbid(unsafe_code)]

use std::future::Future;

use gen_runtime::async_gen;

/// Takes an expression without awaiting what it is made of.
macro_rules! keep {
    ($place:ident, $value:expr) => {
        $place = Some(async move { $value })
    };
}

//~ ERROR ERROR
#[async_gen]
async fn leaks() -> String {
    let mut kept = None;
    keep!(kept, yield_!(String::new()));
    drop(kept);
}

#[async_gen]
async fn borrows() -> &'static str {
    let text = String::from("a");
    //~ ERROR
    yield_!(&text);
}

#[async_gen]
async fn names_the_right_to_yield() -> String {
    //~ ERROR
    let mut future = __body.yield_(String::new(), ());
    yield_!(String::new());
}

fn needs_a_future(_: impl Future) {}

#[async_gen]
async fn the_value_is_not_the_future() -> String {
    //~ ERROR
    needs_a_future(yield_!(String::new()));
    //~ ERROR
    println!("{:?}", needs_a_future(yield_!(String::new())));
}

fn main() {}
