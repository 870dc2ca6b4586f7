//! Bytes of live generators. Each of them has yielded one item.

use std::future;
use std::pin::pin;

use benchmarks::allocator::{Counting, live_bytes};
use benchmarks::contenders::{self, Visitor};
use benchmarks::workloads::{Boxed, LIVE};
use benchmarks::{Contender, RUNTIME, Source};
use futures::stream::{Stream, StreamExt};
use tokio::task::{self, LocalSet};

#[global_allocator]
static COUNTING: Counting = Counting;

fn main() {
    println!("| bytes of a live generator | boxed | in a task of its own |");
    println!("|---|--:|--:|");
    contenders::visit(&mut Rows);
}

struct Rows;

impl Visitor for Rows {
    fn visit<C: Contender>(&mut self) {
        if C::tight(0).owned().is_some() {
            let boxed = C::run(boxed::<C>());
            let task = RUNTIME.block_on(tasks::<C>());
            println!("| {} | {boxed} | {task} |", C::NAME);
        }
    }
}

/// Returns the bytes of a boxed generator, and of what it allocates itself.
async fn boxed<C: Contender>() -> usize {
    let mut live = Vec::with_capacity(LIVE as usize);
    let before = live_bytes();
    for _ in 0..LIVE {
        let mut stream: Boxed<u64> = Box::pin(generator::<C>());
        stream.next().await;
        live.push(stream);
    }
    (live_bytes() - before) / LIVE as usize
}

/// Returns the bytes of a task that owns a generator.
async fn tasks<C: Contender>() -> usize {
    let tasks = LocalSet::new();
    // The queues keep their memory, so it is not counted below. Producers whose consumer is gone end, too.
    for _ in 0..LIVE {
        tasks.spawn_local(async {});
    }
    run_all(&tasks).await;
    let before = live_bytes();
    for _ in 0..LIVE {
        tasks.spawn_local(async {
            let mut stream = pin!(generator::<C>());
            stream.next().await;
            future::pending::<()>().await;
        });
    }
    run_all(&tasks).await;
    (live_bytes() - before) / LIVE as usize
}

fn generator<C: Contender>() -> impl Stream<Item = u64> + 'static {
    let stream = C::tight(u64::MAX).owned();
    stream.expect("a stream that can be moved")
}

/// Polls other tasks until all of them wait.
async fn run_all(tasks: &LocalSet) {
    let turns = async {
        for _ in 0..4 * LIVE {
            task::yield_now().await;
        }
    };
    tasks.run_until(turns).await;
}
