use gen_runtime::{async_gen, async_gen_block, pin};

#[async_gen]
async fn function() -> u32 {
    // One mistake: the `?` is only there for it.
    //~ ERROR
    let number = attempt! { "1".parse::<u32>()? };
    yield_!(number.unwrap_or(0));
}

#[async_gen]
async fn in_a_cleanup() -> u32 {
    defer! {
        //~ ERROR
        let _ = attempt! { done() };
    }
    yield_!(1);
}

#[async_gen]
async fn failing_cleanup() -> u32 {
    defer! {
        //~ ERROR
        "1".parse::<u32>()?;
    }
    yield_!(1);
}

fn done() {}

fn main() {
    let _ = pin!(function());
    let _ = pin!(in_a_cleanup());
    let _ = pin!(failing_cleanup());
    let _ = pin!(async_gen_block! {
        #![async_gen(yields = u32)]
        //~ ERROR
        let _ = attempt! { yield 1 };
    });
}
