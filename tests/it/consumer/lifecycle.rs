//! Sequences of calls over the whole life of a generator.

use futures::future::FusedFuture as _;
use gen_runtime::{State, async_gen, async_gen_block, pin};
use probe::{Gate, Log, poll, ready};

#[async_gen(send = u32, throws = &'static str, returns = u32)]
async fn account(log: Log, gate: Gate, start: u32) -> u32 {
    let mut total = start;
    for round in 0..3 {
        log.push(format_args!("round{round}"));
        let amount = yield_!(total);
        gate.clone().await;
        if amount == 13 {
            Err("unlucky")?;
        }
        total += amount;
    }
    total
}

#[test]
fn a_generator_runs_from_created_to_its_return_value() {
    let (log, gate) = (Log::default(), Gate::default());
    let mut account = pin!(account(log.clone(), gate.clone(), 10));
    assert_eq!(account.state(), State::Created);
    assert_eq!(ready(account.resume()), Some(Ok(10)));
    assert_eq!(account.state(), State::Suspended);
    {
        let mut call = account.send(5);
        assert!(poll(&mut call).is_pending());
        assert!(poll(&mut call).is_pending());
        gate.open();
        assert_eq!(ready(call), Some(Ok(15)));
    }
    assert_eq!(gate.polls(), 3);
    assert_eq!(ready(account.send(1)), Some(Ok(16)));
    assert_eq!(account.take_return(), None);
    assert_eq!(ready(account.send(2)), None);
    assert_eq!(account.state(), State::Finished);
    assert_eq!(log.take(), "round0 round1 round2");
    assert_eq!(account.take_return(), Some(18));
    assert_eq!(account.take_return(), None);
}

#[test]
fn an_error_finishes_the_generator() {
    let gate = Gate::default();
    gate.open();
    let mut account = pin!(account(Log::default(), gate, 0));
    assert_eq!(ready(account.resume()), Some(Ok(0)));
    assert_eq!(ready(account.send(13)), Some(Err("unlucky")));
    assert_eq!(account.state(), State::Finished);
    assert_eq!(account.take_return(), None);
    assert_eq!(ready(account.next()), None);
    assert_eq!(ready(account.throw("late")), Err("late"));
    assert_eq!(ready(account.close()), Ok(()));
}

#[test]
fn a_throw_that_is_not_caught_finishes_the_generator() {
    let mut account = pin!(account(Log::default(), Gate::default(), 0));
    assert_eq!(ready(account.resume()), Some(Ok(0)));
    assert_eq!(ready(account.throw("mine")), Err("mine"));
    assert_eq!(account.state(), State::Finished);
    assert_eq!(account.take_return(), None);
    assert_eq!(ready(account.next()), None);
}

#[test]
fn a_call_dropped_while_pending_is_continued_by_next() {
    let gate = Gate::default();
    let mut account = pin!(account(Log::default(), gate.clone(), 1));
    assert_eq!(ready(account.resume()), Some(Ok(1)));
    {
        let mut call = account.send(4);
        assert!(poll(&mut call).is_pending());
    }
    assert_eq!(account.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(account.next()), Some(Ok(5)));
    assert_eq!(ready(account.close()), Ok(()));
    assert_eq!(account.state(), State::Finished);
    assert_eq!(account.take_return(), None);
}

#[test]
fn the_debug_output_shows_the_state() {
    let mut account = pin!(account(Log::default(), Gate::default(), 1));
    assert_eq!(format!("{account:?}"), "Handle { state: Created, .. }");
    let call = account.resume();
    assert_eq!(format!("{call:?}"), "Next { state: Some(Created), .. }");
    ready(call);
    assert_eq!(format!("{account:?}"), "Handle { state: Suspended, .. }");
}

#[test]
fn a_call_is_terminated_once_it_is_ready() {
    let mut account = pin!(account(Log::default(), Gate::default(), 1));
    let mut call = account.resume();
    assert!(!call.is_terminated());
    assert!(poll(&mut call).is_ready());
    assert!(call.is_terminated());
    assert_eq!(format!("{call:?}"), "Next { state: None, .. }");
}

#[test]
fn dropping_a_handle_leaves_the_generator_as_it_is() {
    let log = Log::default();
    let mut generator = std::pin::pin!(account(log.clone(), Gate::default(), 1));
    {
        let mut first = gen_runtime::Handle::new(generator.as_mut());
        assert_eq!(ready(first.resume()), Some(Ok(1)));
    }
    let mut second = gen_runtime::Handle::new(generator);
    assert_eq!(second.state(), State::Suspended);
    assert_eq!(ready(second.throw("e")), Err("e"));
}

#[test]
fn a_handle_may_point_to_another_handle() {
    let mut inner = pin!(account(Log::default(), Gate::default(), 1));
    {
        let mut outer = pin!(&mut inner);
        assert_eq!(ready(outer.resume()), Some(Ok(1)));
        assert_eq!(outer.state(), State::Suspended);
    }
    assert_eq!(ready(inner.close()), Ok(()));
}

#[test]
fn nothing_runs_between_calls() {
    let count = std::cell::Cell::new(0);
    let count = &count;
    let mut steps = pin!(async_gen_block! {
        loop {
            count.set(count.get() + 1);
            yield count.get();
        }
    });
    for expected in 1..=100 {
        assert_eq!(count.get(), expected - 1);
        assert_eq!(ready(steps.next()), Some(expected));
    }
}

#[async_gen]
async fn nothing() -> u32 {}

#[async_gen]
async fn not_written_yet() -> u32 {
    todo!("later")
}

/// An empty stream, like an empty `async gen fn`, and a Python generator with `if False: yield`.
#[test]
fn a_body_without_a_yield_is_an_empty_stream() {
    let mut nothing = pin!(nothing());
    assert_eq!(ready(nothing.next()), None);
    assert_eq!(nothing.state(), State::Finished);
    let not_written_yet = pin!(not_written_yet());
    assert_eq!(not_written_yet.state(), State::Created);
}
