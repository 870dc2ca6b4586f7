//! `Scope::shutdown`: what it waits for, and what comes after it.

use std::sync::Arc;
use std::time::Duration;

use gen_runtime::{Scope, async_gen};
use probe::{drop_half_way, panic_message};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use super::{SharedLog, abandon};

const SECOND: Duration = Duration::from_secs(1);

#[async_gen]
async fn waits(gate: Arc<Notify>, log: SharedLog) -> u32 {
    defer! {
        log.push("cleanup");
        gate.notified().await;
        log.push("cleaned");
    }
    yield_!(1);
    sleep(SECOND).await;
    yield_!(2);
}

#[tokio::test(start_paused = true)]
async fn a_cleanup_that_never_ends_is_reported_at_the_timeout_and_may_be_waited_for_again() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    abandon(scope.adopt(waits(Arc::clone(&gate), log.clone()))).await;
    let start = Instant::now();
    let report = scope.shutdown(SECOND * 5).await;
    assert_eq!(start.elapsed(), SECOND * 5);
    assert_eq!(
        report.to_string(),
        "closed: 0, failed: 0, live: 1\n  it::abandoned::shutdown::waits: live, 1"
    );
    assert!(!report.is_clean());
    assert_eq!(log.take(), "cleanup");

    gate.notify_one();
    let report = scope.shutdown(SECOND * 5).await;
    assert_eq!(start.elapsed(), SECOND * 5);
    assert_eq!(report.to_string(), "closed: 1, failed: 0, live: 0");
    assert_eq!(log.take(), "cleaned");
}

#[tokio::test(start_paused = true)]
async fn an_empty_scope_is_ready_at_once() {
    let start = Instant::now();
    assert!(Scope::new().shutdown(SECOND).await.is_clean());
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_zero_reports_what_has_ended() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    Notify::notify_one(&gate);
    abandon(scope.adopt(waits(gate.clone(), log.clone()))).await;
    abandon(scope.adopt(waits(gate, log))).await;
    while scope.live() > 1 {
        tokio::task::yield_now().await;
    }
    let report = scope.shutdown(Duration::ZERO).await;
    assert_eq!((report.closed, report.live), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_a_consumer_and_does_not_interrupt_it() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    Notify::notify_one(&gate);
    let mut handle = scope.adopt(waits(gate, log.clone()));
    let consumer = tokio::spawn(async move {
        let mut items = Vec::new();
        while let Some(item) = handle.next().await {
            items.push(item);
        }
        sleep(SECOND).await;
        items
    });
    let start = Instant::now();
    let report = scope.shutdown(SECOND * 5).await;
    // It is ready when the generator ends, not when the handle is dropped.
    assert_eq!(start.elapsed(), SECOND);
    assert_eq!((report.closed, report.is_clean()), (0, true));
    assert_eq!(consumer.await.unwrap(), [1, 2]);
    assert_eq!(log.take(), "cleanup cleaned");
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_a_generator_that_is_abandoned_meanwhile() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    Notify::notify_one(&gate);
    let mut handle = scope.adopt(waits(gate, log.clone()));
    handle.next().await;
    tokio::spawn(async move {
        sleep(SECOND).await;
        drop(handle);
    });
    let start = Instant::now();
    let report = scope.shutdown(SECOND * 5).await;
    assert_eq!(start.elapsed(), SECOND);
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup cleaned");
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_a_generator_that_is_adopted_meanwhile() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    Notify::notify_one(&gate);
    let first = scope.adopt(waits(gate.clone(), log.clone()));
    let clone = scope.clone();
    tokio::spawn(async move {
        sleep(SECOND).await;
        abandon(clone.adopt(waits(gate, log))).await;
        drop(first);
    });
    let report = scope.shutdown(SECOND * 5).await;
    assert_eq!((report.closed, report.is_clean()), (1, true));
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_waits_for_itself_waits_until_the_timeout() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    Notify::notify_one(&gate);
    let mut handle = scope.adopt(waits(gate, log));
    let report = scope.shutdown(SECOND).await;
    assert_eq!((report.closed, report.live), (0, 1));
    assert_eq!(handle.next().await, Some(1));
    drop(handle);
    assert_eq!(scope.shutdown(SECOND).await.closed, 1);
}

#[tokio::test(start_paused = true)]
async fn after_it_generators_are_still_closed_and_reported_by_the_next_one() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::new(Notify::new()));
    let mut before = scope.adopt(waits(gate.clone(), log.clone()));
    before.next().await;
    assert_eq!(scope.shutdown(Duration::ZERO).await.live, 1);
    drop(before);
    abandon(scope.adopt(waits(gate.clone(), log.clone()))).await;
    // Until both wait.
    while log.0.lock().unwrap().len() < 2 {
        tokio::task::yield_now().await;
    }
    gate.notify_waiters();
    let report = scope.shutdown(SECOND).await;
    assert_eq!((report.closed, report.is_clean()), (2, true));
}

#[tokio::test(start_paused = true)]
async fn dropped_halfway_it_loses_nothing() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    abandon(scope.adopt(waits(Arc::clone(&gate), log))).await;
    drop_half_way(scope.shutdown(SECOND));
    gate.notify_one();
    tokio::task::yield_now().await;
    assert_eq!(scope.live(), 0);
    assert_eq!(scope.shutdown(SECOND).await.closed, 1);
}

#[tokio::test(start_paused = true)]
async fn of_two_at_once_one_has_each_generator() {
    let (scope, log, gate) = (Scope::new(), SharedLog::default(), Arc::default());
    abandon(scope.adopt(waits(Arc::clone(&gate), log))).await;
    let open = async {
        sleep(SECOND).await;
        gate.notify_one();
    };
    let [first, second] = [scope.shutdown(SECOND * 5), scope.shutdown(SECOND * 5)];
    let (first, second, ()) = tokio::join!(first, second, open);
    assert_eq!(first.closed + second.closed, 1);
    assert!(first.is_clean() && second.is_clean());
}

#[test]
fn without_a_time_driver_it_panics_only_if_it_has_to_wait() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (scope, log) = (Scope::new(), SharedLog::default());
    assert!(runtime.block_on(scope.shutdown(SECOND)).is_clean());
    let _handle = scope.adopt(waits(Arc::default(), log));
    let message = panic_message(|| runtime.block_on(scope.shutdown(SECOND)));
    assert!(message.contains("enable_time"), "{message}");
}
