//! What is wrong in what a known macro is given is told where it stands.

use std::future::ready;

use gen_runtime::async_gen;

#[async_gen]
async fn handler_type() -> u32 {
    let n: u32 = tokio::select! {
        //~ ERROR
        text = ready("text") => text,
    };
    yield_!(n);
}

#[async_gen]
async fn handler_name() -> u32 {
    tokio::select! {
        //~ ERROR
        n = ready(1) => yield_!(m),
    }
}

#[async_gen]
async fn operand_type() -> u32 {
    //~ ERROR
    let numbers: Vec<u32> = vec![ready(1).await, ready("two").await];
    yield_!(numbers[0]);
}

#[async_gen]
async fn operand_is_no_future() -> u32 {
    //~ ERROR
    println!("{}", 5_u32.await);
    yield_!(1);
}

#[async_gen]
async fn not_bool() -> u32 {
    //~ ERROR
    assert!(ready(1).await);
    yield_!(1);
}

fn main() {}
