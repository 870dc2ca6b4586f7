//! `Scope`: each state, and each end of a cleanup.

use std::convert::Infallible;
use std::time::Duration;

use gen_runtime::scope::{Adopted, Cause};
use gen_runtime::{
    AsyncGenerator, BoxGenerator, BoxTryGenerator, Handle, Scope, State, async_gen, generator,
};
use probe::drop_half_way;
use tokio::time::sleep;

use super::{SharedGuard, SharedLog, abandon};

const SECOND: Duration = Duration::from_secs(1);

#[async_gen]
async fn numbers(argument: SharedGuard, log: SharedLog) -> u32 {
    let _ = &argument;
    defer! {
        log.push("cleanup");
        sleep(SECOND).await;
        log.push("cleaned");
    }
    yield_!(1);
    sleep(SECOND).await;
    yield_!(2);
}

fn adopt(
    scope: &Scope,
    log: &SharedLog,
) -> Handle<
    Box<Adopted<impl AsyncGenerator<Sent = (), Error = Infallible, Item = u32> + Send + use<>>>,
> {
    scope.adopt(numbers(log.guard("argument"), log.clone()))
}

#[tokio::test(start_paused = true)]
async fn created_it_is_dropped() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let handle = adopt(&scope, &log);
    assert_eq!((scope.live(), handle.state()), (1, State::Created));
    drop(handle);
    assert_eq!((scope.live(), log.take().as_str()), (0, "-argument"));
    let report = scope.shutdown(SECOND).await;
    assert_eq!((report.closed, report.is_clean()), (0, true));
}

#[tokio::test(start_paused = true)]
async fn suspended_it_is_closed_by_a_task() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    abandon(adopt(&scope, &log)).await;
    assert_eq!((scope.live(), log.take().as_str()), (1, ""));
    let report = scope.shutdown(SECOND * 2).await;
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup cleaned -argument");
    assert_eq!(scope.live(), 0);
}

#[tokio::test(start_paused = true)]
async fn in_flight_it_is_closed_by_a_task() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let mut handle = adopt(&scope, &log);
    handle.next().await;
    drop_half_way(handle.next());
    assert_eq!(handle.state(), State::InFlight);
    drop(handle);
    let report = scope.shutdown(SECOND * 2).await;
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleanup cleaned -argument");
}

#[tokio::test(start_paused = true)]
async fn closing_its_close_continues_by_a_task() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let mut handle = adopt(&scope, &log);
    handle.next().await;
    drop_half_way(handle.close());
    assert_eq!(
        (handle.state(), log.take().as_str()),
        (State::Closing, "cleanup")
    );
    drop(handle);
    let report = scope.shutdown(SECOND * 2).await;
    assert_eq!((report.closed, report.is_clean()), (1, true));
    assert_eq!(log.take(), "cleaned -argument");
}

#[tokio::test(start_paused = true)]
async fn finished_it_is_not_counted_any_more() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let mut handle = adopt(&scope, &log);
    while handle.next().await.is_some() {
        assert_eq!(scope.live(), 1);
    }
    assert_eq!(scope.live(), 0);
    let report = scope.shutdown(SECOND).await;
    assert_eq!((report.closed, report.is_clean()), (0, true));
    drop(handle);
    assert_eq!(log.take(), "cleanup cleaned -argument");
    assert_eq!(scope.live(), 0);
}

#[tokio::test(start_paused = true)]
async fn closed_by_its_consumer_it_is_not_reported() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let mut handle = adopt(&scope, &log);
    handle.next().await;
    handle.close().await.unwrap();
    assert_eq!(scope.live(), 0);
    drop(handle);
    let report = scope.shutdown(SECOND).await;
    assert_eq!((report.closed, report.is_clean()), (0, true));
    assert_eq!(log.take(), "cleanup cleaned -argument");
}

// Consumers that leave.

#[tokio::test(start_paused = true)]
async fn a_select_that_takes_another_branch_abandons() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let consumer = async {
        let mut handle = adopt(&scope, &log);
        while handle.next().await.is_some() {}
        unreachable!("it takes a second");
    };
    tokio::select! {
        () = consumer => {}
        () = sleep(SECOND / 2) => {}
    }
    assert_eq!(scope.shutdown(SECOND * 2).await.closed, 1);
    assert_eq!(log.take(), "cleanup cleaned -argument");
}

#[tokio::test(start_paused = true)]
async fn an_aborted_task_abandons() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let mut handle = adopt(&scope, &log);
    let consumer = tokio::spawn(async move { while handle.next().await.is_some() {} });
    tokio::task::yield_now().await;
    consumer.abort();
    assert!(consumer.await.unwrap_err().is_cancelled());
    assert_eq!(scope.shutdown(SECOND * 2).await.closed, 1);
    assert_eq!(log.take(), "cleanup cleaned -argument");
}

#[tokio::test(start_paused = true)]
async fn erased_to_a_box_it_is_closed_by_a_task() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let generator = numbers(log.guard("argument"), log.clone());
    let mut handle: BoxGenerator<'static, u32> = scope.adopt(generator).into();
    handle.next().await;
    drop(handle);
    assert_eq!(scope.shutdown(SECOND * 2).await.closed, 1);
}

#[tokio::test(start_paused = true)]
async fn a_boxed_generator_may_be_adopted() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let generator = numbers(log.guard("argument"), log.clone());
    let boxed: BoxGenerator<'static, u32> = Handle::boxed(generator).into();
    abandon(scope.adopt(boxed)).await;
    assert_eq!(scope.shutdown(SECOND * 2).await.closed, 1);
    assert_eq!(log.take(), "cleanup cleaned -argument");
}

#[generator]
fn regular(log: SharedLog) -> u32 {
    defer! { log.push("cleanup"); }
    yield_!(1);
}

#[tokio::test(start_paused = true)]
async fn a_regular_generator_may_be_adopted() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    abandon(scope.adopt(regular(log.clone()))).await;
    assert_eq!(scope.shutdown(SECOND).await.closed, 1);
    assert_eq!(log.take(), "cleanup");
}

#[async_gen]
async fn outer(scope: Scope, inner_is_adopted: bool, log: SharedLog) -> u32 {
    defer! { log.push("outer"); }
    let inner = numbers(log.guard("inner"), log.clone());
    if inner_is_adopted {
        yield_from!(scope.adopt(inner));
    } else {
        yield_from!(inner);
    }
}

#[tokio::test(start_paused = true)]
async fn a_generator_that_delegates_is_closed_from_the_inside() {
    for inner_is_adopted in [false, true] {
        let (scope, log) = (Scope::new(), SharedLog::default());
        let generator = outer(scope.clone(), inner_is_adopted, log.clone());
        abandon(scope.adopt(generator)).await;
        let report = scope.shutdown(SECOND * 2).await;
        // The close of the outer one closes the inner one.
        assert_eq!((report.closed, report.is_clean()), (1, true));
        assert_eq!(log.take(), "cleanup cleaned -inner outer");
    }
}

#[tokio::test(start_paused = true)]
async fn an_adopted_generator_inside_one_that_is_dropped_is_closed() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    abandon(Handle::boxed(outer(scope.clone(), true, log.clone()))).await;
    assert_eq!(scope.shutdown(SECOND * 2).await.closed, 1);
    assert_eq!(log.take(), "cleanup cleaned -inner");
}

#[async_gen]
async fn owns(scope: Scope, log: SharedLog) -> u32 {
    defer! { log.push("outer"); }
    let mut inner = adopt(&scope, &log);
    while let Some(n) = inner.next().await {
        yield_!(n);
    }
}

#[tokio::test(start_paused = true)]
async fn a_handle_that_is_dropped_in_the_body_of_another_one_is_closed_by_its_own_task() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    abandon(scope.adopt(owns(scope.clone(), log.clone()))).await;
    assert_eq!(scope.live(), 2);
    let report = scope.shutdown(SECOND * 2).await;
    assert_eq!((report.closed, report.is_clean()), (2, true));
    assert_eq!(log.take(), "outer cleanup cleaned -argument");
}

// Cleanups that fail.

#[async_gen(throws = String)]
async fn fails(log: SharedLog) -> u32 {
    defer! {
        log.push("cleanup");
        tokio::task::yield_now().await;
        Err(String::from("the disk is full"))?;
    }
    yield_!(1);
}

#[tokio::test(start_paused = true)]
async fn a_cleanup_that_fails_is_reported_with_its_error_and_its_function() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    abandon(scope.adopt(fails(log.clone()))).await;
    let report = scope.shutdown(SECOND).await;
    assert_eq!(
        (report.closed, report.live, report.is_clean()),
        (0, 0, false)
    );
    assert_eq!(report.failures[0].function, "it::abandoned::scope::fails");
    assert!(
        matches!(&report.failures[0].cause, Cause::Error(error) if error.to_string() == "the disk is full")
    );
    assert_eq!(
        report.to_string(),
        "closed: 0, failed: 1, live: 0\n  it::abandoned::scope::fails: the disk is full"
    );
    let source = std::error::Error::source(&report.failures[0]);
    assert_eq!(source.unwrap().to_string(), "the disk is full");
}

#[async_gen]
async fn panics(gate: u32, log: SharedLog) -> u32 {
    let _local = log.guard("local");
    defer! {
        tokio::task::yield_now().await;
        panic!("gate {gate} is stuck");
    }
    yield_!(1);
}

#[tokio::test(start_paused = true)]
async fn a_cleanup_that_panics_is_reported_with_its_message() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    abandon(scope.adopt(panics(7, log.clone()))).await;
    let report = scope.shutdown(SECOND).await;
    assert_eq!(
        (report.closed, report.failures.len(), report.live),
        (0, 1, 0)
    );
    assert_eq!(
        report.failures[0].to_string(),
        "it::abandoned::scope::panics: panicked: gate 7 is stuck"
    );
    let Cause::Panicked(payload) = &report.failures[0].cause else {
        panic!("it panicked");
    };
    assert_eq!(payload.downcast_ref::<String>().unwrap(), "gate 7 is stuck");
    assert_eq!(log.take(), "-local");
}

#[async_gen]
async fn panics_with_a_value() -> u32 {
    defer! { std::panic::panic_any(7); }
    yield_!(1);
}

#[tokio::test(start_paused = true)]
async fn the_payload_of_a_panic_need_not_be_text() {
    let scope = Scope::new();
    abandon(scope.adopt(panics_with_a_value())).await;
    let mut failures = scope.shutdown(SECOND).await.failures;
    let failure = failures.pop().unwrap();
    assert!(
        failure
            .to_string()
            .ends_with("::panics_with_a_value: panicked")
    );
    assert!(std::error::Error::source(&failure).is_none());
    let Cause::Panicked(payload) = failure.cause else {
        panic!("it panicked");
    };
    assert_eq!(payload.downcast_ref(), Some(&7));
}

#[tokio::test(start_paused = true)]
async fn failures_are_kept_until_they_are_taken() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    for _ in 0..3 {
        abandon(scope.adopt(fails(log.clone()))).await;
    }
    abandon(scope.adopt(regular(log.clone()))).await;
    assert!(scope.take_failures().is_empty());
    while scope.live() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(scope.take_failures().len(), 3);
    assert!(scope.take_failures().is_empty());
    let report = scope.shutdown(SECOND).await;
    assert_eq!((report.closed, report.failures.len()), (1, 0));
}

// Functions and types.

struct Source<T>(T);

impl<T: Clone + Send + Sync + 'static> Source<T> {
    #[async_gen(bounds = Send + 'static)]
    async fn items(self) -> T {
        defer! { panic!("in the cleanup"); }
        yield_!(self.0.clone());
    }
}

#[tokio::test(start_paused = true)]
async fn the_function_of_a_method_is_its_path() {
    let scope = Scope::new();
    abandon(scope.adopt(Source(1_u8).items())).await;
    let report = scope.shutdown(SECOND).await;
    let function = report.failures[0].function;
    assert!(function.starts_with("it::abandoned::scope::"), "{function}");
    assert!(function.ends_with("::items"), "{function}");
}

#[test]
fn a_scope_and_its_handles_are_send_and_clones_are_one_scope() {
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}
    fn is_send<T: Send>(_: &T) {}

    let (scope, log) = (Scope::default(), SharedLog::default());
    is_send_and_sync(&scope);
    let clone = scope.clone();
    let handle = clone.adopt(fails(log.clone()));
    is_send(&handle);
    is_send(&scope.shutdown(SECOND));
    assert_eq!(scope.live(), 1);
    assert_eq!(format!("{scope:?}"), "Scope { live: 1, .. }");
    let _boxed: BoxTryGenerator<'static, u32, String> = handle.into();
}

#[tokio::test]
async fn live_generators_are_counted_by_function_until_they_end() {
    let scope = Scope::new();
    let counts = |scope: &Scope| -> Vec<_> {
        let functions = scope.live_functions().into_iter();
        functions
            .map(|(function, live)| (function.rsplit("::").next().unwrap(), live))
            .collect()
    };
    let mut first = scope.adopt(once());
    let second = scope.adopt(once());
    let third = scope.adopt(twice());
    assert_eq!(counts(&scope), [("once", 2), ("twice", 1)]);
    drop(second);
    assert_eq!(counts(&scope), [("once", 1), ("twice", 1)]);
    assert_eq!(first.next().await, Some(1));
    assert_eq!(first.next().await, None);
    assert_eq!(counts(&scope), [("twice", 1)]);
    let mut third = third;
    third.next().await;
    drop(third);
    // The task that closes it has not run.
    assert_eq!(counts(&scope), [("twice", 1)]);
    let report = scope.shutdown(Duration::from_secs(10)).await;
    assert_eq!((report.closed, report.live), (1, 0));
    assert!(report.live_functions.is_empty() && scope.live_functions().is_empty());
}

#[async_gen(bounds = Send)]
async fn once() -> u32 {
    yield_!(1);
}

#[async_gen(bounds = Send)]
async fn twice() -> u32 {
    defer! {}
    yield_!(1);
    yield_!(2);
}
