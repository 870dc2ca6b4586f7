//! Sizes of bodies, each compiled by gen-runtime and by async-stream.

use std::hint::black_box;

use gen_runtime::{async_gen, async_gen_block};

const LARGE: usize = 4096;
type Large = [u8; LARGE];

/// The name of a body, and its bytes by gen-runtime and by async-stream, if it can be written there.
pub type Sizes = (&'static str, usize, Option<usize>);

macro_rules! sizes {
    ($($name:literal: { $($body:tt)* })+) => {
        vec![$((
            $name,
            size_of_val(&async_gen_block! { $($body)* }),
            Some(size_of_val(&async_stream::stream! { $($body)* })),
        ),)+]
    };
}

/// Returns the sizes of bodies that both libraries support.
#[must_use]
pub fn common() -> Vec<Sizes> {
    let argument = [0; LARGE];
    sizes! {
        "one yield": { yield 1_u64; }
        "a variable of 4096 bytes": { let mut b = [0; LARGE]; for _ in 0..9 { fill(&mut b); yield b[0]; } }
        "a captured one, used in place": { for &n in &argument { yield n; } }
        "a captured one, moved to a variable": { let mut b = argument; for _ in 0..9 { fill(&mut b); yield b[0]; } }
        "items of 4096 bytes, array literals": { for n in 0..9_u8 { yield [n; LARGE]; } }
        "the same, from a variable": { for n in 0..9 { let mut b = [n; LARGE]; fill(&mut b); yield b; } }
        "the same, from a call": { for n in 0..9 { yield large(n); } }
        "the same, from an await": { for n in 0..9 { yield output(n).await; } }
        "8 yields of calls": { yield large(1); yield large(2); yield large(3); yield large(4); yield large(5); yield large(6); yield large(7); yield large(8); }
        "an awaited output of 4096 bytes": { for n in 0..9 { let b = output(n).await; yield b[0]; } }
        "an await of a future of 4 KiB": { future().await; yield 1; }
        "5 of them": { future().await; future().await; yield 1; future().await; future().await; future().await; }
        "`select!` of two": { tokio::select! { () = future() => { yield 1; } () = future() => { yield 2; } } }
        "the same in a loop": { loop { tokio::select! { () = future() => { yield 1; } () = future() => { yield 2; } } } }
        "`join!` of three": { tokio::join!(future(), future(), future()); yield 1; }
    }
}

/// Returns the sizes of bodies with regions, sends and return values.
#[must_use]
pub fn own() -> Vec<Sizes> {
    [
        ("an `attempt!` around an await", size_of_val(&attempt())),
        ("5 of them, nested", size_of_val(&attempts_nested())),
        ("4 of them, one after the other", size_of_val(&attempts())),
        ("a `defer!` that awaits", size_of_val(&deferred())),
        ("3 of them", size_of_val(&deferred_three())),
        ("4096 bytes are sent", size_of_val(&sent())),
        ("4096 bytes are returned", size_of_val(&returned())),
    ]
    .map(|(name, bytes)| (name, bytes, None))
    .into()
}

#[async_gen(throws = u32)]
async fn attempt() -> u32 {
    let _ = attempt! {
        future().await;
        yield_!(1);
    };
}

#[async_gen(throws = u32)]
async fn attempts_nested() -> u32 {
    let _ = attempt! {
        let _ = attempt! {
            let _ = attempt! {
                let _ = attempt! {
                    let _ = attempt! {
                        future().await;
                        yield_!(1);
                    };
                    yield_!(2);
                };
                yield_!(3);
            };
            yield_!(4);
        };
        yield_!(5);
    };
}

#[async_gen(throws = u32)]
async fn attempts() -> u32 {
    let _ = attempt! { future().await; yield_!(1) };
    let _ = attempt! { future().await; yield_!(2) };
    let _ = attempt! { future().await; yield_!(3) };
    let _ = attempt! { future().await; yield_!(4) };
}

#[async_gen]
async fn deferred() -> u32 {
    defer! {
        future().await;
    }
    future().await;
    yield_!(1);
}

#[async_gen]
async fn deferred_three() -> u32 {
    defer! {
        future().await;
    }
    yield_!(1);
    defer! {
        future().await;
    }
    yield_!(2);
    defer! {
        future().await;
    }
    future().await;
    yield_!(3);
}

#[async_gen(send = Large)]
async fn sent() -> u8 {
    let mut n = 0;
    loop {
        n = yield_!(n)[0];
    }
}

#[async_gen(returns = Large)]
async fn returned() -> u8 {
    yield_!(1);
    [2; LARGE]
}

fn fill(bytes: &mut Large) {
    black_box(bytes);
}

fn large(n: u8) -> Large {
    black_box([n; LARGE])
}

async fn output(n: u8) -> Large {
    std::future::ready(()).await;
    large(n)
}

/// Holds 4096 bytes while it is pending.
async fn future() {
    let mut bytes = [0; LARGE];
    tokio::task::yield_now().await;
    fill(&mut bytes);
}
