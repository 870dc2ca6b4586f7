//! The closure: the outcomes of polls that it sees, and closures that do not keep the rules.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};

use gen_runtime::{Polled, State, async_gen, in_context, pin};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

use super::logged;

/// Pushes how each poll ended.
fn outcomes(log: &Log) -> impl FnMut(&mut dyn FnMut() -> Polled) -> Polled + use<> {
    let log = log.clone();
    move |poll| {
        let polled = poll();
        let flags = [polled.is_pending(), polled.is_item(), polled.is_end()];
        log.push(match flags {
            [true, false, false] => "pending",
            [false, true, false] => "item",
            [false, false, true] => "end",
            _ => panic!("more than one of {flags:?}"),
        });
        polled
    }
}

#[async_gen(throws = char)]
async fn items(gate: Gate) -> u32 {
    defer! { gate.clone().await; }
    gate.clone().await;
    yield_!(1);
    yield_!(Err('i'));
    Err('e')?;
}

#[test]
fn each_poll_says_how_it_ended() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(in_context(items(gate.clone()), outcomes(&log)));
    drop_half_way(items.next());
    assert_eq!(log.take(), "pending");
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(log.take(), "item");
    // An error that the body yields is an item, and one that it fails with is the end.
    assert_eq!(ready(items.next()), Some(Err('i')));
    assert_eq!(log.take(), "item");
    assert_eq!(ready(items.next()), Some(Err('e')));
    assert_eq!(log.take(), "end");
}

#[test]
fn polls_of_interrupts_say_how_they_ended() {
    #[async_gen(throws = char)]
    async fn items(gate: Gate) -> u32 {
        defer! { gate.await; }
        let _ = attempt! { yield_!(1) };
        yield_!(2);
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(in_context(items(gate.clone()), outcomes(&log)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw('t')), Ok(Some(2)));
    assert_eq!(log.take(), "item item");
    drop_half_way(items.throw('t'));
    assert_eq!(log.take(), "pending");
    drop_half_way(items.close());
    assert_eq!(log.take(), "pending");
    gate.open();
    assert_eq!(ready(items.close()), Err('t'));
    assert_eq!(log.take(), "end");
}

#[test]
fn the_polls_of_an_item_can_be_summed() {
    #[async_gen]
    async fn items(gate: Gate) -> u32 {
        for n in 0..2 {
            gate.clone().await;
            yield_!(n);
        }
    }
    let gate = Gate::default();
    let (sums, sum) = (RefCell::new(Vec::new()), Cell::new(0));
    let mut items = pin!(in_context(items(gate.clone()), |poll| {
        sum.set(sum.get() + 1);
        let polled = poll();
        if !polled.is_pending() {
            sums.borrow_mut().push(sum.replace(0));
        }
        polled
    }));
    drop_half_way(items.next());
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.next()), Some(0));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), None);
    assert_eq!(*sums.borrow(), [3, 1, 1]);
}

#[test]
fn a_panic_of_the_body_exits_the_context() {
    #[async_gen]
    async fn items(log: Log) -> u32 {
        let _local = log.guard("local");
        yield_!(1);
        panic!("in the body");
    }
    let log = Log::default();
    let mut items = pin!(in_context(items(log.clone()), logged("c", &log)));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| ready(items.next())), "in the body");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "+c -c +c -local -c");
    assert_eq!(ready(items.next()), None);
    assert_eq!(log.take(), "");
}

/// Yields values that log their drops.
#[async_gen(send = u32)]
async fn guards(log: Log) -> probe::Guard {
    for name in ["a", "b", "c"] {
        log.push(yield_!(log.guard(name)));
    }
}

#[test]
fn a_closure_that_panics_before_its_poll_leaves_the_generator_unchanged() {
    let (log, panics) = (Log::default(), Cell::new(true));
    let mut items = pin!(in_context(guards(log.clone()), |poll| {
        assert!(!panics.get(), "before");
        poll()
    }));
    assert_eq!(panic_message(|| ready(items.resume())), "before");
    assert_eq!(items.state(), State::Created);
    panics.set(false);
    drop(ready(items.resume()));
    panics.set(true);
    assert_eq!(panic_message(|| ready(items.send(1))), "before");
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(panic_message(|| ready(items.close())), "before");
    assert_eq!(items.state(), State::Suspended);
    panics.set(false);
    drop(ready(items.send(2)));
    assert_eq!(log.take(), "-a 2 -b");
}

#[test]
fn a_closure_that_panics_after_its_poll_drops_the_item() {
    let (log, panics) = (Log::default(), Cell::new(true));
    let mut items = pin!(in_context(guards(log.clone()), |poll| {
        let polled = poll();
        assert!(!panics.get(), "after");
        polled
    }));
    assert_eq!(panic_message(|| ready(items.resume())), "after");
    assert_eq!(log.take(), "-a");
    assert_eq!(items.state(), State::Suspended);
    panics.set(false);
    drop(ready(items.send(1)));
    assert_eq!(log.take(), "1 -b");
}

#[test]
fn a_closure_that_polls_twice_panics_at_the_second_call() {
    let log = Log::default();
    let mut items = pin!(in_context(guards(log.clone()), |poll| {
        let _ = poll();
        log.push("polled");
        poll()
    }));
    assert_eq!(
        panic_message(|| ready(items.resume())),
        "the closure of `in_context` called its argument twice; call it once"
    );
    // The second call polled nothing.
    assert_eq!(log.take(), "polled -a");
    assert_eq!(items.state(), State::Suspended);
}

const NOT_POLLED: &str =
    "the closure of `in_context` did not call its argument, or caught a panic of it";

#[test]
fn a_closure_that_does_not_poll_panics() {
    #[async_gen]
    async fn count() -> u32 {
        for n in 0.. {
            yield_!(n);
        }
    }
    // Two contexts: the closure of the outer one takes what the inner one has kept.
    let kept = RefCell::new(Vec::new());
    let mut first = pin!(in_context(count(), |poll| {
        kept.borrow_mut().push(poll());
        panic!("kept")
    }));
    assert_eq!(panic_message(|| ready(first.next())), "kept");
    let mut second = pin!(in_context(count(), |poll| {
        let kept = kept.borrow_mut().pop();
        kept.unwrap_or_else(poll)
    }));
    assert_eq!(panic_message(|| ready(second.next())), NOT_POLLED);
    assert_eq!(second.state(), State::Created);
    assert_eq!(ready(second.next()), Some(0));
}

#[test]
fn a_closure_that_catches_a_panic_of_the_body_panics() {
    #[async_gen]
    async fn panics() -> u32 {
        yield_!(1);
        panic!("in the body");
    }
    let kept = RefCell::new(None);
    let mut items = pin!(in_context(panics(), |poll| {
        let polled = catch_unwind(AssertUnwindSafe(poll));
        match (polled, kept.take()) {
            (Ok(polled), None) => {
                *kept.borrow_mut() = Some(polled);
                panic!("kept")
            }
            (Err(_), Some(kept)) => kept,
            _ => unreachable!(),
        }
    }));
    assert_eq!(panic_message(|| ready(items.next())), "kept");
    assert_eq!(panic_message(|| ready(items.next())), NOT_POLLED);
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_closure_may_catch_a_panic_and_resume_it() {
    #[async_gen]
    async fn panics() -> u32 {
        yield_!(1);
        panic!("in the body");
    }
    let caught = Cell::new(0);
    let mut items = pin!(in_context(panics(), |poll| {
        catch_unwind(AssertUnwindSafe(poll)).unwrap_or_else(|panic| {
            caught.set(caught.get() + 1);
            std::panic::resume_unwind(panic)
        })
    }));
    assert_eq!(ready(items.next()), Some(1));
    let result = catch_unwind(AssertUnwindSafe(|| ready(items.next())));
    assert!(result.is_err());
    assert_eq!((caught.get(), items.state()), (1, State::Finished));
}

#[test]
fn an_outcome_shows_what_it_is() {
    let shown = RefCell::new(Vec::new());
    let gate = Gate::default();
    gate.open();
    let mut items = pin!(in_context(items(gate), |poll| {
        let polled = poll();
        shown.borrow_mut().push(format!("{polled:?}"));
        polled
    }));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(*shown.borrow(), ["Polled(Item)", "Polled(End)"]);
}
