//! Contexts and `yield_from!`: around the generator that delegates, and around the one that is delegated to.

use gen_runtime::{State, async_gen, in_context, pin};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

use super::logged;

#[async_gen(send = u32, throws = char, returns = u32)]
async fn inner(gate: Gate, log: Log) -> u32 {
    let _local = log.guard("local");
    defer! {
        log.push("cleanup");
        gate.clone().await;
        log.push("cleaned");
    }
    log.push(yield_!(1));
    gate.clone().await;
    log.push(yield_!(2));
    3
}

/// Delegates to a generator in the context `inner`.
#[async_gen(send = u32, throws = char, returns = u32)]
async fn outer(gate: Gate, log: Log) -> u32 {
    defer! { log.push("outer"); }
    let attempted = attempt! {
        yield_from!(in_context(inner(gate, log.clone()), logged("inner", &log)))
    };
    log.push(format_args!("{attempted:?}"));
    log.push(yield_!(4));
    5
}

#[test]
fn a_context_around_an_inner_generator_covers_its_body_only() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(log.take(), "+inner -inner");
    drop_half_way(items.send(7));
    assert_eq!(log.take(), "+inner 7 -inner");
    gate.open();
    assert_eq!(ready(items.resume()), Some(Ok(2)));
    assert_eq!(log.take(), "+inner -inner");
    assert_eq!(ready(items.send(8)), Some(Ok(4)));
    assert_eq!(log.take(), "+inner 8 cleanup cleaned -local -inner Ok(3)");
    assert_eq!(ready(items.send(9)), None);
    assert_eq!(log.take(), "9 outer");
    assert_eq!(items.take_return(), Some(5));
}

#[test]
fn a_context_around_a_generator_that_delegates_covers_both_bodies() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let context = logged("outer", &log);
    let mut items = pin!(in_context(outer(gate, log.clone()), context));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.send(7)), Some(Ok(2)));
    assert_eq!(
        log.take(),
        "+outer +inner -inner -outer +outer +inner 7 -inner -outer"
    );
    assert_eq!(ready(items.send(8)), Some(Ok(4)));
    assert_eq!(
        log.take(),
        "+outer +inner 8 cleanup cleaned -local -inner Ok(3) -outer"
    );
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "+outer outer -outer");
}

/// Delegates to a generator that delegates, without contexts of their own.
#[async_gen(send = u32, throws = char, returns = u32)]
async fn two_below(gate: Gate, log: Log) -> u32 {
    yield_from!(one_below(gate, log))
}

#[async_gen(send = u32, throws = char, returns = u32)]
async fn one_below(gate: Gate, log: Log) -> u32 {
    yield_from!(inner(gate, log))
}

#[async_gen(send = u32, throws = char, returns = u32)]
async fn top(gate: Gate, log: Log) -> u32 {
    let context = logged("c", &log);
    let three = yield_from!(in_context(two_below(gate, log.clone()), context));
    log.push(three);
    let four = yield_!(three + 1);
    four + 1
}

#[test]
fn a_context_covers_all_generators_below_it() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(top(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.send(7));
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(log.take(), "+c -c +c 7 -c +c -c");
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(ready(items.send(8)), Some(Ok(4)));
    assert_eq!(log.take(), "+c 8 cleanup cleaned -local -c 3");
    assert_eq!(ready(items.send(4)), None);
    assert_eq!(items.take_return(), Some(5));
}

#[test]
fn positions_are_those_of_all_bodies() {
    let gate = Gate::default();
    let mut items = pin!(top(gate, Log::default()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    let mut functions = Vec::new();
    items.positions(|position| {
        functions.push(position.function().rsplit("::").next().unwrap());
    });
    assert_eq!(functions, ["inner", "one_below", "two_below", "top"]);
}

#[test]
fn a_close_runs_the_inner_cleanups_inside() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(top(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.close());
    assert_eq!(items.state(), State::Closing);
    assert_eq!(ready(items.send(7)), None);
    gate.open();
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "+c -c +c cleanup -c +c cleaned -local -c");
}

#[test]
fn an_error_that_waits_for_an_inner_cleanup_lands_behind_the_delegation() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    gate.shut();
    // The inner body is ending by itself.
    drop_half_way(items.next());
    let _ = log.take();
    let mut call = items.throw('t');
    assert!(probe::poll(&mut call).is_pending());
    assert_eq!(log.take(), "+inner -inner");
    gate.open();
    // The `attempt!` around the `yield_from!` has its value, and the error lands at the next yield.
    assert_eq!(ready(call), Err('t'));
    assert_eq!(log.take(), "+inner cleaned -local -inner Ok(3) outer");
    assert_eq!(items.take_return(), None);
}

#[test]
fn an_error_that_nothing_catches_leaves_the_context() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut items = pin!(outer(gate, log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw('t')), Ok(Some(4)));
    assert_eq!(
        log.take(),
        "+inner -inner +inner cleanup cleaned -local -inner Err('t')"
    );
}

#[test]
fn a_panic_exits_all_contexts_and_finishes_all_generators() {
    #[async_gen]
    async fn panics() -> u32 {
        yield_!(1);
        panic!("in the inner body");
    }
    #[async_gen]
    async fn outer(log: Log) -> u32 {
        yield_from!(in_context(panics(), logged("inner", &log)));
    }
    let log = Log::default();
    let mut items = pin!(in_context(outer(log.clone()), logged("outer", &log)));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| ready(items.next())), "in the inner body");
    assert_eq!(items.state(), State::Finished);
    let once = "+outer +inner -inner -outer";
    assert_eq!(log.take(), format!("{once} {once}"));
}

#[test]
fn a_closure_that_panics_in_a_chain_finishes_all_generators() {
    #[async_gen]
    async fn outer(log: Log) -> u32 {
        let _local = log.guard("local");
        yield_from!(in_context(panics_never(), |_| panic!("in the closure")));
    }
    #[async_gen]
    async fn panics_never() -> u32 {
        yield_!(1);
    }
    let log = Log::default();
    let mut items = pin!(outer(log.clone()));
    assert_eq!(panic_message(|| ready(items.next())), "in the closure");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "-local");
}

#[test]
fn a_drop_of_a_chain_is_outside() {
    let log = Log::default();
    {
        let mut items = pin!(top(Gate::default(), log.clone()));
        assert_eq!(ready(items.next()), Some(Ok(1)));
        assert_eq!(log.take(), "+c -c");
    }
    assert_eq!(log.take(), "-local");
}

#[async_gen(send = u32, throws = char, returns = u32)]
async fn relay<G>(inner: G) -> u32
where
    G: gen_runtime::AsyncGenerator<
            Yield = u32,
            Sent = u32,
            Error = char,
            Return = u32,
            Item = Result<u32, char>,
        >,
{
    yield_from!(inner)
}

#[test]
fn a_generator_in_a_context_that_is_lent_goes_on() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let context = logged("c", &log);
    let mut lent = pin!(in_context(two_below(gate.clone(), log.clone()), context));
    {
        let mut items = pin!(relay(relay(lent.as_mut())));
        assert_eq!(ready(items.next()), Some(Ok(1)));
        gate.shut();
        drop_half_way(items.send(7));
    }
    assert_eq!(lent.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(lent.resume()), Some(Ok(2)));
    assert_eq!(lent.state(), State::Suspended);
    assert_eq!(ready(lent.send(8)), None);
    assert_eq!(
        log.take(),
        "+c -c +c 7 -c +c -c +c 8 cleanup cleaned -local -c"
    );
    assert_eq!(lent.take_return(), Some(3));
}

#[test]
fn a_context_around_a_generator_that_is_lent() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut lent = pin!(two_below(gate.clone(), log.clone()));
    assert_eq!(ready(lent.next()), Some(Ok(1)));
    {
        let mut items = pin!(relay(in_context(lent.as_mut(), logged("a", &log))));
        drop(items.next());
        gate.shut();
    }
    {
        let mut items = pin!(in_context(lent.as_mut(), logged("b", &log)));
        drop_half_way(items.send(7));
        assert_eq!(items.state(), State::InFlight);
    }
    {
        let mut items = pin!(relay(in_context(lent.as_mut(), logged("c", &log))));
        gate.open();
        assert_eq!(ready(items.next()), Some(Ok(2)));
        gate.shut();
        drop_half_way(items.close());
        assert_eq!(items.state(), State::Closing);
    }
    assert_eq!(lent.state(), State::Closing);
    gate.open();
    assert_eq!(ready(lent.close()), Ok(()));
    assert_eq!(log.take(), "+b 7 -b +c -c +c cleanup -c cleaned -local");
}

#[test]
fn a_generator_that_cannot_fail_in_a_body_that_throws() {
    #[async_gen]
    async fn inner(gate: Gate, log: Log) -> u32 {
        defer! {
            log.push("cleanup");
            gate.await;
        }
        yield_!(1);
    }
    #[async_gen(throws = char)]
    async fn outer(gate: Gate, log: Log) -> u32 {
        let context = logged("c", &log);
        let attempted = attempt! {
            yield_from!(in_context(inner(gate, log.clone()), context));
        };
        log.push(format_args!("{attempted:?}"));
        yield_!(2);
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.throw('t'));
    assert_eq!(log.take(), "+c -c +c cleanup -c");
    gate.open();
    // The error is raised behind the close.
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(log.take(), "+c -c Err('t')");
}

#[test]
fn each_level_of_a_recursion_may_have_a_context() {
    use std::cell::Cell;
    use std::rc::Rc;

    use gen_runtime::{Handle, LocalBoxGenerator};

    #[async_gen(boxed, local)]
    async fn walk(depth: u32, entered: Rc<Cell<u32>>) -> u32 {
        yield_!(entered.get());
        if depth > 0 {
            yield_from!(level(depth - 1, entered.clone()));
        }
        yield_!(entered.get());
    }
    fn level(depth: u32, entered: Rc<Cell<u32>>) -> LocalBoxGenerator<'static, u32> {
        let walk = walk(depth, entered.clone());
        let context = in_context(walk, move |poll| {
            entered.set(entered.get() + 1);
            let polled = poll();
            entered.set(entered.get() - 1);
            polled
        });
        Handle::boxed(context).into()
    }
    let entered = Rc::default();
    let mut items = level(100, Rc::clone(&entered));
    // On the way down and on the way up, each body sees its own context and those around it.
    for levels in (1..=101).chain((1..=101).rev()) {
        assert_eq!(ready(items.next()), Some(levels));
        assert_eq!(entered.get(), 0);
    }
    assert_eq!(ready(items.next()), None);
}
