//! `Scope` on each kind of runtime, without one, and while one shuts down.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use gen_runtime::scope::{Cause, Report};
use gen_runtime::{Scope, async_gen, on_drop};
use probe::{Log, ready};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Notify;
use tokio::task::LocalSet;

use super::{SharedGuard, SharedLog, abandon};

const LONG: Duration = Duration::from_secs(60);

fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

fn multi_thread() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .unwrap()
}

/// Its cleanup says where it runs.
#[async_gen]
async fn numbers(argument: SharedGuard, log: SharedLog) -> u32 {
    let _ = &argument;
    defer! {
        log.push("cleanup");
        tokio::task::yield_now().await;
        log.push(format!("{:?}", tokio::runtime::Handle::current().runtime_flavor()));
    }
    yield_!(1);
}

/// Its cleanup does not end.
#[async_gen]
async fn stuck(argument: SharedGuard, log: SharedLog, begun: Arc<Notify>) -> u32 {
    let _ = &argument;
    defer! {
        log.push("cleanup");
        begun.notify_one();
        std::future::pending::<()>().await;
        log.push("not reached");
    }
    yield_!(1);
}

/// Asserts that one generator was dropped, and nothing else was reported.
#[track_caller]
fn assert_dropped(report: &Report) {
    assert_eq!(
        (report.closed, report.failures.len(), report.live),
        (0, 1, 0)
    );
    assert!(matches!(report.failures[0].cause, Cause::Dropped));
    assert!(
        report.failures[0]
            .to_string()
            .ends_with(": dropped before the cleanup ended")
    );
}

#[test]
fn on_a_multi_thread_runtime_it_is_closed() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let report = multi_thread().block_on(async {
        abandon(scope.adopt(numbers(log.guard("argument"), log.clone()))).await;
        scope.shutdown(LONG).await
    });
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup MultiThread -argument");
}

#[test]
fn on_a_current_thread_runtime_it_is_closed_while_the_runtime_is_driven() {
    let (scope, log, runtime) = (Scope::new(), SharedLog::default(), current_thread());
    let mut handle = scope.adopt(numbers(log.guard("argument"), log.clone()));
    runtime.block_on(handle.next());
    let _context = runtime.enter();
    drop(handle);
    assert_eq!((scope.live(), log.take().as_str()), (1, ""));
    let report = runtime.block_on(scope.shutdown(LONG));
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup CurrentThread -argument");
}

#[test]
fn in_a_local_set_it_is_closed_by_a_task_of_the_runtime() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let report = LocalSet::new().block_on(&current_thread(), async {
        let handle = scope.adopt(numbers(log.guard("argument"), log.clone()));
        tokio::task::spawn_local(abandon(handle)).await.unwrap();
        scope.shutdown(LONG).await
    });
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup CurrentThread -argument");
}

#[test]
fn a_local_set_that_is_dropped_abandons() {
    let (scope, log, runtime) = (Scope::new(), SharedLog::default(), current_thread());
    let local = LocalSet::new();
    let mut handle = {
        let _context = runtime.enter();
        scope.adopt(numbers(log.guard("argument"), log.clone()))
    };
    local.spawn_local(async move {
        handle.next().await;
        std::future::pending::<()>().await;
    });
    local.block_on(&runtime, tokio::task::yield_now());
    drop(local);
    let report = runtime.block_on(scope.shutdown(LONG));
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup CurrentThread -argument");
}

#[async_gen]
async fn local(log: Log) -> u32 {
    defer! {
        tokio::task::yield_now().await;
        log.push("cleanup");
    }
    yield_!(1);
}

#[test]
fn a_generator_that_is_not_send_is_closed_by_a_local_task() {
    let log = Log::default();
    let local_set = LocalSet::new();
    let runtime = current_thread();
    local_set.block_on(&runtime, async {
        let handle = on_drop(local(log.clone()), |abandoned| {
            tokio::task::spawn_local(abandoned);
        });
        abandon(handle).await;
        assert_eq!(log.take(), "");
    });
    runtime.block_on(local_set);
    assert_eq!(log.take(), "cleanup");
}

#[test]
fn without_a_runtime_it_is_dropped_and_reported() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let mut handle = scope.adopt(numbers(log.guard("argument"), log.clone()));
    assert_eq!(ready(handle.next()), Some(1));
    drop(handle);
    assert_eq!((scope.live(), log.take().as_str()), (0, "-argument"));
    assert_dropped(&ready(scope.shutdown(LONG)));
}

#[test]
fn without_a_runtime_it_may_be_created_and_may_finish() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    drop(scope.adopt(numbers(log.guard("argument"), log.clone())));
    assert_eq!(log.take(), "-argument");
    assert!(ready(scope.shutdown(LONG)).is_clean());
}

#[test]
fn adopted_in_a_runtime_and_dropped_outside_it_is_closed_there() {
    let (scope, log, runtime) = (Scope::new(), SharedLog::default(), multi_thread());
    let mut handle = {
        let _context = runtime.enter();
        scope.adopt(numbers(log.guard("argument"), log.clone()))
    };
    runtime.block_on(handle.next());
    thread::spawn(move || drop(handle)).join().unwrap();
    let report = runtime.block_on(scope.shutdown(LONG));
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup MultiThread -argument");
}

#[test]
fn adopted_in_one_runtime_and_dropped_in_another_it_is_closed_in_the_second() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let (first, second) = (multi_thread(), current_thread());
    let mut handle = {
        let _context = first.enter();
        scope.adopt(numbers(log.guard("argument"), log.clone()))
    };
    first.block_on(handle.next());
    let report = second.block_on(async {
        drop(handle);
        scope.shutdown(LONG).await
    });
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup CurrentThread -argument");
}

#[test]
fn adopted_in_a_runtime_that_has_shut_down_it_is_dropped_and_reported() {
    for runtime in [current_thread(), multi_thread()] {
        let (scope, log) = (Scope::new(), SharedLog::default());
        let mut handle = {
            let _context = runtime.enter();
            scope.adopt(numbers(log.guard("argument"), log.clone()))
        };
        runtime.block_on(handle.next());
        drop(runtime);
        drop(handle);
        assert_eq!((scope.live(), log.take().as_str()), (0, "-argument"));
        assert_dropped(&ready(scope.shutdown(LONG)));
    }
}

#[test]
fn a_cleanup_that_runs_when_its_runtime_shuts_down_is_reported() {
    for runtime in [current_thread(), multi_thread()] {
        let (scope, log, begun) = (Scope::new(), SharedLog::default(), Arc::default());
        runtime.block_on(async {
            let generator = stuck(log.guard("argument"), log.clone(), Arc::clone(&begun));
            abandon(scope.adopt(generator)).await;
            begun.notified().await;
        });
        assert_eq!((scope.live(), log.take().as_str()), (1, "cleanup"));
        drop(runtime);
        assert_eq!((scope.live(), log.take().as_str()), (0, "-argument"));
        assert_dropped(&ready(scope.shutdown(LONG)));
    }
}

#[test]
fn a_consumer_that_is_dropped_when_its_runtime_shuts_down_is_reported() {
    for runtime in [current_thread(), multi_thread()] {
        let (scope, log, begun) = (Scope::new(), SharedLog::default(), Arc::new(Notify::new()));
        runtime.block_on(async {
            let mut handle = scope.adopt(numbers(log.guard("argument"), log.clone()));
            let signal = begun.clone();
            tokio::spawn(async move {
                handle.next().await;
                signal.notify_one();
                std::future::pending::<()>().await;
            });
            begun.notified().await;
        });
        assert_eq!(scope.live(), 1);
        drop(runtime);
        assert_eq!((scope.live(), log.take().as_str()), (0, "-argument"));
        assert_dropped(&ready(scope.shutdown(LONG)));
    }
}

#[test]
fn dropped_on_a_thread_for_blocking_work_it_is_closed() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let report = multi_thread().block_on(async {
        let mut handle = scope.adopt(numbers(log.guard("argument"), log.clone()));
        handle.next().await;
        tokio::task::spawn_blocking(move || drop(handle))
            .await
            .unwrap();
        scope.shutdown(LONG).await
    });
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup MultiThread -argument");
}
