//! Values are dropped once, in a documented order.

use gen_runtime::{async_gen, async_gen_block, pin};
use probe::{Gate, Guard, Log, drop_half_way, ready};

struct Pair {
    left: Guard,
    #[expect(dead_code, reason = "only dropped")]
    right: Guard,
}

#[expect(clippy::too_many_arguments, reason = "one argument of each kind")]
/// Arguments of every kind: used in another order than declared, unused, moved, or in patterns.
#[async_gen]
async fn arguments(
    log: Log,
    unused: Guard,
    second: Guard,
    first: Guard,
    moved: Guard,
    (left, right): (Guard, Guard),
    _: Guard,
    Pair { left: taken, .. }: Pair,
    _underscored: Guard,
) -> u32 {
    let _local = log.guard("local");
    let _other = log.guard("other");
    let _ = &first;
    let _ = &second;
    yield_!(1);
    drop(moved);
    let _ = (&left, &right, &taken);
    yield_!(2);
}

const LOCALS: &str = "-other -local";

fn start(log: &Log) -> impl gen_runtime::AsyncGenerator<Yield = u32, Sent = (), Item = u32> {
    arguments(
        log.clone(),
        log.guard("unused"),
        log.guard("second"),
        log.guard("first"),
        log.guard("moved"),
        (log.guard("left"), log.guard("right")),
        log.guard("wild"),
        Pair {
            left: log.guard("taken"),
            right: log.guard("rest"),
        },
        log.guard("underscored"),
    )
}

#[test]
fn nothing_is_dropped_when_the_function_returns() {
    let log = Log::default();
    let generator = start(&log);
    assert_eq!(log.take(), "");
    drop(generator);
    let rest = "-unused -second -first -moved -left -right -wild -taken -rest -underscored";
    assert_eq!(log.take(), rest);
}

#[test]
fn a_suspended_generator_drops_locals_then_arguments_as_declared() {
    let log = Log::default();
    let mut generator = Box::pin(start(&log));
    let mut items = gen_runtime::Handle::new(generator.as_mut());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(log.take(), "");
    drop(generator);
    // A variable that a pattern takes out of an argument is a local.
    let expected = format!(
        "{LOCALS} -taken -unused -second -first -moved -left -right -wild -rest -underscored"
    );
    assert_eq!(log.take(), expected);
}

#[test]
fn the_call_that_ends_the_body_drops_everything() {
    let log = Log::default();
    let mut items = pin!(start(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), Some(2));
    assert_eq!(log.take(), "-moved");
    assert_eq!(ready(items.next()), None);
    let expected =
        format!("{LOCALS} -taken -unused -second -first -left -right -wild -rest -underscored");
    assert_eq!(log.take(), expected);
}

#[async_gen(throws = Guard, returns = Guard)]
async fn results(log: Log, gate: Gate, fail: bool) -> Guard {
    let _local = log.guard("local");
    yield_!(log.guard("item"));
    gate.await;
    if fail {
        Err(log.guard("error"))?;
    }
    log.guard("return")
}

#[test]
fn an_error_is_dropped_by_the_consumer_after_the_locals() {
    let log = Log::default();
    let gate = Gate::default();
    gate.open();
    let mut items = pin!(results(log.clone(), gate, true));
    let item = ready(items.next());
    let error = ready(items.next());
    assert_eq!(log.take(), "-local");
    drop(error);
    drop(item);
    assert_eq!(log.take(), "-error -item");
}

#[test]
fn a_return_value_that_is_not_taken_is_dropped_with_the_generator() {
    let log = Log::default();
    let gate = Gate::default();
    gate.open();
    {
        let mut items = pin!(results(log.clone(), gate, false));
        drop(ready(items.next()));
        assert!(ready(items.next()).is_none());
        assert_eq!(log.take(), "-item -local");
    }
    assert_eq!(log.take(), "-return");
}

#[test]
fn a_return_value_that_is_taken_is_dropped_once() {
    let log = Log::default();
    let gate = Gate::default();
    gate.open();
    {
        let mut items = pin!(results(log.clone(), gate, false));
        while ready(items.next()).is_some() {}
        let value = items.take_return();
        assert_eq!(log.take(), "-item -local");
        drop(value);
        assert_eq!(log.take(), "-return");
    }
    assert_eq!(log.take(), "");
}

#[test]
fn a_generator_in_flight_drops_its_locals() {
    let log = Log::default();
    {
        let mut items = pin!(results(log.clone(), Gate::default(), false));
        drop(ready(items.next()));
        drop_half_way(items.next());
        assert_eq!(log.take(), "-item");
    }
    assert_eq!(log.take(), "-local");
}

#[async_gen(send = Guard)]
async fn receives(log: Log) -> u32 {
    let first = yield_!(1);
    log.push("has");
    let _second = yield_!(2);
    drop(first);
    yield_!(3);
}

#[test]
fn a_sent_value_lives_as_long_as_the_body_keeps_it() {
    let log = Log::default();
    {
        let mut items = pin!(receives(log.clone()));
        ready(items.resume());
        ready(items.send(log.guard("a")));
        assert_eq!(log.take(), "has");
        ready(items.send(log.guard("b")));
        assert_eq!(log.take(), "-a");
        ready(items.send(log.guard("c")));
        assert_eq!(log.take(), "-c -b");
        ready(items.send(log.guard("d")));
        assert_eq!(log.take(), "-d");
    }
    assert_eq!(log.take(), "");
}

#[test]
fn a_forgotten_call_leaks_its_request_and_nothing_else() {
    let log = Log::default();
    let mut items = pin!(receives(log.clone()));
    ready(items.resume());
    std::mem::forget(items.send(log.guard("leaked")));
    assert_eq!(log.take(), "");
    assert_eq!(ready(items.send(log.guard("a"))), Some(2));
    assert_eq!(log.take(), "has");
}

#[test]
fn a_block_captures_by_move() {
    let log = Log::default();
    let guard = log.guard("captured");
    let generator = async_gen_block! {
        let _ = &guard;
        yield 1;
    };
    assert_eq!(log.take(), "");
    drop(generator);
    assert_eq!(log.take(), "-captured");
}

struct Token {
    id: u32,
    log: Log,
}

impl Drop for Token {
    fn drop(&mut self) {
        self.log.push(format_args!("-token{}", self.id));
    }
}

/// A unit struct, so that a pattern may consist of its name.
struct Unit;

impl Drop for Unit {
    fn drop(&mut self) {
        UNITS.set(UNITS.get() + 1);
    }
}

thread_local! {
    static UNITS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

#[async_gen]
async fn takes_apart(Token { id, .. }: Token, Unit: Unit, log: Log) -> u32 {
    log.push("body");
    yield_!(id);
}

#[test]
fn an_argument_taken_apart_by_a_pattern_lives_as_long_as_the_generator() {
    let log = Log::default();
    let mut items = pin!(takes_apart(
        Token {
            id: 1,
            log: log.clone()
        },
        Unit,
        log.clone()
    ));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!((log.take().as_str(), UNITS.get()), ("body", 0));
    assert_eq!(ready(items.next()), None);
    assert_eq!((log.take().as_str(), UNITS.get()), ("-token1", 1));
}

/// Counts the defaults that are alive.
struct Counted;

thread_local! {
    static LIVE: std::cell::Cell<i32> = const { std::cell::Cell::new(0) };
}

impl Default for Counted {
    fn default() -> Self {
        LIVE.set(LIVE.get() + 1);
        Counted
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        LIVE.set(LIVE.get() - 1);
    }
}

#[async_gen(send = Counted)]
async fn counts() -> i32 {
    yield_!(LIVE.get());
    yield_!(LIVE.get());
    let kept = yield_!(LIVE.get());
    yield_!(LIVE.get());
    drop(kept);
    yield_!(LIVE.get());
}

#[test]
fn a_default_that_the_yield_does_not_keep_is_dropped_before_the_body_runs() {
    let mut items = pin!(counts());
    let mut live = Vec::new();
    while let Some(count) = ready(items.next()) {
        live.push(count);
    }
    assert_eq!(live, [0, 0, 0, 1, 0]);
    assert_eq!(LIVE.get(), 0);
}
