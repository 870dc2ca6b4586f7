//! A macro of the body must not take the name of one that the expansion calls.

use std::future::ready;

use gen_runtime::async_gen;

#[async_gen]
async fn takes_names() -> u32 {
    //~ ERROR
    macro_rules! __await {
        ($future:expr) => {
            0
        };
    }
    println!("{}", ready(1).await);
    let not_ours = || {
        macro_rules! __yield {
            () => {
                1
            };
        }
        __yield!()
    };
    {
        //~ ERROR
        macro_rules! __yield {
            () => {
                2
            };
        }
    }
    yield_!(not_ours());
}

fn main() {}
