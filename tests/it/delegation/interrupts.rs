//! Closing and dropping through `yield_from!`.

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, ready};

#[async_gen]
async fn inner(gate: Gate, log: Log) -> u32 {
    let _guard = log.guard("inner");
    defer! {
        log.push("cleanup");
        gate.await;
        log.push("cleaned");
    }
    yield_!(1);
    yield_!(2);
}

#[async_gen]
async fn outer(gate: Gate, log: Log) -> u32 {
    let _guard = log.guard("outer");
    defer! { log.push("outer cleanup"); }
    yield_from!(inner(gate, log.clone()));
    log.push("behind");
}

#[test]
fn a_close_runs_the_inner_cleanups_first() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut items = pin!(outer(gate, log.clone()));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "cleanup cleaned -inner outer cleanup -outer");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_close_that_was_dropped_goes_on() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(1));
    drop_half_way(items.close());
    assert_eq!(items.state(), State::Closing);
    assert_eq!(log.take(), "cleanup");
    gate.open();
    assert_eq!(ready(items.next()), None);
    assert_eq!(log.take(), "cleaned -inner outer cleanup -outer");
}

#[test]
fn a_send_into_a_closing_generator_is_refused() {
    #[async_gen(send = u32)]
    async fn inner(gate: Gate) -> u32 {
        defer! { gate.await; }
        yield_!(1);
    }
    #[async_gen(send = u32)]
    async fn outer(gate: Gate) -> u32 {
        yield_from!(inner(gate));
    }
    let gate = Gate::default();
    let mut items = pin!(outer(gate.clone()));
    assert_eq!(ready(items.resume()), Some(1));
    drop_half_way(items.close());
    assert_eq!(items.try_send(7).err(), Some(7));
    assert_eq!(ready(items.send(7)), None);
    assert_eq!(items.state(), State::Closing);
    gate.open();
    assert_eq!(ready(items.resume()), None);
}

#[test]
fn a_close_that_waits_for_an_inner_cleanup_lands_behind_it() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), Some(2));
    // The inner generator is ending by itself.
    drop_half_way(items.next());
    drop_half_way(items.close());
    gate.open();
    assert_eq!(ready(items.close()), Ok(()));
    // The value of the `yield_from!` is delivered, and there is no suspension point behind it.
    assert_eq!(
        log.take(),
        "cleanup cleaned -inner behind outer cleanup -outer"
    );
}

#[test]
fn a_drop_drops_the_inner_generator_first_and_runs_no_cleanup() {
    let (gate, log) = (Gate::default(), Log::default());
    {
        let mut items = pin!(outer(gate, log.clone()));
        assert_eq!(ready(items.next()), Some(1));
    }
    assert_eq!(log.take(), "-inner -outer");
}

#[test]
fn an_interrupt_passes_an_await_of_the_inner_generator() {
    #[async_gen]
    async fn inner(gate: Gate, log: Log) -> u32 {
        defer! { log.push("inner"); }
        gate.await;
        yield_!(1);
    }
    #[async_gen]
    async fn outer(gate: Gate, log: Log) -> u32 {
        defer! { log.push("outer"); }
        yield_from!(inner(gate, log.clone()));
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    drop_half_way(items.next());
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "inner outer");
    assert_eq!(gate.polls(), 1);
}

#[test]
fn a_break_out_of_a_loop_of_delegations() {
    #[async_gen]
    async fn outer(log: Log) -> u32 {
        for round in 0.. {
            defer! { log.push(format_args!("round {round}")); }
            let gate = Gate::default();
            gate.open();
            yield_from!(inner(gate, log.clone()));
            if round == 1 {
                break;
            }
        }
    }
    let log = Log::default();
    let mut items = pin!(outer(log.clone()));
    for n in [1, 2, 1, 2] {
        assert_eq!(ready(items.next()), Some(n));
    }
    assert_eq!(ready(items.next()), None);
    let round = |n| format!("cleanup cleaned -inner round {n}");
    assert_eq!(log.take(), format!("{} {}", round(0), round(1)));
}

#[test]
fn a_delegation_to_itself_does_not_hang() {
    use std::cell::RefCell;
    use std::rc::Rc;

    use gen_runtime::LocalBoxGenerator;

    type Slot = Rc<RefCell<Option<LocalBoxGenerator<'static, u32>>>>;

    #[expect(clippy::await_holding_refcell_ref, reason = "the second borrow panics")]
    #[async_gen(boxed, local)]
    async fn to_itself(slot: Slot) -> u32 {
        let mut own = slot.borrow_mut();
        yield_from!(own.as_mut().unwrap());
    }
    let slot = Slot::default();
    *slot.borrow_mut() = Some(to_itself(Rc::clone(&slot)));
    let message = probe::panic_message(|| {
        let _ = ready(slot.borrow_mut().as_mut().unwrap().next());
    });
    assert!(message.contains("already"), "{message}");
}
