//! An attribute macro on a statement would be given what the statement is lowered to.

#![forbid(unsafe_code)]

use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    #[macro_rules_attribute::apply(steal!)]
    {
        yield_!(1);
    }
    #[cfg_attr(all(), steal)]
    yield_!(2);
    #[cfg_attr(all(), allow(unused))]
    #[rustfmt::skip]
    let list = [
        #[steal]
        yield_!(3),
    ];
}

fn main() {}
