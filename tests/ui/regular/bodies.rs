//! Mistakes in the bodies of regular generators.

use gen_runtime::{async_gen, generator, generator_block};

#[generator]
fn yield_in_a_closure() -> u32 {
    //~ ERROR
    let _ = |n: u32| yield_!(n);
    //~ ERROR
    let _ = async { yield_!(1) };
    fn nested() {
        //~ ERROR
        yield_!(2);
    }
}

#[generator]
fn question_mark_without_throws(text: &str) -> u32 {
    //~ ERROR
    yield_!(text.parse()?);
    //~ ERROR
    let _ = attempt! { yield_!(1) };
}

#[generator]
fn value_without_send() -> u32 {
    //~ ERROR
    let _: u32 = yield_!(1);
}

#[generator]
fn value_without_returns() -> u32 {
    yield_!(1);
    //~ ERROR
    2
}

#[generator]
fn result_without_throws() -> u32 {
    //~ ERROR
    yield_result!(Ok::<u32, ()>(1));
}

#[generator]
fn yields_another_type() -> u32 {
    //~ ERROR
    yield_!("text");
}

#[generator]
fn yield_in_a_cleanup() -> u32 {
    defer! {
        //~ ERROR
        yield_!(1);
    }
    yield_!(2);
}

#[generator(throws = ())]
fn forwards_in_a_macro() -> u32 {
    //~ ERROR
    println!("{:?}", yield_all!([1]));
}

/// Not a regular generator: its own body may await.
#[generator]
fn nested_kinds() -> u32 {
    #[async_gen]
    async fn waits() -> u32 {
        yield_!(std::future::ready(1).await);
        //~ ERROR
        yield_!("1".parse()?);
    }
    let _ = async { std::future::ready(1).await };
    yield_!(1);
}

fn main() {
    let _ = generator_block! {
        //~ ERROR
        yield "1".parse::<u32>()?;
    };
}
