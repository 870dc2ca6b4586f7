//! Counts down, a tick apart. The example `countdown_expanded` is its expansion.
//!
//! `cargo run --example countdown`

use std::time::Duration;

use gen_runtime::{async_gen, pin};

const TICK: Duration = Duration::from_millis(100);

/// Counts down, a tick apart.
#[async_gen]
async fn countdown(from: u32) -> u32 {
    for n in (1..=from).rev() {
        yield_!(n);
        tokio::time::sleep(TICK).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut numbers = pin!(countdown(3));
    while let Some(n) = numbers.next().await {
        println!("{n}");
    }
    println!("lift-off");
}
