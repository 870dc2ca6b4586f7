//! Async functions with the same lines as `generators.rs`: `emit(v).await` is a yield.
#![allow(clippy::all, clippy::pedantic, reason = "only the lines matter")]

use std::future::{pending, ready};

async fn emit(_: u32) {}

#[rustfmt::skip]
async fn body(n: u32) -> Result<(), String> {
    let mut total = 0;
    for i in 0..n {
        total += i;
        emit(total).await;
        if i == 100 {
            total = 7;
            emit(1).await;
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
        1 => emit(5).await,
        2 => {
            emit(6).await;
        }
        3 => Err("three")?,
        4 => return Err("four".to_owned()),
        5 => return Ok(()),
        _ => println!("{} {}", ready(1).await, total),
    }
    total = match ready(Some(total)).await {
        Some(total) => total,
        None => return Ok(()),
    };
    emit({
        let shown = total;
        shown
    }).await; Ok(())
}

#[rustfmt::skip]
async fn regions(n: u32) -> Result<(), String> {
    let mut total = 0;
    total += n;
    {
        ready(()).await;
        total += 1;
    }
    total += 2;
    let caught = async {
        let x: u32 = "5".parse().map_err(|_| "no".to_owned())?;
        emit(x).await;
        if x == 6 {
            return Ok(0);
        }
        Ok::<_, String>(x)
    }.await;
    match caught {
        Ok(5) => emit(5).await,
        Ok(_) => {
            println!("never");
            emit(6).await;
        }
        Err(e) => Err(e)?,
    }
    {
        total += 3;
        {
            total += 4;
        }
        emit(7).await;
        ready(()).await;
    }
    emit(total).await; Ok(())
}

#[rustfmt::skip]
async fn known_macros(n: u32) {
    let mut total = n;
    match n {
        3 => {
            let y = total;
            emit(y).await;
        }
        _ => { pending::<()>().await;
            total = 9;
            emit(total).await;
        }
    }
    let (a, b) = (ready(1).await, ready(2).await);
    println!("{}", ready(a + b).await);
    match n {
        3 => emit(3).await,
        _ => emit(4).await,
    }

    for z in [1, 2] {
        if z == 3 {
            emit(8).await;
        }
        emit(z).await;
    }
}

#[rustfmt::skip]
async fn never_called() {
    let a = 1;
    emit(a).await;
}

fn block() -> impl Future<Output = ()> {
    async {
        let q = 1;
        emit(q).await;
        if q == 2 {
            emit(3).await;
        }
        ready(()).await;
    }
}

fn main() {
    let _ = never_called as fn() -> _;
    futures::executor::block_on(async {
        body(3).await.unwrap();
        regions(3).await.unwrap();
        known_macros(3).await;
        block().await;
    });
}
