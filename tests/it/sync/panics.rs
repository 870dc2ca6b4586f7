//! Panics in a body, in a cleanup and in destructors: they reach the caller, and finish the generator.

use gen_runtime::{State, generator, sync};
use probe::{Log, panic_message};

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Body,
    Cleanup,
    Destructor,
    Value,
}

/// Panics when it is dropped, unless another panic does that.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "in a destructor");
    }
}

#[generator(throws = u8, returns = u8)]
fn panics(place: Place, argument: probe::Guard, log: Log) -> u32 {
    let _ = &argument;
    let _local = log.guard("local");
    defer! {
        log.push("outer");
    }
    let caught = attempt! {
        defer! {
            log.push("inner");
            assert!(place != Place::Cleanup, "in a cleanup");
        }
        let _bomb = (place == Place::Destructor).then(|| Bomb);
        yield_!(1);
        assert!(place != Place::Body, "in the body");
        yield_!(if place == Place::Value { panic!("in a value") } else { 2 });
    };
    log.push(format_args!("{caught:?}"));
    3
}

macro_rules! start {
    ($place:expr, $log:ident, $items:ident) => {
        let $log = Log::default();
        let mut $items = sync::pin!(panics($place, $log.guard("argument"), $log.clone()));
        assert_eq!($items.next(), Some(Ok(1)));
        assert_eq!($log.take(), "");
    };
}

/// Asserts that the generator is finished, and that its values were dropped within the call.
macro_rules! finished {
    ($log:ident, $items:ident, $events:expr) => {
        assert_eq!($items.state(), State::Finished);
        assert_eq!($log.take(), $events);
        assert_eq!($items.next(), None);
        assert_eq!($items.throw(7), Err(7));
        assert_eq!($items.close(), Ok(()));
        assert_eq!($items.take_return(), None);
        assert_eq!($log.take(), "");
    };
}

#[test]
fn a_panic_in_the_body_runs_no_deferred_block() {
    start!(Place::Body, log, items);
    assert_eq!(panic_message(|| items.next()), "in the body");
    finished!(log, items, "-local -argument");
    start!(Place::Value, log, items);
    assert_eq!(panic_message(|| items.next()), "in a value");
    finished!(log, items, "-local -argument");
}

#[test]
fn a_panic_in_a_cleanup_reaches_whoever_ran_it() {
    start!(Place::Cleanup, log, items);
    assert_eq!(panic_message(|| items.close()), "in a cleanup");
    finished!(log, items, "inner -local -argument");
    start!(Place::Cleanup, log, items);
    assert_eq!(panic_message(|| items.throw(1)), "in a cleanup");
    finished!(log, items, "inner -local -argument");
    start!(Place::Cleanup, log, items);
    items.next();
    assert_eq!(panic_message(|| items.next()), "in a cleanup");
    finished!(log, items, "inner -local -argument");
}

#[test]
fn a_panic_in_a_destructor_finishes_the_generator() {
    start!(Place::Destructor, log, items);
    assert_eq!(panic_message(|| items.close()), "in a destructor");
    finished!(log, items, "-local -argument");
    start!(Place::Destructor, log, items);
    assert_eq!(panic_message(|| items.throw(1)), "in a destructor");
    finished!(log, items, "-local -argument");
    start!(Place::Destructor, log, items);
    items.next();
    assert_eq!(panic_message(|| items.next()), "in a destructor");
    finished!(log, items, "-local -argument");
}

#[test]
fn a_panic_in_the_consumer_leaves_the_generator_as_it_was() {
    let log = Log::default();
    let mut items = sync::Handle::boxed(panics(Place::Cleanup, log.guard("argument"), log.clone()));
    let message = panic_message(|| {
        for item in items.by_ref() {
            assert_eq!(item, Err(0), "in the loop");
        }
    });
    assert!(message.contains("in the loop"), "{message}");
    assert_eq!((items.state(), log.take().as_str()), (State::Suspended, ""));
    assert_eq!(items.next(), Some(Ok(2)));
}

#[test]
fn a_panic_in_an_inner_generator_finishes_all_of_them() {
    #[generator(throws = u8, returns = u8)]
    fn outer(place: Place, log: Log) -> u32 {
        let _outer = log.guard("outer");
        defer! { log.push("not run"); }
        yield_from!(panics(place, log.guard("argument"), log.clone()))
    }
    for (place, message, events) in [
        (Place::Body, "in the body", "-local -argument -outer"),
        (Place::Value, "in a value", "-local -argument -outer"),
    ] {
        let log = Log::default();
        let mut items = sync::pin!(outer(place, log.clone()));
        assert_eq!(items.next(), Some(Ok(1)));
        assert_eq!(panic_message(|| items.next()), message);
        finished!(log, items, events);
    }
    let log = Log::default();
    let mut items = sync::pin!(outer(Place::Cleanup, log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(panic_message(|| items.close()), "in a cleanup");
    finished!(log, items, "inner -local -argument -outer");
}

#[test]
fn a_panic_is_located_in_the_body() {
    #[generator]
    fn fails() -> u32 {
        yield_!("x".parse().unwrap());
    }
    let line = line!() - 2;
    let mut items = sync::pin!(fails());
    let (message, at) = probe::panic_of(|| items.next());
    assert!(message.contains("ParseIntError"), "{message}");
    assert_eq!(at, line);
}
