//! `next`: runs to the next yield, and no further.

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, Log, poll, ready};

#[async_gen]
async fn three(log: Log) -> u32 {
    log.push("start");
    yield_!(1);
    log.push("a");
    yield_!(2);
    log.push("b");
    yield_!(3);
    log.push("end");
}

#[test]
fn a_created_generator_has_run_nothing() {
    let log = Log::default();
    let numbers = pin!(three(log.clone()));
    assert_eq!(numbers.state(), State::Created);
    assert_eq!(log.take(), "");
}

#[test]
fn next_runs_to_the_yield_and_no_further() {
    let log = Log::default();
    let mut numbers = pin!(three(log.clone()));
    assert_eq!(
        (ready(numbers.next()), log.take().as_str()),
        (Some(1), "start")
    );
    assert_eq!((ready(numbers.next()), log.take().as_str()), (Some(2), "a"));
    assert_eq!((ready(numbers.next()), log.take().as_str()), (Some(3), "b"));
    assert_eq!((ready(numbers.next()), log.take().as_str()), (None, "end"));
}

#[test]
fn next_after_the_end_always_returns_none() {
    let log = Log::default();
    let mut numbers = pin!(three(log.clone()));
    while ready(numbers.next()).is_some() {}
    let _ = log.take();
    for _ in 0..5 {
        assert_eq!(ready(numbers.next()), None);
        assert_eq!(numbers.state(), State::Finished);
    }
    assert_eq!(log.take(), "");
}

#[test]
fn next_does_nothing_until_it_is_polled() {
    let log = Log::default();
    let mut numbers = pin!(three(log.clone()));
    let call = numbers.next();
    assert_eq!(log.take(), "");
    assert_eq!(ready(call), Some(1));
    assert_eq!(log.take(), "start");
}

#[async_gen]
async fn waits(gate: Gate) -> u32 {
    gate.clone().await;
    yield_!(1);
    gate.shut();
    gate.await;
    yield_!(2);
}

#[test]
fn each_poll_of_next_polls_the_await_once() {
    let gate = Gate::default();
    let mut numbers = pin!(waits(gate.clone()));
    let mut call = numbers.next();
    assert!(poll(&mut call).is_pending());
    assert!(poll(&mut call).is_pending());
    assert_eq!(gate.polls(), 2);
    gate.open();
    assert_eq!(ready(call), Some(1));
    assert_eq!(gate.polls(), 3);

    let mut call = numbers.next();
    assert!(poll(&mut call).is_pending());
    gate.open();
    assert_eq!(ready(call), Some(2));
    assert_eq!(gate.polls(), 5);
    assert_eq!(ready(numbers.next()), None);
    assert_eq!(gate.polls(), 5);
}

#[async_gen(send = u32)]
async fn echo() -> u32 {
    let mut value = yield_!(100);
    loop {
        value = yield_!(value);
    }
}

#[test]
fn next_sends_the_default() {
    let mut echo = pin!(echo());
    assert_eq!(ready(echo.next()), Some(100));
    assert_eq!(ready(echo.next()), Some(0));
    assert_eq!(ready(echo.send(7)), Some(7));
    assert_eq!(ready(echo.next()), Some(0));
}

#[test]
#[should_panic(expected = "a call was polled after it was ready")]
fn polling_next_after_it_is_ready_panics() {
    let mut numbers = pin!(three(Log::default()));
    let mut call = numbers.next();
    assert!(poll(&mut call).is_ready());
    let _ = poll(&mut call);
}

#[async_gen]
async fn unit() {
    yield_!();
    yield_!(());
}

#[test]
fn unit_may_be_yielded_with_and_without_a_value() {
    let mut units = pin!(unit());
    assert_eq!(ready(units.next()), Some(()));
    assert_eq!(ready(units.next()), Some(()));
    assert_eq!(ready(units.next()), None);
}

#[test]
fn two_generators_of_one_function_are_independent() {
    let mut a = pin!(three(Log::default()));
    let mut b = pin!(three(Log::default()));
    assert_eq!(ready(a.next()), Some(1));
    assert_eq!(ready(a.next()), Some(2));
    assert_eq!(ready(b.next()), Some(1));
    assert_eq!(ready(a.next()), Some(3));
}

#[async_gen]
async fn outer(log: Log) -> u32 {
    let mut inner = pin!(three(log));
    while let Some(n) = inner.next().await {
        yield_!(n * 10);
    }
    yield_!(futures::executor::block_on(async {
        let mut inner = pin!(three(Log::default()));
        let mut sum = 0;
        while let Some(n) = inner.next().await {
            sum += n;
        }
        sum
    }));
}

#[test]
fn a_nested_generator_and_a_nested_executor_do_not_affect_the_outer_generator() {
    let mut numbers = pin!(outer(Log::default()));
    let mut all = Vec::new();
    while let Some(n) = ready(numbers.next()) {
        all.push(n);
    }
    assert_eq!(all, [10, 20, 30, 6]);
}

#[test]
fn everything_may_be_imported_at_once() {
    use gen_runtime::*;

    #[async_gen]
    async fn one() -> u32 {
        yield_!(1);
    }
    let mut items = pin!(one());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.close()), Ok(()));
    let mut boxed: BoxGenerator<'_, u32> = Handle::boxed(one()).into();
    assert_eq!(ready(boxed.next()), Some(1));
}
