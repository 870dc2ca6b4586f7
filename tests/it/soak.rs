//! Chains of generators that delegate, that are adopted by a scope, and that run ahead, with random throws, closes and
//! drops. In the end all counters are balanced.
//!
//! `SOAK_ITEMS=1000000 cargo test --release --test it soak::` is the long form.

mod chain;
mod counts;

use std::env;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use futures::poll;
use gen_runtime::Scope;
use gen_runtime::scope::Cause;
use probe::Random;
use tokio::runtime::Builder;
use tokio::task::{JoinSet, yield_now};

use self::chain::{Consumer, World};
use self::counts::Counts;

/// The number of consumers at a time.
const CONSUMERS: u64 = 8;

/// Takes items from a chain until it ends, or until it is left in one way or another. Returns the number of them.
async fn consume(world: &World, random: &mut Random) -> usize {
    let mut chain = Consumer::random(world, random);
    let mut items = 0;
    loop {
        match random.below(200) {
            // Left between two calls.
            0 => return items,
            // Left in a close, or after it.
            1 => {
                let closed = poll!(pin!(chain.close()));
                if closed.is_ready() || random.below(2) == 0 {
                    return items;
                }
            }
            2 => {
                let _ = chain.close().await;
                assert!(chain.next().await.is_none());
                return items;
            }
            3..10 => {
                if let Ok(Some(_)) = chain.throw(world.fault()).await {
                    items += 1;
                }
            }
            // Calls that are dropped.
            10..14 => drop(poll!(pin!(chain.throw(world.fault())))),
            14..30 => {
                if let Poll::Ready(Some(_)) = poll!(pin!(chain.next())) {
                    items += 1;
                }
            }
            30 => yield_now().await,
            _ => match chain.next().await {
                Some(_) => items += 1,
                None => return items,
            },
        }
    }
}

/// Runs chains until so many items were consumed.
fn soak(items: usize) {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(4).enable_time().build().unwrap();
    let counts = Arc::new(Counts::default());
    let report = runtime.block_on(async {
        let world = World::new(counts.clone(), Scope::new());
        let mut consumers = JoinSet::new();
        for seed in 0..CONSUMERS {
            let world = world.clone();
            consumers.spawn(async move {
                let mut random = Random(seed);
                let mut consumed = 0;
                while consumed < items.div_ceil(usize::try_from(CONSUMERS).unwrap()) {
                    consumed += consume(&world, &mut random).await;
                }
                consumed
            });
        }
        let consumed: usize = consumers.join_all().await.into_iter().sum();
        assert!(consumed >= items);
        world.scope().shutdown(Duration::from_secs(600)).await
    });
    assert_eq!(report.live, 0);
    // Some cleanups fail, and nothing else does.
    for failure in &report.failures {
        assert!(matches!(failure.cause, Cause::Error(_)), "{failure}");
    }
    let failures = report.failures.len();
    drop(report);
    drop(runtime);
    counts.check_balanced(items, failures);
}

#[test]
fn all_that_begins_ends() {
    // About two seconds in a debug build.
    let items = env::var("SOAK_ITEMS").map_or(50_000, |items| items.parse().unwrap());
    soak(items);
}
