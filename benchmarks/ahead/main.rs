//! Generators that run ahead: wall-clock time, as ratios to a channel and a task written by hand, with a queue of the
//! same length.

use std::hint::black_box;
use std::num::NonZero;
use std::time::Instant;

use benchmarks::rounds;
use gen_runtime::{Scope, async_gen, pin};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;

const ROUNDS: usize = 201;
const ITEMS: u64 = 2000;
const CONTENDERS: [&str; 3] = [
    "channel and task",
    "the same, fed by a generator",
    "`scope.ahead`",
];

fn main() {
    let runtimes = [
        ("one thread", Builder::new_current_thread()),
        ("two threads", Builder::new_multi_thread()),
    ];
    println!(
        "Time over {}: the median of {ROUNDS} rounds, and the quartiles.\n",
        CONTENDERS[0]
    );
    println!(
        "| | n | {} |\n|---|--:|--:|--:|",
        CONTENDERS[1..].join(" | ")
    );
    for (name, mut builder) in runtimes {
        let runtime = builder.worker_threads(2).build().expect("a runtime");
        for n in [1, 16, 256] {
            let ratios = measured(&runtime, n);
            println!("| {name} | {n} | {} |", ratios[1..].join(" | "));
        }
    }
}

fn measured(runtime: &Runtime, n: usize) -> Vec<String> {
    let contenders: Vec<_> = (0..CONTENDERS.len()).map(Some).collect();
    rounds::ratios(ROUNDS, &contenders, 0, |contender| {
        let start = Instant::now();
        // In a task: on a runtime of several threads, `block_on` runs its future on one that is not of the runtime.
        let sum = match contender {
            0 => runtime.block_on(runtime.spawn(channel(n))),
            1 => runtime.block_on(runtime.spawn(generator_in_channel(n))),
            _ => runtime.block_on(runtime.spawn(ahead(n))),
        };
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!(sum.expect("no panic"), ITEMS * (ITEMS - 1) / 2);
        seconds
    })
}

#[async_gen(bounds = Send + 'static)]
async fn numbers() -> u64 {
    for n in 0..ITEMS {
        yield_!(n);
    }
}

async fn channel(n: usize) -> u64 {
    let (sender, receiver) = mpsc::channel(n);
    tokio::spawn(async move {
        for n in 0..ITEMS {
            if sender.send(n).await.is_err() {
                return;
            }
        }
    });
    sum(receiver).await
}

async fn generator_in_channel(n: usize) -> u64 {
    let (sender, receiver) = mpsc::channel(n);
    tokio::spawn(async move {
        let mut numbers = pin!(numbers());
        while let Some(n) = numbers.next().await {
            if sender.send(n).await.is_err() {
                return;
            }
        }
    });
    sum(receiver).await
}

async fn sum(mut receiver: mpsc::Receiver<u64>) -> u64 {
    let mut sum = 0;
    while let Some(n) = receiver.recv().await {
        sum = black_box(sum + n);
    }
    sum
}

async fn ahead(n: usize) -> u64 {
    let mut items = Scope::new().ahead(numbers(), NonZero::new(n).expect("a queue of some length"));
    let mut sum = 0;
    while let Some(n) = items.next().await {
        sum = black_box(sum + n);
    }
    sum
}
