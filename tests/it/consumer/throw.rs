//! `throw` into bodies without regions, which it ends where they are suspended.

use std::rc::Rc;

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, ready};

#[async_gen(throws = Rc<str>)]
async fn items(argument: probe::Guard, log: Log, gate: Gate) -> probe::Guard {
    let _ = &argument;
    let _local = log.guard("local");
    log.push("start");
    yield_!(log.guard("item"));
    log.push("resumed");
    gate.await;
    log.push("passed");
    yield_!(log.guard("late"));
}

#[test]
fn a_throw_when_created_returns_the_error_and_drops_the_arguments() {
    let log = Log::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), Gate::default()));
    let error = Rc::from("e");
    assert!(Rc::ptr_eq(
        &ready(items.throw(Rc::clone(&error))).err().unwrap(),
        &error
    ));
    assert_eq!(log.take(), "-argument");
    assert_eq!(items.state(), State::Finished);
    assert!(ready(items.next()).is_none());
    assert_eq!(log.take(), "");
}

#[test]
fn a_throw_when_suspended_drops_the_body_and_returns_the_error() {
    let log = Log::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), Gate::default()));
    let item = ready(items.try_next()).ok().flatten();
    assert_eq!(log.take(), "start");
    assert_eq!(ready(items.throw("e".into())).err().as_deref(), Some("e"));
    assert_eq!(log.take(), "-local -argument");
    assert_eq!(items.state(), State::Finished);
    drop(item);
    assert_eq!(log.take(), "-item");
}

#[test]
fn a_throw_in_flight_lands_at_the_await_without_polling_it() {
    let log = Log::default();
    let gate = Gate::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), gate.clone()));
    drop(ready(items.next()));
    drop_half_way(items.next());
    gate.open();
    assert_eq!(log.take(), "start -item resumed");
    assert_eq!(ready(items.throw("e".into())).err().as_deref(), Some("e"));
    assert_eq!(log.take(), "-local -argument");
    assert_eq!(gate.polls(), 1);
}

#[test]
fn a_throw_when_finished_returns_the_error() {
    let log = Log::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), Gate::default()));
    ready(items.close()).unwrap();
    assert_eq!(log.take(), "-argument");
    assert_eq!(
        ready(items.throw("late".into())).err().as_deref(),
        Some("late")
    );
    assert_eq!(log.take(), "");
}

#[test]
fn a_throw_that_is_never_polled_does_nothing() {
    let log = Log::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), Gate::default()));
    drop(ready(items.next()));
    let error: Rc<str> = Rc::from("e");
    drop(items.throw(Rc::clone(&error)));
    assert_eq!(Rc::strong_count(&error), 1);
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(log.take(), "start -item");
}
