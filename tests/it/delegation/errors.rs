//! Errors through `yield_from!`: thrown in, raised inside, caught outside (PEP 380, PEP 828).

use gen_runtime::{
    AsyncGenerator, Handle, State, async_gen, async_gen_block, async_gen_items, pin,
};
use probe::{Gate, Log, drop_half_way, ready};

#[derive(Clone, Copy, Debug, PartialEq)]
enum E {
    Own,
    Thrown,
    Cleanup,
}

#[async_gen(throws = E)]
async fn catches(log: Log) -> u32 {
    for n in 0.. {
        match attempt! { yield_!(n) } {
            Ok(()) => {}
            Err(error) => {
                log.push(format_args!("inner caught {error:?}"));
                return;
            }
        }
    }
}

#[async_gen(throws = E)]
async fn passes(log: Log) -> u32 {
    defer! { log.push("inner closed"); }
    yield_!(1);
    yield_!(2);
    Err(E::Own)
}

#[async_gen(throws = E)]
async fn outer_of_catches(log: Log) -> u32 {
    yield_from!(catches(log.clone()));
    log.push("behind");
    yield_!(100);
}

#[async_gen(throws = E)]
async fn outer_of_passes(log: Log) -> u32 {
    defer! { log.push("outer closed"); }
    let result = attempt! { yield_from!(passes(log.clone())) };
    log.push(format_args!("outer caught {result:?}"));
    yield_!(100);
}

#[test]
fn a_throw_goes_to_the_inner_generator_which_may_catch_it() {
    let log = Log::default();
    let mut items = pin!(outer_of_catches(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(100)));
    assert_eq!(log.take(), "inner caught Thrown behind");
}

#[test]
fn a_thrown_error_that_leaves_the_inner_generator_is_raised_outside() {
    let log = Log::default();
    let mut items = pin!(outer_of_passes(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(100)));
    assert_eq!(log.take(), "inner closed outer caught Err(Thrown)");
    assert_eq!(ready(items.next()), None);
    assert_eq!(log.take(), "outer closed");
}

#[test]
fn an_error_of_the_inner_generator_is_raised_outside() {
    let log = Log::default();
    let mut items = pin!(outer_of_passes(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), Some(Ok(100)));
    assert_eq!(log.take(), "inner closed outer caught Err(Own)");
}

#[test]
fn an_error_that_nothing_catches_ends_all_generators() {
    #[async_gen(throws = E)]
    async fn outer(log: Log) -> u32 {
        let _guard = log.guard("outer");
        yield_from!(passes(log.clone()));
        log.push("not reached");
    }
    let log = Log::default();
    let mut items = pin!(outer(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(E::Thrown)), Err(E::Thrown));
    assert_eq!(log.take(), "inner closed -outer");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.next()), None);
}

#[test]
fn an_error_that_is_an_item_ends_nothing() {
    #[async_gen(throws = E)]
    async fn inner() -> u32 {
        yield_!(Err(E::Own));
        yield_!(2);
        attempt! { yield_!(3) }.unwrap_err();
        yield_!(Err(E::Thrown));
    }
    #[async_gen(throws = E)]
    async fn outer() -> u32 {
        yield_from!(inner());
        yield_!(9);
    }
    let mut items = pin!(outer());
    assert_eq!(ready(items.next()), Some(Err(E::Own)));
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), Some(Ok(3)));
    assert_eq!(ready(items.throw(E::Own)), Err(E::Thrown));
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(ready(items.next()), Some(Ok(9)));
    assert_eq!(ready(items.next()), None);
}

#[test]
fn the_error_of_an_inner_cleanup_replaces_the_thrown_one() {
    #[async_gen(throws = E)]
    async fn inner() -> u32 {
        defer! { Err(E::Cleanup)?; }
        yield_!(1);
    }
    #[async_gen(throws = E)]
    async fn outer(log: Log) -> u32 {
        let result = attempt! { yield_from!(inner()) };
        log.push(format_args!("{result:?}"));
    }
    let log = Log::default();
    let mut items = pin!(outer(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(E::Thrown)), Ok(None));
    assert_eq!(log.take(), "Err(Cleanup)");
}

#[test]
fn the_error_of_an_inner_cleanup_replaces_a_close_and_nothing_catches_it() {
    #[async_gen(throws = E)]
    async fn inner(log: Log) -> u32 {
        defer! {
            log.push("inner");
            Err(E::Cleanup)?;
        }
        yield_!(1);
    }
    #[async_gen(throws = E)]
    async fn outer(log: Log) -> u32 {
        defer! { log.push("outer"); }
        let result = attempt! { yield_from!(inner(log.clone())) };
        log.push(format_args!("caught {result:?}"));
    }
    let log = Log::default();
    let mut items = pin!(outer(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.close()), Err(E::Cleanup));
    assert_eq!(log.take(), "inner outer");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_throw_into_a_fresh_outer_one_starts_nothing() {
    let log = Log::default();
    let mut items = pin!(outer_of_passes(log.clone()));
    assert_eq!(ready(items.throw(E::Thrown)), Err(E::Thrown));
    assert_eq!(log.take(), "");
}

#[async_gen]
async fn infallible(gate: Gate, log: Log) -> u32 {
    defer! {
        log.push("begin");
        gate.await;
        log.push("end");
    }
    yield_!(1);
    yield_!(2);
}

#[async_gen(throws = E)]
async fn outer_of_infallible(gate: Gate, log: Log) -> u32 {
    let result = attempt! { yield_from!(infallible(gate, log.clone())) };
    log.push(format_args!("{result:?}"));
    yield_!(100);
}

#[test]
fn an_inner_generator_without_throws_is_accepted() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut items = pin!(outer_of_infallible(gate, log.clone()));
    for n in [1, 2, 100] {
        assert_eq!(ready(items.next()), Some(Ok(n)));
    }
    assert_eq!(ready(items.next()), None);
    assert_eq!(log.take(), "begin end Ok(())");
}

#[test]
fn a_throw_closes_an_inner_generator_without_throws_and_is_raised_outside() {
    let (gate, log) = (Gate::default(), Log::default());
    gate.open();
    let mut items = pin!(outer_of_infallible(gate, log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(100)));
    assert_eq!(log.take(), "begin end Err(Thrown)");
}

#[test]
fn that_throw_is_not_lost_when_its_call_is_dropped() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer_of_infallible(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.throw(E::Thrown));
    assert_eq!(log.take(), "begin");
    assert_eq!(items.state(), State::InFlight);
    // A second one waits for the end of the cleanup, and lands at the next yield.
    drop_half_way(items.throw(E::Own));
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(100)));
    assert_eq!(log.take(), "end Err(Thrown)");
}

#[test]
fn a_second_throw_lands_behind_the_first() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer_of_infallible(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.throw(E::Thrown));
    gate.open();
    assert_eq!(ready(items.throw(E::Own)), Err(E::Own));
    assert_eq!(log.take(), "begin end Err(Thrown)");
}

#[test]
fn a_close_ends_an_inner_generator_without_throws() {
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer_of_infallible(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.throw(E::Thrown));
    drop_half_way(items.close());
    assert_eq!(items.state(), State::Closing);
    gate.open();
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_throw_waits_for_an_inner_cleanup() {
    #[async_gen(throws = E)]
    async fn inner(gate: Gate, log: Log) -> u32 {
        {
            defer! {
                log.push("begin");
                gate.await;
                log.push("end");
            }
            yield_!(1);
        }
        let result = attempt! { yield_!(2) };
        log.push(format_args!("{result:?}"));
    }
    #[async_gen(throws = E)]
    async fn outer(gate: Gate, log: Log) -> u32 {
        yield_from!(inner(gate, log));
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    // Dropped before it lands, it has no effect.
    drop_half_way(items.throw(E::Own));
    gate.open();
    assert_eq!(ready(items.throw(E::Thrown)), Ok(None));
    assert_eq!(log.take(), "begin end Err(Thrown)");
}

#[test]
fn a_throw_that_waits_for_an_inner_cleanup_may_land_outside() {
    #[async_gen(throws = E)]
    async fn inner(gate: Gate) -> u32 {
        defer! { gate.await; }
        yield_!(1);
    }
    #[async_gen(throws = E)]
    async fn outer(gate: Gate, log: Log) -> u32 {
        yield_from!(inner(gate));
        log.push("behind");
        let result = attempt! { yield_!(2) };
        log.push(format_args!("{result:?}"));
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.throw(E::Thrown)), Ok(None));
    assert_eq!(log.take(), "behind Err(Thrown)");
}

#[test]
fn a_throw_that_waits_ends_a_fresh_inner_generator_unstarted() {
    #[async_gen(throws = E)]
    async fn outer(gate: Gate, log: Log) -> u32 {
        {
            defer! { gate.await; }
            yield_!(1);
        }
        let result = attempt! { yield_from!(passes(log.clone())) };
        log.push(format_args!("{result:?}"));
        yield_!(2);
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(2)));
    assert_eq!(log.take(), "Err(Thrown)");
}

async_gen_items! {
    /// Its `?` converts.
    #[async_gen(throws = String)]
    async fn parsed(words: &'static [&'static str]) -> u32 {
        let numbers = words.iter().map(|word| word.parse::<u32>().map_err(|error| error.to_string()));
        yield_all!(futures::stream::iter(numbers));
        yield 100;
    }
}

#[test]
fn yield_all_raises_the_error_of_a_stream_of_results() {
    let mut items = pin!(parsed(&["1", "2"]));
    for n in [1, 2, 100] {
        assert_eq!(ready(items.next()), Some(Ok(n)));
    }
    let mut items = pin!(parsed(&["1", "two", "3"]));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert!(ready(items.try_next()).is_err());
    assert_eq!(ready(items.next()), None);
}

#[test]
fn yield_all_forwards_plain_items_in_a_body_that_throws() {
    let generator = async_gen_block! {
        #![async_gen(yields = u32, throws = E)]
        yield_all!(futures::stream::iter([1_u32, 2]));
        Err(E::Own)
    };
    let mut items = pin!(generator);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), Some(Err(E::Own)));
}

/// A root may be generic over the inner generator.
#[async_gen(throws = E, returns = G::Return)]
async fn generic<G>(inner: G) -> u32
where
    G: AsyncGenerator<Yield = u32, Sent = (), Error = E, Item = Result<u32, E>>,
{
    yield_from!(inner)
}

#[test]
fn an_opaque_generator_behind_a_handle_is_an_inner_generator() {
    let log = Log::default();
    let mut items = pin!(generic(Handle::boxed(generic(passes(log.clone())))));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(E::Thrown)), Err(E::Thrown));
    assert_eq!(log.take(), "inner closed");
}
