//! An attribute macro on a statement would be given what the statement is lowered to.

#![forbid(unsafe_code)]

use std::future::ready;

use gen_runtime::{async_gen, async_gen_block};

#[async_gen]
async fn items() -> u32 {
    //~ ERROR
    #[macro_rules_attribute::apply(steal!)]
    {
        yield_!(1);
    }
    //~ ERROR
    #[cfg_attr(all(), steal)]
    yield_!(2);
    #[cfg_attr(all(), allow(unused))]
    #[rustfmt::skip]
    let list = [
        //~ ERROR
        #[steal]
        yield_!(3),
    ];
    //~ ERROR
    #[steal]
    [yield_!(4); 1];
    //~ ERROR
    #[for_await]
    {
        yield_!(5);
    }
    //~ ERROR
    #[cfg_attr(all(), rustfmt::skip)]
    yield_!(6);
}

/// What a tool's attribute stands on is not given to a macro of the same name.
mod rustfmt {
    #[allow(unused_imports)]
    pub use macro_rules_attribute::apply as skip;
}

#[async_gen(throws = u8)]
async fn a_macro_named_as_a_tool() -> u32 {
    #[rustfmt::skip]
    {
        yield_!(1);
    }
    #[rustfmt::skip]
    yield_!(2);
    #[rustfmt::skip]
    let _x = 3;
    #[rustfmt::skip]
    println!("{}", ready(1).await);
    #[rustfmt::skip]
    vec![yield_!(4)];
    #[rustfmt::skip]
    matches!(ready(1).await, 1);
    #[rustfmt::skip]
    tokio::select! { n = ready(5) => yield_!(n) };
    #[rustfmt::skip]
    tokio::join!(ready(6));
    #[rustfmt::skip]
    println!("{}", attempt! { yield_!(7) }.is_ok());
    match ready(1).await {
        #[rustfmt::skip]
        n => yield_!(n),
    }
    #[rustfmt::skip]
    #[for_await]
    for n in futures::stream::iter([8]) {
        #[rustfmt::skip]
        println!("{:?}", yield_!(n));
    }
    #[rustfmt::skip]
    defer! {
        #[rustfmt::skip]
        println!("{}", ready(9).await);
    }
    #[rustfmt::skip]
    if yield_!(10) == () {}
}

#[async_gen(throws = u8)]
async fn on_regions() -> u32 {
    //~ ERROR
    #[macro_rules_attribute::apply(steal!)]
    attempt! { yield_!(1) };
    //~ ERROR
    #[for_await]
    attempt! { yield_!(2) };
    //~ ERROR
    #[steal]
    defer! {}
    //~ ERROR
    #[cfg_attr(all(), rustfmt::skip)]
    attempt! { yield_!(3) };
    yield_!(4);
}

/// What a region is to the later stages may not be written by hand.
fn regions_by_hand() {
    #[allow(unused_imports)]
    use macro_rules_attribute::{apply as attempt, apply as defer};
    let _ = async_gen_block! {
        #![async_gen(throws = u8)]
        //~ ERROR
        #[attempt(steal!)]
        try { yield 1 };
        //~ ERROR
        let _ = #[defer(steal!)] try { yield 2 };
        //~ ERROR
        #[defer(steal!)]
        try { yield 3 }
    };
}

#[async_gen(throws = u8)]
async fn a_region_and_a_macro_named_as_a_tool() -> u32 {
    #[rustfmt::skip]
    attempt! { yield_!(1) }?;
    #[rustfmt::skip]
    attempt! { yield_!(2) }.ok();
}

fn main() {}
