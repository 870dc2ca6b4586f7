//! `try_send`: returns the value if no yield waits for one.

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, drop_half_way, ready};

#[async_gen(send = String)]
async fn lengths(gate: Gate) -> usize {
    let mut length = 0;
    loop {
        length = yield_!(length).len();
        gate.clone().await;
    }
}

#[test]
fn try_send_when_created_returns_the_value() {
    let mut lengths = pin!(lengths(Gate::default()));
    assert_eq!(
        lengths.try_send("early".into()).err().as_deref(),
        Some("early")
    );
    assert_eq!(lengths.state(), State::Created);
}

#[test]
fn try_send_when_suspended_sends() {
    let gate = Gate::default();
    gate.open();
    let mut lengths = pin!(lengths(gate));
    ready(lengths.resume());
    let call = lengths.try_send("four".into()).unwrap();
    assert_eq!(ready(call), Some(4));
}

#[test]
fn try_send_in_flight_returns_the_value() {
    let gate = Gate::default();
    let mut lengths = pin!(lengths(gate.clone()));
    ready(lengths.resume());
    drop_half_way(lengths.try_send("three".into()).unwrap());
    assert_eq!(
        lengths.try_send("late".into()).err().as_deref(),
        Some("late")
    );
    gate.open();
    assert_eq!(ready(lengths.resume()), Some(5));
}

#[test]
fn try_send_when_finished_returns_the_value() {
    let mut lengths = pin!(lengths(Gate::default()));
    ready(lengths.close()).unwrap();
    assert_eq!(
        lengths.try_send("late".into()).err().as_deref(),
        Some("late")
    );
}
