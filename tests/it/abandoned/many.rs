//! Many generators, from many tasks at once.

use std::future::pending;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::poll;
use gen_runtime::scope::Cause;
use gen_runtime::{Scope, async_gen};
use tokio::task::{JoinSet, yield_now};

#[derive(Default)]
struct Counts {
    dropped: AtomicUsize,
    started: AtomicUsize,
    cleaned: AtomicUsize,
}

impl Counts {
    fn add(counter: &AtomicUsize) {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

/// Counts its drop.
struct Argument(Arc<Counts>);

impl Drop for Argument {
    fn drop(&mut self) {
        Counts::add(&self.0.dropped);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Fate {
    /// Dropped in this state.
    Created,
    Suspended,
    InFlight,
    Closing,
    Finished,
    /// Closed by its consumer.
    Closed,
    /// Abandoned, and its cleanup does so.
    Fails,
    Panics,
    /// Moved to another task, which drops it.
    Moved,
    /// Dropped with its task, which is aborted.
    Aborted,
}

#[async_gen(throws = String)]
async fn items(argument: Argument, fate: Fate) -> usize {
    let counts = &argument.0;
    Counts::add(&counts.started);
    defer! {
        yield_now().await;
        Counts::add(&counts.cleaned);
        match fate {
            Fate::Fails => Err(String::from("fails"))?,
            // Prints no message.
            Fate::Panics => resume_unwind(Box::new("panics")),
            _ => {}
        }
    }
    yield_!(1);
    yield_now().await;
    yield_!(2);
}

async fn consume(scope: Scope, counts: Arc<Counts>, fate: Fate) {
    let mut handle = scope.adopt(items(Argument(counts), fate));
    if fate == Fate::Created {
        return;
    }
    assert_eq!(handle.next().await, Some(Ok(1)));
    match fate {
        Fate::Created | Fate::Suspended | Fate::Fails | Fate::Panics => {}
        Fate::InFlight => assert!(poll!(handle.next()).is_pending()),
        Fate::Closing => assert!(poll!(handle.close()).is_pending()),
        Fate::Finished => assert_eq!(handle.finish().await, Ok(Some(()))),
        Fate::Closed => assert_eq!(handle.close().await, Ok(())),
        Fate::Moved => drop(tokio::spawn(async move { drop(handle) })),
        Fate::Aborted => pending().await,
    }
}

#[test]
fn a_hundred_thousand_from_a_thousand_tasks_are_all_closed_and_counted() {
    const TASKS: usize = 1_000;
    const GENERATORS: usize = 100_000;
    const FATES: [Fate; 10] = [
        Fate::Created,
        Fate::Suspended,
        Fate::InFlight,
        Fate::Closing,
        Fate::Finished,
        Fate::Closed,
        Fate::Fails,
        Fate::Panics,
        Fate::Moved,
        Fate::Aborted,
    ];
    const EACH: usize = GENERATORS / FATES.len();

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_time()
        .build()
        .unwrap();
    let (scope, counts) = (Scope::new(), Arc::new(Counts::default()));
    let report = runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for task in 0..TASKS {
            let (scope, counts) = (scope.clone(), counts.clone());
            tasks.spawn(async move {
                let mut aborted = JoinSet::new();
                for i in (task..GENERATORS).step_by(TASKS) {
                    let fate = FATES[i / TASKS % FATES.len()];
                    let consumer = consume(scope.clone(), counts.clone(), fate);
                    if fate == Fate::Aborted {
                        aborted.spawn(consumer);
                    } else {
                        consumer.await;
                    }
                }
                // Until all of them were started. Dropping the set aborts its tasks.
                while counts.started.load(Ordering::Relaxed) < GENERATORS - EACH {
                    yield_now().await;
                }
            });
        }
        while tasks.join_next().await.transpose().unwrap().is_some() {}
        scope.shutdown(Duration::from_secs(600)).await
    });

    let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
    assert_eq!(count(&counts.dropped), GENERATORS);
    assert_eq!(count(&counts.started), GENERATORS - EACH);
    assert_eq!(count(&counts.cleaned), GENERATORS - EACH);
    // Suspended, in flight, closing, moved, aborted.
    assert_eq!((report.closed, report.live), (5 * EACH, 0));
    let failed =
        |cause: &Cause| matches!(cause, Cause::Error(error) if error.to_string() == "fails");
    let panicked = |cause: &Cause| matches!(cause, Cause::Panicked(_));
    let causes = report.failures.iter().map(|failure| &failure.cause);
    assert_eq!(causes.clone().filter(|cause| failed(cause)).count(), EACH);
    assert_eq!(causes.clone().filter(|cause| panicked(cause)).count(), EACH);
    assert_eq!(causes.count(), 2 * EACH);
    assert_eq!(scope.live(), 0);
}
