//! `send`: resumes the waiting yield with a value.

use std::rc::Rc;

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, panic_message, panic_of, ready};

#[async_gen(send = Rc<u32>, returns = u32)]
async fn sum(log: Log, gate: Gate) -> u32 {
    let mut sum = 0;
    loop {
        let value = yield_!(sum);
        log.push(format_args!("got{value}"));
        if *value == 0 {
            return sum;
        }
        gate.clone().await;
        sum += *value;
    }
}

fn open() -> Gate {
    let gate = Gate::default();
    gate.open();
    gate
}

#[test]
fn a_sent_value_is_received_once_and_in_order() {
    let log = Log::default();
    let mut sums = pin!(sum(log.clone(), open()));
    assert_eq!(ready(sums.resume()), Some(0));
    assert_eq!(log.take(), "");
    assert_eq!(ready(sums.send(Rc::new(2))), Some(2));
    assert_eq!(ready(sums.send(Rc::new(3))), Some(5));
    assert_eq!(log.take(), "got2 got3");
}

#[test]
fn the_value_that_ends_the_body_is_received() {
    let log = Log::default();
    let mut sums = pin!(sum(log.clone(), open()));
    ready(sums.resume());
    ready(sums.send(Rc::new(4)));
    assert_eq!(ready(sums.send(Rc::new(0))), None);
    assert_eq!(log.take(), "got4 got0");
    assert_eq!(sums.take_return(), Some(4));
}

#[test]
fn send_to_a_created_generator_panics_when_called_and_changes_nothing() {
    let mut sums = pin!(sum(Log::default(), open()));
    let message = panic_message(|| drop(sums.send(Rc::new(1))));
    assert_eq!(
        message,
        "`send` called on a generator that was not started; use `resume` first"
    );
    assert_eq!(sums.state(), State::Created);
    assert_eq!(ready(sums.resume()), Some(0));
}

#[test]
fn send_while_in_flight_panics_when_called_and_changes_nothing() {
    let gate = Gate::default();
    let mut sums = pin!(sum(Log::default(), gate.clone()));
    ready(sums.resume());
    drop_half_way(sums.send(Rc::new(1)));
    let message = panic_message(|| drop(sums.send(Rc::new(5))));
    assert_eq!(
        message,
        "`send` called while a call is in flight; use `resume` first"
    );
    assert_eq!(sums.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(sums.resume()), Some(1));
}

#[test]
fn send_to_a_finished_generator_drops_the_value_and_returns_none() {
    let mut sums = pin!(sum(Log::default(), open()));
    ready(sums.close()).unwrap();
    let value = Rc::new(1);
    assert_eq!(ready(sums.send(Rc::clone(&value))), None);
    assert_eq!(Rc::strong_count(&value), 1);
}

#[test]
fn a_send_that_is_never_polled_delivers_nothing() {
    let log = Log::default();
    let mut sums = pin!(sum(log.clone(), open()));
    ready(sums.resume());
    let value = Rc::new(1);
    drop(sums.send(Rc::clone(&value)));
    assert_eq!((Rc::strong_count(&value), log.take().as_str()), (1, ""));
    assert_eq!(ready(sums.send(Rc::new(9))), Some(9));
}

#[test]
fn a_misplaced_send_panics_with_the_location_of_the_caller() {
    let mut sums = pin!(sum(Log::default(), open()));
    let line = line!() + 1;
    let (_, at) = panic_of(|| drop(sums.send(Rc::new(1))));
    assert_eq!(at, line);
}

#[async_gen(send = String)]
async fn inner() -> String {
    let mut said = yield_!("inner starts".to_owned());
    loop {
        said = yield_!(format!("inner was told {said}"));
    }
}

#[async_gen(send = String)]
async fn outer() -> String {
    let mut inner = pin!(inner());
    let mut heard = inner.resume().await;
    while let Some(text) = heard {
        let said = yield_!(text);
        let by_another_executor = futures::executor::block_on(async {
            let mut other = pin!(self::inner());
            other.resume().await;
            other.send("something else".to_owned()).await
        });
        assert_eq!(
            by_another_executor.as_deref(),
            Some("inner was told something else")
        );
        heard = inner.send(format!("{said} by outer")).await;
    }
}

#[test]
fn nested_generators_receive_their_own_values() {
    let mut outer = pin!(outer());
    assert_eq!(ready(outer.resume()).as_deref(), Some("inner starts"));
    assert_eq!(
        ready(outer.send("a".into())).as_deref(),
        Some("inner was told a by outer")
    );
    assert_eq!(
        ready(outer.send("b".into())).as_deref(),
        Some("inner was told b by outer")
    );
}
