//! Bodies of generators. `plain.rs` has the same code in async functions, line by line.
#![allow(clippy::all, clippy::pedantic, reason = "only the lines matter")]

use std::future::{pending, ready};

use gen_runtime::{async_gen, async_gen_block, pin};

#[async_gen(throws = String)]
async fn body(n: u32) -> u32 {
    let mut total = 0;
    for i in 0..n {
        total += i;
        yield_!(total);
        if i == 100 {
            total = 7;
            yield_!(1);
        }
        ready(()).await;
        let future = ready(i);
        future.await;
    }
    while total > 100 {
        total -= 1;
        if total == 50 {
            continue;
        }
        if total == 20 {
            break;
        }
    }
    match total {
        1 => yield_!(5),
        2 => {
            yield_!(6)
        }
        3 => Err("three")?,
        4 => return Err("four".to_owned()),
        5 => return,
        _ => println!("{} {}", ready(1).await, total),
    }
    total = match ready(Some(total)).await {
        Some(total) => total,
        None => return,
    };
    yield_!({
        let shown = total;
        shown
    });
}

#[async_gen(throws = String)]
async fn regions(n: u32) -> u32 {
    let mut total = 0;
    total += n;
    defer! {
        ready(()).await;
        total += 1;
    }
    total += 2;
    let caught = attempt! {
        let x: u32 = "5".parse().map_err(|_| "no".to_owned())?;
        yield_!(x);
        if x == 6 {
            return;
        }
        x
    };
    match caught {
        Ok(5) => yield_!(5),
        Ok(_) => {
            println!("never");
            yield_!(6);
        }
        Err(e) => Err(e)?,
    }
    {
        total += 3;
        defer! {
            total += 4;
        }
        yield_!(7);
        ready(()).await;
    }
    yield_!(total);
}

#[async_gen]
async fn known_macros(n: u32) -> u32 {
    let mut total = n;
    tokio::select! {
        () = ready(()) => {
            let y = total;
            yield_!(y);
        }
        () = pending() => {
            total = 9;
            yield_!(total);
        }
    }
    let (a, b) = tokio::join!(ready(1), ready(2));
    println!("{}", ready(a + b).await);
    futures::select_biased! {
        z = futures::future::ready(3) => yield_!(z),
        complete => yield_!(4),
    }
    #[for_await]
    for z in futures::stream::iter([1, 2]) {
        if z == 3 {
            yield_!(8);
        }
        yield_!(z);
    }
}

#[async_gen]
async fn never_called() -> u32 {
    let a = 1;
    yield_!(a);
}

fn block() -> impl futures::Stream<Item = u32> {
    async_gen_block! {
        let q = 1;
        yield q;
        if q == 2 {
            yield 3;
        }
        ready(()).await;
    }
}

fn main() {
    let _ = never_called as fn() -> _;
    futures::executor::block_on(async {
        let mut items = pin!(body(3));
        while items.next().await.is_some() {}
        let mut items = pin!(regions(3));
        while items.next().await.is_some() {}
        let mut items = pin!(known_macros(3));
        while items.next().await.is_some() {}
        let mut items = std::pin::pin!(block());
        while futures::StreamExt::next(&mut items).await.is_some() {}
    });
}
