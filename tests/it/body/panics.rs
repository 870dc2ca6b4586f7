//! A panic in the body reaches the consumer, and finishes the generator.

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, Log, panic_message, poll, ready};

#[async_gen(throws = &'static str, returns = u32)]
async fn panics(argument: probe::Guard, log: Log, gate: Gate, at: u32) -> u32 {
    let _ = &argument;
    let _local = log.guard("local");
    assert_ne!(at, 0, "zero");
    yield_!(1);
    assert_ne!(at, 1, "one");
    gate.await;
    assert_ne!(at, 2, "two");
    at
}

#[test]
fn a_panic_at_the_start_finishes_the_generator() {
    let log = Log::default();
    let mut items = pin!(panics(
        log.guard("argument"),
        log.clone(),
        Gate::default(),
        0
    ));
    assert!(panic_message(|| ready(items.next())).contains("zero"));
    finished(&mut items, &log);
}

#[test]
fn a_panic_after_a_yield_finishes_the_generator() {
    let log = Log::default();
    let mut items = pin!(panics(
        log.guard("argument"),
        log.clone(),
        Gate::default(),
        1
    ));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert!(panic_message(|| ready(items.next())).contains("one"));
    finished(&mut items, &log);
}

#[test]
fn a_panic_after_an_await_finishes_the_generator() {
    let log = Log::default();
    let gate = Gate::default();
    let mut items = pin!(panics(log.guard("argument"), log.clone(), gate.clone(), 2));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    {
        let mut call = items.next();
        assert!(poll(&mut call).is_pending());
        gate.open();
        assert!(panic_message(|| poll(&mut call)).contains("two"));
    }
    finished(&mut items, &log);
}

fn finished<G>(items: &mut gen_runtime::Handle<&mut G>, log: &Log)
where
    G: gen_runtime::AsyncGenerator<
            Yield = u32,
            Sent = (),
            Error = &'static str,
            Return = u32,
            Item = Result<u32, &'static str>,
        >,
{
    assert_eq!(log.take(), "-local -argument");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.next()), None);
    assert_eq!(ready(items.throw("e")), Err("e"));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(items.take_return(), None);
}

struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("in drop");
    }
}

#[async_gen]
async fn holds(log: Log) -> u32 {
    let _outer = log.guard("outer");
    let _bomb = PanicsOnDrop;
    let _inner = log.guard("inner");
    yield_!(1);
}

#[test]
fn a_destructor_that_panics_in_close_finishes_the_generator() {
    let log = Log::default();
    let mut items = pin!(holds(log.clone()));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| ready(items.close())), "in drop");
    assert_eq!(log.take(), "-inner -outer");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.next()), None);
}

#[async_gen(throws = &'static str)]
async fn panics_in_a_cleanup(log: Log) -> u32 {
    let _local = log.guard("local");
    let caught = attempt! {
        defer! {
            log.push("outer");
        }
        defer! {
            panic!("in the cleanup");
        }
        let _inner = log.guard("inner");
        yield_!(1);
    };
    log.push(caught.is_err());
}

#[test]
fn a_panic_in_a_cleanup_ends_the_body_and_runs_no_other_cleanup() {
    let log = Log::default();
    let mut thrown = pin!(panics_in_a_cleanup(log.clone()));
    assert_eq!(ready(thrown.next()), Some(Ok(1)));
    let message = panic_message(|| ready(thrown.throw("e")));
    assert_eq!(message, "in the cleanup");
    assert_eq!(log.take(), "-inner -local");
    assert_eq!(thrown.state(), State::Finished);

    let mut closed = pin!(panics_in_a_cleanup(log.clone()));
    assert_eq!(ready(closed.next()), Some(Ok(1)));
    assert_eq!(panic_message(|| ready(closed.close())), "in the cleanup");
    assert_eq!(closed.state(), State::Finished);
    assert_eq!(ready(closed.close()), Ok(()));
}

/// Panics when it is dropped.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("when it was dropped");
    }
}

#[async_gen(throws = &'static str)]
async fn panics_when_it_is_left(log: Log) -> u32 {
    defer! {
        log.push("deferred");
    }
    let _local = log.guard("local");
    let caught = attempt! {
        let _bomb = Bomb;
        yield_!(1);
    };
    log.push(caught.is_err());
}

#[test]
fn a_panic_of_a_destructor_during_a_throw_reaches_the_caller_of_throw() {
    let log = Log::default();
    let mut items = pin!(panics_when_it_is_left(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    let message = panic_message(|| ready(items.throw("e")));
    assert_eq!(message, "when it was dropped");
    assert_eq!(log.take(), "-local");
    assert_eq!(items.state(), State::Finished);
}
