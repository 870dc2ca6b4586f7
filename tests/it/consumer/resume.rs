//! `resume`: starts the generator, or continues a call that was dropped.

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, drop_half_way, panic_of, ready};

/// Not `Default`, so that the generator has no `next`.
#[derive(Debug, PartialEq)]
struct Token(u32);

#[async_gen(send = Token)]
async fn tokens(gate: Gate) -> u32 {
    gate.await;
    let Token(a) = yield_!(0);
    let Token(b) = yield_!(a);
    yield_!(a + b);
}

#[test]
fn resume_starts_a_created_generator() {
    let gate = Gate::default();
    gate.open();
    let mut sums = pin!(tokens(gate));
    assert_eq!(ready(sums.resume()), Some(0));
    assert_eq!(ready(sums.send(Token(1))), Some(1));
    assert_eq!(ready(sums.send(Token(2))), Some(3));
    assert_eq!(ready(sums.send(Token(3))), None);
    assert_eq!(ready(sums.resume()), None);
}

#[test]
fn resume_continues_a_call_that_was_dropped() {
    let gate = Gate::default();
    let mut sums = pin!(tokens(gate.clone()));
    drop_half_way(sums.resume());
    assert_eq!(sums.state(), State::InFlight);
    drop_half_way(sums.resume());
    assert_eq!(gate.polls(), 2);
    gate.open();
    assert_eq!(ready(sums.resume()), Some(0));
    assert_eq!(gate.polls(), 3);
}

#[test]
fn resume_at_a_yield_panics_when_called_and_changes_nothing() {
    let gate = Gate::default();
    gate.open();
    let mut sums = pin!(tokens(gate));
    assert_eq!(ready(sums.resume()), Some(0));
    let line = line!() + 1;
    let (message, at) = panic_of(|| drop(sums.resume()));
    assert_eq!(
        message,
        "`resume` called while a yield waits for a value; use `send` or `next`"
    );
    assert_eq!(at, line);
    assert_eq!(sums.state(), State::Suspended);
    assert_eq!(ready(sums.send(Token(5))), Some(5));
}
