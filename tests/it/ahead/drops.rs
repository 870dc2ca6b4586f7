//! Handles that are dropped: the scope closes what they leave.

use std::sync::Arc;

use gen_runtime::scope::Cause;
use gen_runtime::{Scope, async_gen};
use probe::drop_half_way;

use super::{Events, Gate, LONG, counts, one_thread, places, settle, two_threads};

#[test]
fn a_handle_that_is_dropped_runs_the_cleanups_and_shutdown_waits_for_them() {
    for (passes, expected) in [
        (0, "begin end"),
        (2, "begin 1 2 end"),
        (9, "begin 1 2 3 end"),
    ] {
        one_thread().block_on(async {
            let (scope, events) = (Scope::new(), Events::default());
            let items = scope.ahead(counts(9, Gate::new(passes), events.clone()), places(3));
            assert_eq!(scope.live(), 1);
            settle().await;
            drop(items);
            assert_eq!(scope.live(), 1);
            let report = scope.shutdown(LONG).await;
            assert_eq!(
                (report.closed, report.failures.len(), report.live),
                (1, 0, 0)
            );
            assert_eq!(events.take(), expected);
            assert_eq!(scope.live(), 0);
        });
    }
}

#[test]
fn a_handle_that_is_dropped_before_the_task_has_run_runs_nothing() {
    one_thread().block_on(async {
        let (scope, events) = (Scope::new(), Events::default());
        drop(scope.ahead(counts(9, Gate::new(9), events.clone()), places(3)));
        assert_eq!(scope.live(), 1);
        assert!(scope.shutdown(LONG).await.is_clean());
        assert_eq!(events.take(), "");
    });
}

#[test]
fn a_handle_that_is_dropped_after_the_end_is_not_reported() {
    one_thread().block_on(async {
        let (scope, events) = (Scope::new(), Events::default());
        let mut received = scope.ahead(counts(2, Gate::new(9), events.clone()), places(3));
        let queued = scope.ahead(counts(2, Gate::new(9), events.clone()), places(3));
        while received.next().await.is_some() {}
        settle().await;
        assert_eq!(scope.live(), 0);
        drop((received, queued));
        let report = scope.shutdown(LONG).await;
        assert_eq!(
            (report.closed, report.failures.len(), report.live),
            (0, 0, 0)
        );
    });
}

#[test]
fn a_handle_that_is_dropped_after_a_throw_or_a_close_was_dropped() {
    one_thread().block_on(async {
        for closes in [false, true] {
            let (scope, events) = (Scope::new(), Events::default());
            let mut items = scope.ahead(counts(9, Gate::new(2), events.clone()), places(1));
            settle().await;
            if closes {
                drop_half_way(items.close());
            } else {
                drop_half_way(items.throw("e"));
            }
            drop(items);
            assert!(scope.shutdown(LONG).await.is_clean());
            assert_eq!(events.take(), "begin 1 end");
        }
    });
}

#[test]
fn items_are_dropped_with_the_handle() {
    #[async_gen(bounds = Send + 'static)]
    async fn shares(item: Arc<()>) -> Arc<()> {
        for _ in 0..9 {
            yield_!(item.clone());
        }
    }

    one_thread().block_on(async {
        let (scope, item) = (Scope::new(), Arc::new(()));
        let items = scope.ahead(shares(item.clone()), places(4));
        settle().await;
        // The fourth is one of those in the queue. The body has the argument.
        assert_eq!(Arc::strong_count(&item), 1 + 1 + 4);
        drop(items);
        assert!(scope.shutdown(LONG).await.is_clean());
        assert_eq!(Arc::strong_count(&item), 1);
    });
}

/// The way in which a body ends.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    Error,
    Panic,
}

/// Fails after an item, or when it is closed.
#[async_gen(throws = &'static str, bounds = Send + 'static)]
async fn faulty(fault: Fault, in_cleanup: bool) -> u32 {
    defer! {
        if in_cleanup {
            match fault {
                Fault::Error => Err("from the cleanup")?,
                Fault::Panic => panic!("in the cleanup"),
            }
        }
    }
    yield_!(1);
    if in_cleanup {
        std::future::pending::<()>().await;
    }
    match fault {
        Fault::Error => Err("from the body")?,
        Fault::Panic => panic!("in the body"),
    }
}

fn shown(cause: &Cause) -> String {
    match cause {
        Cause::Error(error) => error.to_string(),
        Cause::Panicked(payload) => (*payload.downcast_ref::<&str>().unwrap()).to_owned(),
        _ => String::from("dropped"),
    }
}

#[test]
fn failures_that_the_consumer_does_not_receive_are_those_of_the_scope() {
    for (fault, in_cleanup, expected) in [
        (Fault::Error, true, "from the cleanup"),
        (Fault::Panic, true, "in the cleanup"),
        (Fault::Error, false, "from the body"),
        (Fault::Panic, false, "in the body"),
    ] {
        one_thread().block_on(async {
            let scope = Scope::new();
            let items = scope.ahead(faulty(fault, in_cleanup), places(3));
            settle().await;
            drop(items);
            let report = scope.shutdown(LONG).await;
            assert_eq!((report.closed, report.live), (0, 0));
            let [failure] = &report.failures[..] else {
                panic!("not one failure: {report}");
            };
            assert_eq!(shown(&failure.cause), expected);
            assert!(failure.function.ends_with("faulty"), "{}", failure.function);
        });
    }
}

#[test]
fn a_cleanup_that_does_not_end_is_live_after_shutdown() {
    #[async_gen(bounds = Send + 'static)]
    async fn stuck() -> u32 {
        defer! { std::future::pending::<()>().await; }
        yield_!(1);
    }

    one_thread().block_on(async {
        tokio::time::pause();
        let scope = Scope::new();
        let items = scope.ahead(stuck(), places(3));
        settle().await;
        drop(items);
        let report = scope.shutdown(LONG).await;
        assert_eq!(
            (report.closed, report.failures.len(), report.live),
            (0, 0, 1)
        );
    });
}

#[test]
fn thousands_of_handles_dropped_at_any_time_clean_up() {
    two_threads().block_on(async {
        let (scope, events) = (Scope::new(), Events::default());
        for n in 0_usize..3000 {
            let mut items = scope.ahead(counts(5, Gate::new(n % 7), events.clone()), places(2));
            if n % 3 == 0 {
                tokio::task::yield_now().await;
            }
            if n % 7 > 0 && n % 4 == 0 {
                assert_eq!(items.next().await, Some(Ok(1)));
            }
        }
        let report = scope.shutdown(LONG).await;
        assert!(report.is_clean(), "{report}");
        let events = events.take();
        let count = |event| events.split(' ').filter(|other| *other == event).count();
        assert!(count("begin") > 0);
        assert_eq!(count("begin"), count("end"));
    });
}
