//! Tests of `attempt!`: the errors it catches, the interrupts it lets pass, and its value.

use std::num::ParseIntError;

use gen_runtime::{State, async_gen, async_gen_block, pin};
use probe::{Gate, Log, drop_half_way, ready};

#[derive(Clone, Copy, Debug, PartialEq)]
enum E {
    Own,
    Thrown,
    Parse,
}

impl From<ParseIntError> for E {
    fn from(_: ParseIntError) -> Self {
        E::Parse
    }
}

#[async_gen(throws = E)]
async fn parsed(log: Log, text: &str) -> i32 {
    let number = attempt! {
        let _guard = log.guard("guard");
        let number: i32 = text.parse()?;
        yield_!(number);
        number * 2
    };
    log.push(format_args!("{number:?}"));
    yield_!(-1);
}

#[test]
fn an_attempt_evaluates_to_ok_of_its_value() {
    let log = Log::default();
    let mut items = pin!(parsed(log.clone(), "4"));
    assert_eq!(ready(items.next()), Some(Ok(4)));
    assert_eq!(ready(items.next()), Some(Ok(-1)));
    assert_eq!(log.take(), "-guard Ok(8)");
}

#[test]
fn an_error_of_a_question_mark_is_converted_and_caught() {
    let log = Log::default();
    let mut items = pin!(parsed(log.clone(), "four"));
    assert_eq!(ready(items.next()), Some(Ok(-1)));
    assert_eq!(log.take(), "-guard Err(Parse)");
}

#[test]
fn a_caught_throw_returns_the_next_item() {
    let log = Log::default();
    let mut items = pin!(parsed(log.clone(), "4"));
    ready(items.next());
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(-1)));
    assert_eq!(log.take(), "-guard Err(Thrown)");
    assert_eq!(items.state(), State::Suspended);
}

#[test]
fn a_throw_outside_an_attempt_is_not_caught() {
    let log = Log::default();
    let mut items = pin!(parsed(log.clone(), "4"));
    ready(items.next());
    ready(items.next());
    assert_eq!(ready(items.throw(E::Thrown)), Err(E::Thrown));
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_close_is_not_caught() {
    let log = Log::default();
    let mut items = pin!(parsed(log.clone(), "4"));
    ready(items.next());
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "-guard");
    assert_eq!(items.state(), State::Finished);
}

#[async_gen(throws = E, returns = &'static str)]
async fn caught_and_ended(gate: Gate) -> u32 {
    let caught = attempt! {
        yield_!(1);
        gate.await;
        yield_!(2);
    };
    match caught {
        Ok(()) => "through",
        Err(E::Thrown) => "thrown",
        Err(_) => Err(E::Own)?,
    }
}

#[test]
fn a_caught_throw_returns_none_if_the_body_ends() {
    let mut items = pin!(caught_and_ended(Gate::default()));
    ready(items.next());
    assert_eq!(ready(items.throw(E::Thrown)), Ok(None));
    assert_eq!(items.take_return(), Some("thrown"));
}

#[test]
fn a_caught_throw_returns_the_error_that_the_body_raises_next() {
    let mut items = pin!(caught_and_ended(Gate::default()));
    ready(items.next());
    assert_eq!(ready(items.throw(E::Parse)), Err(E::Own));
    assert_eq!(items.take_return(), None);
}

#[test]
fn an_in_flight_throw_lands_at_the_await_without_polling_it() {
    let gate = Gate::default();
    let mut items = pin!(caught_and_ended(gate.clone()));
    ready(items.next());
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.throw(E::Thrown)), Ok(None));
    assert_eq!(gate.polls(), 1);
    assert_eq!(items.take_return(), Some("thrown"));
}

/// Catches any number of throws.
#[async_gen(throws = E, send = u32)]
async fn stubborn(log: Log) -> u32 {
    let mut thrown = 0;
    loop {
        let received = attempt! { yield_!(thrown) };
        match received {
            Ok(value) => log.push(value),
            Err(_) => thrown += 1,
        }
    }
}

#[test]
fn throws_and_sends_may_alternate() {
    let log = Log::default();
    let mut items = pin!(stubborn(log.clone()));
    assert_eq!(ready(items.resume()), Some(Ok(0)));
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(1)));
    assert_eq!(ready(items.throw(E::Own)), Ok(Some(2)));
    assert_eq!(ready(items.send(7)), Some(Ok(2)));
    assert_eq!(ready(items.throw(E::Own)), Ok(Some(3)));
    assert_eq!(log.take(), "7");
    assert_eq!(ready(items.close()), Ok(()));
}

#[async_gen(throws = E)]
async fn nested(log: Log) -> u32 {
    let outer = attempt! {
        let inner = attempt! {
            yield_!(1);
        };
        log.push(format_args!("inner {inner:?}"));
        yield_!(2);
        inner?;
        log.push("not caught inside");
    };
    log.push(format_args!("outer {outer:?}"));
    outer?;
}

#[test]
fn the_innermost_attempt_catches_and_may_pass_the_error_on() {
    let log = Log::default();
    let mut items = pin!(nested(log.clone()));
    ready(items.next());
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(2)));
    assert_eq!(log.take(), "inner Err(Thrown)");
    assert_eq!(ready(items.next()), Some(Err(E::Thrown)));
    assert_eq!(log.take(), "outer Err(Thrown)");
}

#[test]
fn a_second_throw_is_caught_by_the_outer_attempt() {
    let log = Log::default();
    let mut items = pin!(nested(log.clone()));
    ready(items.next());
    assert_eq!(ready(items.throw(E::Own)), Ok(Some(2)));
    assert_eq!(ready(items.throw(E::Thrown)), Err(E::Thrown));
    assert_eq!(log.take(), "inner Err(Own) outer Err(Thrown)");
}

/// Uses `attempt!` in every position of an expression.
#[async_gen(throws = E, send = u32)]
async fn places(log: Log) -> u32 {
    let Ok(first) = (attempt! { yield_!(1) }) else {
        log.push("else");
        return;
    };
    if let Ok(2) = (attempt! { yield_!(2) }) {
        log.push("condition");
    }
    match attempt! { yield_!(3) } {
        Ok(third) if third == attempt! { 3 }? => log.push("guard"),
        other => log.push(format_args!("{other:?}")),
    }
    let values = [first, attempt!(5)?, attempt![6]?];
    log.push(format_args!("{values:?} {:?}", values.len()));
    while attempt! { yield_!(4) }.is_ok() {}
    attempt! { Err::<(), _>(E::Own)? }.unwrap_or_default();
    attempt! {}?;
    // An unused `Result` warns, hence the `let _`.
    let _ = attempt! { return };
}

#[test]
fn an_attempt_is_allowed_in_every_position_of_an_expression() {
    let log = Log::default();
    let mut items = pin!(places(log.clone()));
    ready(items.resume());
    for value in 1..=3 {
        ready(items.send(value));
    }
    assert_eq!(ready(items.throw(E::Thrown)), None.transpose());
    assert_eq!(log.take(), "condition guard [1, 5, 6] 3");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn an_attempt_in_an_anonymous_generator_may_contain_bare_yields() {
    let mut items = pin!(async_gen_block! {
        #![async_gen(yields = u32, throws = E)]
        for round in 0..2 {
            let result = attempt! {
                for await item in futures::stream::iter([round, round + 10]) {
                    yield item;
                }
            };
            if result.is_err() {
                yield 100;
            }
        }
    });
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(100)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(11)));
    assert_eq!(ready(items.next()), None);
}

/// Yields in the tokens of other macros, in the body and in its regions.
#[async_gen(throws = E, send = u32)]
async fn hidden(log: Log) -> u32 {
    macro_rules! twice {
        ($value:expr) => {
            yield_!($value) + yield_!($value)
        };
    }
    log.push(format_args!("{}", yield_!(1)));
    let result = attempt! {
        log.push(format_args!("{}", yield_!(2)));
        let inner = attempt! { twice!(3) };
        log.push(format_args!("{inner:?}"));
        vec![yield_!(4), twice!(5)]
    };
    log.push(format_args!("{result:?}"));
}

#[test]
fn hidden_yields_belong_to_the_innermost_region() {
    let log = Log::default();
    let mut items = pin!(hidden(log.clone()));
    ready(items.resume());
    let mut sent = Vec::new();
    for value in 10..13 {
        sent.push(ready(items.send(value)).unwrap().unwrap());
    }
    assert_eq!(sent, [2, 3, 3]);
    assert_eq!(ready(items.throw(E::Own)), Ok(Some(4)));
    assert_eq!(log.take(), "10 11 Err(Own)");
    for value in [20, 21] {
        ready(items.send(value));
    }
    assert_eq!(ready(items.send(22)), None);
    assert_eq!(log.take(), "Ok([20, 43])");
}

#[async_gen(throws = E)]
async fn ends_in_a_panic(attempt: u32, defer: u32) -> u32 {
    // A variable of that name is not a call of the macro.
    assert!(attempt != defer);
    let caught = attempt! {
        yield_!(attempt);
        if attempt == 1 {
            return;
        }
        panic!("in the attempt");
    };
    if caught.is_err() {
        yield_!(defer);
    }
    let _ = attempt! {
        loop {
            yield_!(attempt);
        };
    };
}

#[test]
fn an_attempt_that_never_ends_may_have_any_type() {
    let mut returns = pin!(ends_in_a_panic(1, 2));
    assert_eq!(ready(returns.next()), Some(Ok(1)));
    assert_eq!(ready(returns.next()), None);
    let mut panics = pin!(ends_in_a_panic(2, 1));
    assert_eq!(ready(panics.next()), Some(Ok(2)));
    assert_eq!(ready(panics.throw(E::Thrown)), Ok(Some(1)));
    assert_eq!(ready(panics.next()), Some(Ok(2)));
    assert_eq!(ready(panics.next()), Some(Ok(2)));
}

#[expect(clippy::never_loop, reason = "tests the types of loops")]
#[async_gen(throws = E, returns = u32)]
async fn ends_in_a_loop() -> u32 {
    // The semicolon drops the value of the loop.
    let unit: Result<(), E> = attempt! {
        let _ = loop {
            yield_!(1);
            break 5;
        };
        'labelled: loop {
            loop {
                break 'labelled;
            }
        };
    };
    unit?;
    let value: Result<u32, E> = attempt! {
        yield_!(2);
        loop {
            break 5;
        }
    };
    defer! {}
    loop {
        break value?;
    }
}

#[test]
fn a_loop_at_the_end_of_an_attempt_may_be_its_value() {
    let mut items = pin!(ends_in_a_loop());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(5));
}
