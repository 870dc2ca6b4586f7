//! Inner generators that are borrowed, and live longer than the one that delegates to them.

use gen_runtime::{AsyncGenerator, BoxGenerator, Handle, State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, ready};

#[async_gen(boxed, local, send = u32, returns = u32)]
async fn leaf(gate: Gate, log: Log) -> u32 {
    defer! { log.push("leaf closed"); }
    let first = yield_!(1);
    gate.await;
    let second = yield_!(10 + first);
    first + second
}

/// Delegates to a generator of its own.
#[async_gen(boxed, local, send = u32, returns = u32)]
async fn middle(gate: Gate, log: Log) -> u32 {
    defer! { log.push("middle closed"); }
    100 + yield_from!(leaf(gate, log.clone()))
}

#[async_gen(send = u32, returns = u32)]
async fn outer<G>(inner: &mut G, log: Log) -> u32
where
    G: AsyncGenerator<
            Yield = u32,
            Sent = u32,
            Item = u32,
            Error = std::convert::Infallible,
            Return = u32,
        > + Unpin,
{
    defer! { log.push("outer closed"); }
    1000 + yield_from!(inner)
}

#[test]
fn its_values_come_through() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut inner = middle(gate, log.clone());
    {
        let mut items = pin!(outer(&mut inner, log.clone()));
        assert_eq!(ready(items.resume()), Some(1));
        assert_eq!(ready(items.send(2)), Some(12));
        assert_eq!(ready(items.send(3)), None);
        assert_eq!(items.take_return(), Some(1105));
        assert_eq!(log.take(), "leaf closed middle closed outer closed");
    }
    assert_eq!(inner.state(), State::Finished);
}

#[test]
fn it_goes_on_after_the_outer_one_was_dropped_at_a_yield() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut inner = middle(gate, log.clone());
    {
        let mut items = pin!(outer(&mut inner, log.clone()));
        assert_eq!(ready(items.resume()), Some(1));
    }
    assert_eq!(inner.state(), State::Suspended);
    assert_eq!(ready(inner.send(2)), Some(12));
    assert_eq!(ready(inner.send(3)), None);
    assert_eq!(inner.take_return(), Some(105));
    assert_eq!(log.take(), "leaf closed middle closed");
}

#[test]
fn it_goes_on_after_the_outer_one_was_dropped_in_flight() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut inner = middle(gate.clone(), log.clone());
    {
        let mut items = pin!(outer(&mut inner, log.clone()));
        assert_eq!(ready(items.resume()), Some(1));
        drop_half_way(items.send(2));
        assert_eq!(items.state(), State::InFlight);
    }
    assert_eq!(inner.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(inner.resume()), Some(12));
    assert_eq!(ready(inner.close()), Ok(()));
    assert_eq!(log.take(), "leaf closed middle closed");
}

#[test]
fn another_one_delegates_to_it_next() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut inner = middle(gate.clone(), log.clone());
    {
        let mut items = pin!(outer(&mut inner, log.clone()));
        assert_eq!(ready(items.resume()), Some(1));
        drop_half_way(items.send(2));
    }
    gate.open();
    let mut items = pin!(outer(&mut inner, log.clone()));
    assert_eq!(ready(items.resume()), Some(12));
    assert_eq!(ready(items.send(3)), None);
    assert_eq!(items.take_return(), Some(1105));
    assert_eq!(log.take(), "leaf closed middle closed outer closed");
}

#[test]
fn two_levels_of_borrows_live_on() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut innermost = middle(gate, log.clone());
    {
        let mut inner = Handle::boxed(outer(&mut innermost, log.clone()));
        {
            let mut items = pin!(outer(&mut inner, log.clone()));
            assert_eq!(ready(items.resume()), Some(1));
        }
        assert_eq!(inner.state(), State::Suspended);
    }
    assert_eq!(innermost.state(), State::Suspended);
    assert_eq!(ready(innermost.send(2)), Some(12));
    assert_eq!(log.take(), "");
}

#[test]
fn a_close_that_was_dropped_half_way_goes_on_in_the_inner_one() {
    #[async_gen(boxed, local)]
    async fn slow(gate: Gate, log: Log) -> u32 {
        defer! {
            gate.await;
            log.push("closed");
        }
        yield_!(1);
    }
    #[async_gen(boxed, local)]
    async fn between(gate: Gate, log: Log) -> u32 {
        defer! { log.push("between"); }
        yield_from!(slow(gate, log.clone()));
        log.push("not reached");
    }
    #[async_gen]
    async fn around(inner: &mut gen_runtime::LocalBoxGenerator<'_, u32>) -> u32 {
        yield_from!(inner);
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut inner = between(gate.clone(), log.clone());
    {
        let mut items = pin!(around(&mut inner));
        assert_eq!(ready(items.next()), Some(1));
        drop_half_way(items.close());
        assert_eq!(items.state(), State::Closing);
    }
    assert_eq!(inner.state(), State::Closing);
    gate.open();
    assert_eq!(ready(inner.next()), None);
    assert_eq!(log.take(), "closed between");
    assert_eq!(inner.state(), State::Finished);
}

#[test]
fn a_close_closes_it() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut inner = middle(gate, log.clone());
    {
        let mut items = pin!(outer(&mut inner, log.clone()));
        assert_eq!(ready(items.resume()), Some(1));
        assert_eq!(ready(items.close()), Ok(()));
        assert_eq!(log.take(), "leaf closed middle closed outer closed");
    }
    assert_eq!(inner.state(), State::Finished);
}

#[test]
fn a_panic_finishes_it() {
    #[async_gen(boxed)]
    async fn panics() -> u32 {
        yield_!(1);
        panic!("inside");
    }
    #[async_gen(boxed)]
    async fn between() -> u32 {
        yield_from!(panics());
    }
    #[async_gen]
    async fn around(inner: &mut BoxGenerator<'_, u32>) -> u32 {
        yield_from!(inner);
    }
    let mut inner = between();
    {
        let mut items = pin!(around(&mut inner));
        assert_eq!(ready(items.next()), Some(1));
        assert_eq!(probe::panic_message(|| ready(items.next())), "inside");
        assert_eq!(items.state(), State::Finished);
    }
    assert_eq!(inner.state(), State::Finished);
}

#[test]
fn a_leaked_outer_one_loses_nothing() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut inner = middle(gate, log.clone());
    {
        let mut items = Handle::boxed(outer(&mut inner, log.clone()));
        assert_eq!(ready(items.resume()), Some(1));
        std::mem::forget(items);
    }
    // The inner one was not told at which yield it is.
    assert_eq!(inner.state(), State::InFlight);
    assert_eq!(ready(inner.close()), Ok(()));
    assert_eq!(log.take(), "leaf closed middle closed");
}

#[test]
fn a_value_with_a_destructor_reaches_a_yield_below_many_levels() {
    #[async_gen(boxed, local, send = String)]
    async fn nested(depth: u32) -> String {
        if depth == 0 {
            let mut last = String::new();
            loop {
                last = yield_!(last);
            }
        }
        yield_from!(nested(depth - 1));
    }
    #[async_gen(send = String)]
    async fn around(inner: &mut gen_runtime::LocalBoxGenerator<'_, String, String>) -> String {
        yield_from!(inner);
    }
    let mut inner = nested(4);
    for round in 0..3 {
        {
            let mut items = pin!(around(&mut inner));
            if round > 0 {
                let message = probe::panic_message(|| ready(items.resume()));
                assert!(message.contains("waits for a value"), "{message}");
                break;
            }
            assert_eq!(ready(items.resume()).as_deref(), Some(""));
            assert_eq!(ready(items.send("a".into())).as_deref(), Some("a"));
        }
        // The nodes of all levels register again, and pass the value on.
        assert_eq!(ready(inner.send("b".into())).as_deref(), Some("b"));
        assert_eq!(ready(inner.next()).as_deref(), Some(""));
    }
    assert_eq!(inner.state(), State::Finished);
}
