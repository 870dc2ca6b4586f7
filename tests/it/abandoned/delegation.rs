//! Generators with a hook that run in place of another one, and that delegate.

use gen_runtime::{
    AsyncGenerator, Handle, LocalBoxGenerator, State, async_gen, generator, on_drop, pin,
};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

use super::{Caught, caught};

#[async_gen(boxed, local)]
async fn leaf(log: Log, gate: Gate) -> u32 {
    let _local = log.guard("leaf");
    defer! { log.push("leaf closed"); }
    yield_!(1);
    gate.await;
    yield_!(2);
}

#[async_gen(boxed, local)]
async fn around<G>(name: &'static str, inner: G, log: Log) -> u32
where
    G: AsyncGenerator<
            Yield = u32,
            Sent = (),
            Item = u32,
            Error = std::convert::Infallible,
            Return = (),
        > + 'static,
{
    let _local = log.guard(name);
    defer! { log.push(format_args!("{name} closed")); }
    yield_from!(inner);
    yield_!(100);
}

fn start(
    log: &Log,
) -> (
    LocalBoxGenerator<'static, u32>,
    Caught<impl AsyncGenerator<Error = std::convert::Infallible> + use<>>,
    Gate,
) {
    let gate = Gate::default();
    let (inner, caught) = caught(leaf(log.clone(), gate.clone()), log);
    (inner, caught, gate)
}

#[test]
fn an_inner_one_is_abandoned_where_it_is_when_the_outer_one_is_dropped() {
    let log = Log::default();
    let (inner, caught, _) = start(&log);
    let mut items = around("outer", inner, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    drop(items);
    assert_eq!(log.take(), "hook -hook -outer");
    let abandoned = caught.take();
    assert_eq!(abandoned.state(), State::Suspended);
    assert_eq!(ready(abandoned), Ok(()));
    assert_eq!(log.take(), "leaf closed -leaf");
}

#[test]
fn an_inner_one_in_flight_is_abandoned_in_flight() {
    let log = Log::default();
    let (inner, caught, gate) = start(&log);
    let mut items = around("outer", inner, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    drop_half_way(items.next());
    drop(items);
    let abandoned = caught.take();
    assert_eq!(abandoned.state(), State::InFlight);
    assert_eq!(ready(abandoned), Ok(()));
    assert_eq!(log.take(), "hook -hook -outer leaf closed -leaf");
    assert_eq!(gate.polls(), 1);
}

#[test]
fn an_inner_one_that_was_not_reached_is_dropped() {
    let log = Log::default();
    let (inner, caught, _) = start(&log);
    drop(around("outer", inner, log.clone()));
    assert_eq!((log.take().as_str(), caught.len()), ("-hook", 0));
}

#[test]
fn an_inner_one_that_ends_drops_its_hook_before_the_outer_body_continues() {
    let log = Log::default();
    let (inner, caught, gate) = start(&log);
    gate.open();
    let mut items = around("outer", inner, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), Some(2));
    assert_eq!(ready(items.next()), Some(100));
    assert_eq!(log.take(), "leaf closed -leaf -hook");
    drop(items);
    assert_eq!((log.take().as_str(), caught.len()), ("-outer", 0));
}

#[test]
fn a_close_of_the_outer_one_closes_the_inner_one_and_no_hook_is_called() {
    let log = Log::default();
    let (inner, caught, _) = start(&log);
    let mut items = around("outer", inner, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "leaf closed -leaf -hook outer closed -outer");
    drop(items);
    assert_eq!(caught.len(), 0);
}

#[test]
fn an_outer_one_is_closed_with_the_inner_one() {
    let log = Log::default();
    let inner = leaf(log.clone(), Gate::default());
    let (mut items, caught) = caught(around("outer", inner, log.clone()), &log);
    assert_eq!(ready(items.next()), Some(1));
    drop(items);
    let abandoned = caught.take();
    assert_eq!(abandoned.state(), State::Suspended);
    assert_eq!(ready(abandoned), Ok(()));
    assert_eq!(
        log.take(),
        "hook -hook leaf closed -leaf outer closed -outer"
    );
}

#[test]
fn with_a_hook_each_the_outer_one_closes_the_inner_one() {
    let log = Log::default();
    let (inner, inner_caught, _) = start(&log);
    let (mut items, outer_caught) = caught(around("outer", inner, log.clone()), &log);
    assert_eq!(ready(items.next()), Some(1));
    drop_half_way(items.next());
    drop(items);
    assert_eq!(log.take(), "hook -hook");
    assert_eq!(ready(outer_caught.take()), Ok(()));
    assert_eq!(log.take(), "leaf closed -leaf -hook outer closed -outer");
    assert_eq!(inner_caught.len(), 0);
}

#[test]
fn with_a_hook_each_an_outer_one_that_is_dropped_again_leaves_the_inner_one() {
    let log = Log::default();
    let (inner, inner_caught, _) = start(&log);
    let (mut items, outer_caught) = caught(around("outer", inner, log.clone()), &log);
    assert_eq!(ready(items.next()), Some(1));
    drop(items);
    drop(outer_caught.take());
    assert_eq!(log.take(), "hook -hook hook -hook -outer");
    assert_eq!(ready(inner_caught.take()), Ok(()));
    assert_eq!(log.take(), "leaf closed -leaf");
}

#[test]
fn in_a_row_of_four_the_outermost_one_with_a_hook_keeps_the_ones_inside_it() {
    let log = Log::default();
    let (innermost, innermost_caught, _) = start(&log);
    let third = around("third", innermost, log.clone());
    let (second, second_caught) = caught(around("second", third, log.clone()), &log);
    let mut items = around("first", second, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    drop(items);
    assert_eq!(log.take(), "hook -hook -first");
    assert_eq!(innermost_caught.len(), 0);
    assert_eq!(ready(second_caught.take()), Ok(()));
    assert_eq!(
        log.take(),
        "leaf closed -leaf -hook third closed -third second closed -second"
    );
    assert_eq!(innermost_caught.len(), 0);
}

#[test]
fn a_handle_that_is_lent_stays_with_its_owner() {
    let log = Log::default();
    let (mut inner, caught, gate) = start(&log);
    gate.open();
    {
        let lent = &mut inner;
        let mut items = pin!(gen_runtime::async_gen_block! {
            yield_from!(lent);
            yield 100;
        });
        assert_eq!(ready(items.next()), Some(1));
    }
    assert_eq!((log.take().as_str(), caught.len()), ("", 0));
    assert_eq!(ready(inner.next()), Some(2));
    drop(inner);
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook leaf closed -leaf");
}

#[async_gen(boxed, local)]
async fn owns(inner: LocalBoxGenerator<'static, u32>, log: Log) -> u32 {
    defer! { log.push("outer closed"); }
    let mut inner = inner;
    while let Some(n) = inner.next().await {
        yield_!(n);
    }
}

#[test]
fn a_handle_in_the_body_of_an_abandoned_one_is_abandoned_by_its_close() {
    let log = Log::default();
    let (inner, inner_caught, _) = start(&log);
    let (mut items, outer_caught) = caught(owns(inner, log.clone()), &log);
    assert_eq!(ready(items.next()), Some(1));
    drop(items);
    assert_eq!(log.take(), "hook -hook");
    assert_eq!(ready(outer_caught.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook outer closed");
    assert_eq!(ready(inner_caught.take()), Ok(()));
    assert_eq!(log.take(), "leaf closed -leaf");
}

#[async_gen(boxed, local)]
async fn panics_inside(log: Log) -> u32 {
    defer! { log.push("not run"); }
    yield_!(1);
    panic!("inside");
}

#[test]
fn a_panic_of_the_innermost_one_ends_those_around_it_and_calls_no_hook() {
    let log = Log::default();
    let (inner, inner_caught) = caught(panics_inside(log.clone()), &log);
    let (outer, outer_caught) = caught(around("outer", inner, log.clone()), &log);
    let mut items = around("root", outer, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| ready(items.next())), "inside");
    assert_eq!(items.state(), State::Finished);
    drop(items);
    assert_eq!(inner_caught.len() + outer_caught.len(), 0);
    assert_eq!(log.take(), "-hook -outer -hook -root");
}

#[async_gen(throws = &'static str)]
async fn throwing(inner: LocalBoxGenerator<'static, u32>, log: Log) -> u32 {
    defer! { log.push("outer closed"); }
    yield_from!(inner);
}

#[test]
fn an_inner_one_without_throws_is_abandoned_where_it_is() {
    let log = Log::default();
    let (inner, caught, _) = start(&log);
    let mut items = Handle::boxed(throwing(inner, log.clone()));
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    drop_half_way(items.try_next());
    drop(items);
    let abandoned = caught.take();
    assert_eq!(abandoned.state(), State::InFlight);
    assert_eq!(ready(abandoned), Ok(()));
    assert_eq!(log.take(), "hook -hook leaf closed -leaf");
}

#[test]
fn an_inner_one_without_throws_is_closed_by_an_error_and_calls_no_hook() {
    let log = Log::default();
    let (inner, caught, _) = start(&log);
    let mut items = Handle::boxed(throwing(inner, log.clone()));
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    assert_eq!(ready(items.throw("stop")), Err("stop"));
    assert_eq!(log.take(), "leaf closed -leaf -hook outer closed");
    assert_eq!(caught.len(), 0);
}

#[async_gen(throws = &'static str, returns = u32)]
async fn thrown_into(log: Log) -> u32 {
    defer! { log.push("inner closed"); }
    while attempt! { yield_!(1) }.is_ok() {}
    yield_!(2);
    3
}

#[async_gen(throws = &'static str)]
async fn throws_through<G>(inner: G) -> u32
where
    G: AsyncGenerator<
            Yield = u32,
            Sent = (),
            Item = Result<u32, &'static str>,
            Error = &'static str,
            Return = u32,
        >,
{
    let value = yield_from!(inner);
    yield_!(value);
}

#[test]
fn errors_and_return_values_pass_through() {
    let log = Log::default();
    let caught = Caught::new();
    let inner = on_drop(thrown_into(log.clone()), caught.hook(&log));
    let mut items = Handle::boxed(throws_through(inner));
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    assert_eq!(ready(items.throw("caught inside")), Ok(Some(2)));
    assert_eq!(ready(items.try_next()), Ok(Some(3)));
    assert_eq!(log.take(), "inner closed -hook");
    assert_eq!(ready(items.throw("not caught")), Err("not caught"));
    assert_eq!(caught.len(), 0);
}

#[generator]
fn regular(log: Log) -> u32 {
    defer! { log.push("regular closed"); }
    yield_!(1);
    yield_!(2);
}

#[test]
fn a_regular_one_inside_an_async_one_is_abandoned_too() {
    let log = Log::default();
    let (inner, caught) = caught(regular(log.clone()), &log);
    let mut items = around("outer", inner, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    drop(items);
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook -outer regular closed");
}

/// Counts its cleanups. Each level has a hook of its own.
#[async_gen(boxed, local)]
async fn nested(depth: u32, closed: std::rc::Rc<std::cell::Cell<u32>>) -> u32 {
    defer! { closed.set(closed.get() + 1); }
    if depth == 0 {
        yield_!(1);
        yield_!(2);
    } else {
        yield_from!(on_drop(nested(depth - 1, closed.clone()), |_| {
            panic!("the outermost one closes all")
        }));
    }
}

#[test]
fn a_deep_one_is_closed_without_recursion() {
    const DEPTH: u32 = 50_000;
    let (log, closed) = (Log::default(), std::rc::Rc::default());
    let (inner, caught) = caught(nested(DEPTH, std::rc::Rc::clone(&closed)), &log);
    let mut items = around("outer", inner, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), Some(2));
    drop(items);
    assert_eq!(closed.get(), 0);
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(closed.get(), DEPTH + 1);
}
