//! A regular generator does not await. Each is one error, at the token that would wait.

use gen_runtime::{async_gen_items, generator, generator_block};
use tokio::{join, select};

#[generator]
fn await_in_a_value() -> u32 {
    //~ ERROR
    yield_!(std::future::ready(1).await);
    //~ ERROR
    let mut n = std::future::ready(2).await;
    n += 1;
}

#[generator(throws = String)]
fn await_in_regions_and_macros() -> u32 {
    defer! {
        //~ ERROR
        std::future::ready(()).await;
    }
    //~ ERROR
    let n = attempt! { std::future::ready(Ok::<u32, String>(1)).await? };
    //~ ERROR
    println!("{:?} {}", n, std::future::ready(2).await);
    yield_!(1);
}

#[generator]
fn loops() -> u32 {
    //~ ERROR
    #[for_await]
    for n in futures::stream::iter([1]) {
        yield_!(n);
    }
    //~ ERROR
    #[for_await(close)]
    for n in loops() {
        yield_!(n);
    }
}

#[generator]
fn selects() -> u32 {
    //~ ERROR
    select! {
        n = std::future::ready(1) => yield_!(n),
        () = std::future::pending() => {}
    }
    //~ ERROR
    futures::select_biased! {
        n = futures::future::ready(1) => yield_!(n),
    }
}

#[generator(throws = ())]
fn joins() -> u32 {
    //~ ERROR
    let (n, _) = join!(std::future::ready(1), std::future::ready(2));
    yield_!(n);
    //~ ERROR
    let pair = tokio::try_join!(std::future::ready(Ok::<u32, ()>(1)), async { Ok(2) })?;
    yield_!(pair.0);
}

async_gen_items! {
    #[generator]
    fn for_await() -> u32 {
        //~ ERROR
        for await n in futures::stream::iter([1]) {
            yield n;
        }
    }
}

fn blocks() {
    let _ = generator_block! {
        //~ ERROR
        yield std::future::ready(1).await;
    };
    let _ = generator_block! {
        //~ ERROR
        for await n in futures::stream::iter([1]) {
            yield n;
        }
    };
    let _ = generator_block! {
        yield 1;
        //~ ERROR
        tokio::join!(std::future::ready(1));
    };
}

fn main() {
    // The signatures are those of generators all the same.
    for _ in gen_runtime::sync::pin!(await_in_a_value()) {}
    let _: Option<u32> = gen_runtime::sync::pin!(loops()).next();
    let _: Option<Result<u32, ()>> = gen_runtime::sync::pin!(joins()).next();
    let _ = (await_in_regions_and_macros(), selects(), for_await());
}
