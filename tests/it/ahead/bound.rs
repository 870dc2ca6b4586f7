//! Items come in order, and only so many before the consumer asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gen_runtime::{Scope, async_gen};
use tokio::task::yield_now;

use super::{one_thread, places, settle, two_threads};

/// Yields 0, 1, .. 999, and counts the items before each yield.
#[async_gen(bounds = Send + 'static)]
async fn counted(made: Arc<AtomicUsize>, waits: bool) -> usize {
    for n in 0..1000 {
        if waits {
            yield_now().await;
        }
        made.fetch_add(1, Ordering::SeqCst);
        yield_!(n);
    }
}

#[test]
fn exactly_n_items_are_made_before_the_consumer_asks() {
    for waits in [false, true] {
        for n in [1, 2, 7] {
            one_thread().block_on(async {
                let made = Arc::new(AtomicUsize::new(0));
                let mut items = Scope::new().ahead(counted(made.clone(), waits), places(n));
                assert_eq!(made.load(Ordering::SeqCst), 0);
                settle().await;
                assert_eq!(made.load(Ordering::SeqCst), n);
                for received in 0..10 {
                    assert_eq!(items.next().await, Some(received));
                    settle().await;
                    assert_eq!(made.load(Ordering::SeqCst), n + received + 1);
                }
            });
        }
    }
}

#[test]
fn at_most_n_items_exist_that_were_not_received() {
    for runtime in [one_thread(), two_threads()] {
        for (n, waits) in [(1, false), (2, true), (7, false), (7, true)] {
            runtime.block_on(async {
                let made = Arc::new(AtomicUsize::new(0));
                let mut items = Scope::new().ahead(counted(made.clone(), waits), places(n));
                for received in 0..1000 {
                    assert!(made.load(Ordering::SeqCst) <= received + n);
                    assert_eq!(items.next().await, Some(received));
                }
                assert_eq!(items.next().await, None);
                assert_eq!(items.next().await, None);
            });
        }
    }
}

#[test]
fn the_body_starts_without_a_call() {
    one_thread().block_on(async {
        let made = Arc::new(AtomicUsize::new(0));
        let _items = Scope::new().ahead(counted(made.clone(), false), places(1));
        settle().await;
        assert_eq!(made.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_body_that_never_waits_lets_other_tasks_run() {
    one_thread().block_on(async {
        let made = Arc::new(AtomicUsize::new(0));
        let items = Scope::new().ahead(counted(made.clone(), false), places(1_000_000));
        yield_now().await;
        let first = made.load(Ordering::SeqCst);
        assert!((1..1000).contains(&first), "{first} items in one poll");
        drop(items);
    });
}
