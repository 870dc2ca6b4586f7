//! Awaits that a macro hides in a regular generator: they compile, and a call that would wait panics.

use gen_runtime::{Handle, State, async_gen, generator, pin, sync};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

const WAITS: &str = "a macro in the body of a regular generator awaited a future that was not ready; use \
    `#[async_gen]` on an `async fn`";

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

/// Waits once for each yield.
#[generator(throws = u8, returns = u8)]
fn waits(argument: probe::Guard, gate: Gate, log: Log) -> u32 {
    let _ = &argument;
    let _local = log.guard("local");
    yield_!(1);
    wait!(gate.clone());
    log.push("passed");
    yield_!(2);
    3
}

#[test]
fn an_await_that_is_ready_works() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut items = sync::pin!(waits(log.guard("argument"), gate.clone(), log.clone()));
    assert_eq!(items.by_ref().collect::<Vec<_>>(), [Ok(1), Ok(2)]);
    assert_eq!((items.take_return(), gate.polls()), (Some(3), 1));
    assert_eq!(log.take(), "passed -local -argument");
}

#[test]
fn a_call_that_would_wait_panics_and_finishes_the_generator() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = sync::pin!(waits(log.guard("argument"), gate.clone(), log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    let line = line!() + 1;
    assert_eq!(probe::panic_of(|| items.next()), (WAITS.to_owned(), line));
    assert_eq!((items.state(), gate.polls()), (State::Finished, 1));
    assert_eq!(log.take(), "-local -argument");
    // Opening it is too late.
    gate.open();
    assert_eq!((items.next(), items.take_return()), (None, None));
    assert_eq!(items.throw(9), Err(9));
    assert_eq!(items.close(), Ok(()));
    assert_eq!((gate.polls(), log.take().as_str()), (1, ""));
}

#[test]
fn the_same_generator_waits_in_an_async_handle() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(waits(log.guard("argument"), gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    assert_eq!(items.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!((gate.polls(), log.take().as_str()), (2, "passed"));
}

#[test]
fn it_waits_in_an_async_generator_that_delegates_to_it() {
    #[async_gen(throws = u8, returns = u8)]
    async fn outer(gate: Gate, log: Log) -> u32 {
        yield_from!(waits(log.guard("argument"), gate, log.clone()))
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(gate.polls(), 2);
}

#[test]
fn a_call_through_a_delegation_panics_and_finishes_all_of_them() {
    #[generator(boxed, local, throws = u8, returns = u8)]
    fn outer(depth: u32, gate: Gate, log: Log) -> u32 {
        let _outer = log.guard("outer");
        defer! { log.push("not run"); }
        if depth == 0 {
            yield_from!(waits(log.guard("argument"), gate, log.clone()))
        } else {
            yield_from!(outer(depth - 1, gate, log.clone()))
        }
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = outer(2, gate.clone(), log.clone());
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(panic_message(|| items.next()), WAITS);
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "-local -argument -outer -outer -outer");
}

#[test]
fn a_borrowed_inner_generator_that_would_wait_is_finished_too() {
    #[generator(throws = u8, returns = u8)]
    fn relay(inner: &mut sync::LocalBoxTryGenerator<'_, u32, u8, (), u8>) -> u32 {
        yield_from!(inner)
    }
    let (gate, log) = (Gate::default(), Log::default());
    let inner = sync::Handle::boxed(waits(log.guard("argument"), gate.clone(), log.clone()));
    let mut inner = inner.into();
    {
        let mut items = sync::pin!(relay(&mut inner));
        assert_eq!(items.next(), Some(Ok(1)));
        assert_eq!(panic_message(|| items.next()), WAITS);
        assert_eq!(items.state(), State::Finished);
    }
    // As after a panic of its body.
    assert_eq!((inner.state(), inner.next()), (State::Finished, None));
    assert_eq!((gate.polls(), log.take().as_str()), (1, "-local -argument"));
}

#[test]
fn a_wait_in_an_attempt_is_not_an_error_that_it_catches() {
    #[generator(throws = u8)]
    fn items(gate: Gate, log: Log) -> u32 {
        yield_!(1);
        let caught = attempt! {
            let _guard = log.guard("guard");
            wait!(gate);
        };
        log.push(format_args!("{caught:?}"));
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = sync::pin!(items(gate, log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(panic_message(|| items.next()), WAITS);
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-guard")
    );
}

/// Waits in a cleanup.
#[generator(throws = u8)]
fn waits_in_a_cleanup(argument: probe::Guard, gate: Gate, log: Log) -> u32 {
    let _ = &argument;
    defer! { log.push("not run"); }
    defer! {
        log.push("begins");
        wait!(gate);
        log.push("ends");
    }
    let _local = log.guard("local");
    yield_!(1);
}

#[test]
fn a_wait_in_a_cleanup_panics_for_every_call_that_runs_it() {
    for call in ["next", "throw", "close"] {
        let log = Log::default();
        let argument = log.guard("argument");
        let mut items = sync::pin!(waits_in_a_cleanup(argument, Gate::default(), log.clone()));
        assert_eq!(items.next(), Some(Ok(1)));
        let message = match call {
            "next" => panic_message(|| items.next()),
            "throw" => panic_message(|| items.throw(1)),
            _ => panic_message(|| items.close()),
        };
        assert_eq!(
            (message.as_str(), items.state()),
            (WAITS, State::Finished),
            "{call}"
        );
        assert_eq!(log.take(), "-local begins -argument", "{call}");
        assert_eq!(items.close(), Ok(()));
    }
}

#[test]
fn a_generator_that_waits_in_an_async_handle_panics_in_a_regular_one() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = Handle::boxed(waits(log.guard("argument"), gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    let mut items = sync::Handle::new(items.into_inner());
    assert_eq!(items.state(), State::InFlight);
    assert_eq!(panic_message(|| items.resume()), WAITS);
    assert_eq!((items.state(), gate.polls()), (State::Finished, 2));
    assert_eq!(log.take(), "-local -argument");
}

/// A `select!` of a grammar that does not await, such as that of crossbeam.
macro_rules! select {
    (recv($receiver:expr) -> $message:ident => $value:expr) => {{
        let $message = $receiver;
        $value
    }};
}

#[test]
fn a_select_of_another_grammar_is_another_macro() {
    #[generator]
    fn items() -> u32 {
        yield_!(select! { recv(4) -> n => n + 1 });
    }
    assert!(sync::pin!(items()).eq([5]));
}
