//! The result of each operation in each state. There are three: a call runs the body before it returns.

use std::rc::Rc;

use gen_runtime::{State, generator, sync};
use probe::{Log, panic_message, panic_of};

#[derive(Debug, PartialEq)]
enum E {
    Own,
    Thrown,
}

/// Yields what it was sent, and ends when it is sent a zero.
#[generator(send = u32, throws = E, returns = &'static str)]
fn echo(argument: probe::Guard, log: Log) -> u32 {
    let _ = &argument;
    let _local = log.guard("local");
    log.push("begin");
    let mut sent = yield_!(100);
    while sent > 0 {
        log.push(format_args!("got{sent}"));
        sent = yield_!(sent);
    }
    log.push("end");
    "returned"
}

/// Makes a log, and a generator that was created.
macro_rules! created {
    ($log:ident, $items:ident) => {
        let $log = Log::default();
        let mut $items = sync::pin!(echo($log.guard("argument"), $log.clone()));
        assert_eq!(($items.state(), $log.take().as_str()), (State::Created, ""));
    };
}

/// Makes a generator that is suspended at its first yield.
macro_rules! suspended {
    ($log:ident, $items:ident) => {
        created!($log, $items);
        assert_eq!($items.resume(), Some(Ok(100)));
        assert_eq!($items.state(), State::Suspended);
        assert_eq!($log.take(), "begin");
    };
}

/// Makes a generator that ended by itself, whose return value was not taken.
macro_rules! finished {
    ($log:ident, $items:ident) => {
        suspended!($log, $items);
        assert_eq!($items.send(0), None);
        assert_eq!($items.state(), State::Finished);
        assert_eq!($log.take(), "end -local -argument");
    };
}

#[test]
fn next_and_resume_start_a_created_generator() {
    created!(log, items);
    assert_eq!(items.next(), Some(Ok(100)));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Suspended, "begin")
    );
    created!(log, items);
    assert_eq!(items.resume(), Some(Ok(100)));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Suspended, "begin")
    );
    created!(log, items);
    assert_eq!(items.try_next(), Ok(Some(100)));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Suspended, "begin")
    );
}

#[test]
fn a_created_generator_takes_no_value() {
    created!(log, items);
    assert_eq!(
        panic_message(|| items.send(1)),
        "`send` called on a generator that was not started; use `resume` first"
    );
    assert_eq!(items.try_send(7), Err(7));
    assert_eq!(items.take_return(), None);
    assert_eq!((items.state(), log.take().as_str()), (State::Created, ""));
    assert_eq!(items.resume(), Some(Ok(100)));
}

#[test]
fn a_throw_or_a_close_ends_a_created_generator_unstarted() {
    created!(log, items);
    assert_eq!(items.throw(E::Thrown), Err(E::Thrown));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-argument")
    );
    assert_eq!(items.next(), None);
    created!(log, items);
    assert_eq!(items.close(), Ok(()));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-argument")
    );
    assert_eq!(items.next(), None);
    assert_eq!(items.take_return(), None);
}

#[test]
fn a_suspended_generator_takes_a_value() {
    suspended!(log, items);
    assert_eq!(items.send(5), Some(Ok(5)));
    assert_eq!(items.try_send(6), Ok(Some(Ok(6))));
    assert_eq!(items.take_return(), None);
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Suspended, "got5 got6")
    );
    // The default value of a number is zero.
    assert_eq!(items.next(), None);
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "end -local -argument")
    );
    assert_eq!(items.take_return(), Some("returned"));
}

#[test]
fn resume_of_a_suspended_generator_panics_and_changes_nothing() {
    suspended!(log, items);
    assert_eq!(
        panic_message(|| items.resume()),
        "`resume` called while a yield waits for a value; use `send` or `next`"
    );
    assert_eq!((items.state(), log.take().as_str()), (State::Suspended, ""));
    assert_eq!(items.send(5), Some(Ok(5)));
}

#[test]
fn a_throw_or_a_close_ends_a_suspended_generator_within_the_call() {
    suspended!(log, items);
    assert_eq!(items.throw(E::Thrown), Err(E::Thrown));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-local -argument")
    );
    assert_eq!(items.take_return(), None);
    suspended!(log, items);
    assert_eq!(items.close(), Ok(()));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-local -argument")
    );
    assert_eq!(items.take_return(), None);
}

#[test]
fn a_finished_generator_runs_nothing() {
    finished!(log, items);
    for _ in 0..2 {
        assert_eq!(items.next(), None);
        assert_eq!(items.resume(), None);
        assert_eq!(items.send(1), None);
        assert_eq!(items.try_send(8), Err(8));
        assert_eq!(items.try_next(), Ok(None));
        assert_eq!(items.throw(E::Thrown), Err(E::Thrown));
        assert_eq!(items.close(), Ok(()));
        assert_eq!(items.state(), State::Finished);
    }
    // None of these took the return value.
    assert_eq!(items.take_return(), Some("returned"));
    assert_eq!(items.take_return(), None);
    assert_eq!(log.take(), "");
}

#[test]
fn finish_takes_the_return_value_from_every_state() {
    created!(log, items);
    assert_eq!(items.finish(), Ok(Some("returned")));
    assert_eq!(log.take(), "begin end -local -argument");
    suspended!(log, items);
    assert_eq!(items.finish(), Ok(Some("returned")));
    assert_eq!(log.take(), "end -local -argument");
    finished!(log, items);
    assert_eq!(items.finish(), Ok(Some("returned")));
    assert_eq!(items.finish(), Ok(None));
    assert_eq!(log.take(), "");
}

#[generator(throws = E, returns = u32)]
fn errors() -> u32 {
    yield_!(1);
    yield_!(Err(E::Own));
    yield_result!(Ok(2));
    yield_result!("x".parse::<u32>().map_err(|_| E::Thrown));
    7
}

#[test]
fn finish_stops_at_an_error_among_the_items_and_may_continue() {
    let mut items = sync::pin!(errors());
    assert_eq!(items.finish(), Err(E::Own));
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(items.finish(), Err(E::Thrown));
    assert_eq!(items.finish(), Ok(Some(7)));
}

#[test]
fn try_next_transposes_items_and_errors() {
    let mut items = sync::pin!(errors());
    assert_eq!(items.try_next(), Ok(Some(1)));
    assert_eq!(items.try_next(), Err(E::Own));
    assert_eq!(items.try_next(), Ok(Some(2)));
    assert_eq!(items.try_next(), Err(E::Thrown));
    assert_eq!(items.try_next(), Ok(None));
}

#[test]
fn an_error_of_the_body_is_the_last_item() {
    #[generator(throws = std::num::ParseIntError, returns = usize)]
    fn numbers(text: &str, guard: probe::Guard) -> u32 {
        let _ = &guard;
        for word in text.split(' ') {
            yield_!(word.parse()?);
        }
        text.len()
    }
    let log = Log::default();
    let mut items = sync::pin!(numbers("1 x 2", log.guard("argument")));
    assert_eq!(items.next(), Some(Ok(1)));
    assert!(matches!(items.next(), Some(Err(_))));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-argument")
    );
    assert_eq!((items.next(), items.take_return()), (None, None));
}

#[test]
fn a_value_sent_to_a_finished_generator_is_dropped() {
    #[generator(send = Rc<()>)]
    fn one() -> u32 {
        let _ = yield_!(1);
    }
    let value = Rc::new(());
    let mut items = sync::pin!(one());
    items.resume();
    assert_eq!(items.send(Rc::clone(&value)), None);
    assert_eq!(items.send(Rc::clone(&value)), None);
    assert_eq!(Rc::strong_count(&value), 1);
}

#[test]
fn a_misused_call_panics_with_the_location_of_the_caller() {
    created!(_log, items);
    let (_, line) = panic_of(|| items.send(1));
    assert_eq!(line, line!() - 1);
    items.resume();
    let (_, line) = panic_of(|| items.resume());
    assert_eq!(line, line!() - 1);
}

#[test]
fn closing_closes_after_the_closure_and_returns_its_value() {
    #[generator]
    fn numbers(log: Log) -> u32 {
        defer! { log.push("closed"); }
        for n in 1.. {
            yield_!(n);
        }
    }
    let log = Log::default();
    let sum: u32 = sync::closing(numbers(log.clone()), |items| {
        let sum = items.by_ref().take(2).sum();
        log.push("leaves");
        sum
    });
    assert_eq!((sum, log.take().as_str()), (3, "leaves closed"));
    let message = panic_message(|| sync::closing(numbers(log.clone()), |_| panic!("closure")));
    assert_eq!((message.as_str(), log.take().as_str()), ("closure", ""));
}

#[test]
fn try_closing_returns_the_error_of_the_closure_before_that_of_the_close() {
    #[generator(throws = E)]
    fn numbers(log: Log) -> u32 {
        defer! {
            log.push("closed");
            Err(E::Own)?;
        }
        yield_!(1);
    }
    let log = Log::default();
    let first = sync::try_closing(numbers(log.clone()), |items| items.try_next());
    assert_eq!((first, log.take().as_str()), (Err(E::Own), "closed"));
    let own = sync::try_closing(numbers(log.clone()), |items| {
        items.try_next()?;
        Err::<(), _>(E::Thrown)
    });
    assert_eq!((own, log.take().as_str()), (Err(E::Thrown), "closed"));
}
