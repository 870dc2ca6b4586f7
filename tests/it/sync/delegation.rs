//! `yield_from!` of regular generators.

use gen_runtime::{State, generator, generator_block, sync};
use probe::{Log, panic_message};

#[derive(Clone, Copy, Debug, PartialEq)]
enum E {
    Own,
    Thrown,
    Cleanup,
}

#[generator(returns = u32)]
fn count(to: u32) -> u32 {
    for n in 1..=to {
        yield_!(n);
    }
    to
}

#[generator(boxed)]
fn boxed(to: u32) -> u32 {
    yield_from!(count(to));
}

#[test]
fn the_forms_of_an_inner_generator() {
    #[generator]
    fn outer<G>(opaque: G, erased: sync::BoxGenerator<'_, u32>) -> u32
    where
        G: sync::Generator<Yield = u32, Sent = (), Item = u32, Error = std::convert::Infallible>,
    {
        yield_from!(opaque);
        yield_from!(erased);
        yield_from!(boxed(1));
        yield_from!(sync::Handle::boxed(count(1)));
        yield_from!(Box::pin(count(1)));
        yield_from!(Box::new(boxed(1)));
        yield_from!(&mut boxed(1));
        let mut handle = sync::pin!(count(2));
        handle.next();
        yield_from!(&mut handle);
        let mut handle = sync::pin!(count(1));
        yield_from!(handle.as_mut());
        yield_from!(sync::pin!(count(1)));
        yield_from!(std::pin::pin!(count(1)));
        yield_from!(generator_block! { yield 9; });
    }
    let items = sync::pin!(outer(count(1), boxed(1)));
    assert_eq!(
        items.collect::<Vec<_>>(),
        [1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 9]
    );
}

#[test]
fn return_values_are_values_of_the_expression_everywhere() {
    #[generator]
    #[expect(clippy::useless_vec, reason = "a known macro")]
    fn outer() -> u32 {
        let sum = yield_from!(count(1)) + 2 * yield_from!(count(2));
        yield_!(sum * 10);
        if yield_from!(count(0)) == 0 && yield_from!(count(1)) == 1 {
            yield_!(yield_from!(count(1)) * 100);
        }
        for n in vec![yield_from!(count(1)); 2] {
            yield_!(n + 10);
        }
        let text = format!("{}{}", yield_from!(count(1)), yield_from!(count(0)));
        assert_eq!(text, "10");
        yield_!(yield_from!(count(yield_from!(count(1)))));
    }
    let items: Vec<_> = sync::pin!(outer()).collect();
    assert_eq!(items, [1, 1, 2, 50, 1, 1, 100, 1, 11, 11, 1, 1, 1, 1]);
}

#[generator(send = u32, throws = E, returns = &'static str)]
fn inner(log: Log) -> u32 {
    let _guard = log.guard("inner");
    defer! { log.push("inner closed"); }
    let mut sent = yield_!(100);
    loop {
        sent = match attempt! { yield_!(sent) } {
            Ok(0) => return "returned",
            Ok(sent) => sent,
            Err(E::Thrown) => 1000,
            Err(error) => Err(error)?,
        };
    }
}

#[generator(send = u32, throws = E, returns = usize)]
fn outer(log: Log) -> u32 {
    let _guard = log.guard("outer");
    defer! { log.push("outer closed"); }
    let result = attempt! { yield_from!(inner(log.clone())) };
    log.push(format_args!("{result:?}"));
    yield_!(7);
    result?.len()
}

#[test]
fn values_and_errors_go_to_the_inner_generator_and_its_value_to_the_outer_one() {
    let log = Log::default();
    let mut items = sync::pin!(outer(log.clone()));
    assert_eq!(items.resume(), Some(Ok(100)));
    assert_eq!(items.send(5), Some(Ok(5)));
    assert_eq!(items.throw(E::Thrown), Ok(Some(1000)));
    assert_eq!(items.send(6), Some(Ok(6)));
    assert_eq!(log.take(), "");
    assert_eq!(items.send(0), Some(Ok(7)));
    assert_eq!(log.take(), "inner closed -inner Ok(\"returned\")");
    assert_eq!(items.send(1), None);
    assert_eq!(log.take(), "outer closed -outer");
    assert_eq!(items.take_return(), Some(8));
}

#[test]
fn an_error_that_leaves_the_inner_generator_is_raised_outside() {
    let log = Log::default();
    let mut items = sync::pin!(outer(log.clone()));
    items.resume();
    items.send(5);
    assert_eq!(items.throw(E::Own), Ok(Some(7)));
    assert_eq!(log.take(), "inner closed -inner Err(Own)");
    assert_eq!(items.send(1), Some(Err(E::Own)));
    assert_eq!(log.take(), "outer closed -outer");
}

#[test]
fn a_close_runs_the_inner_cleanup_first_and_a_drop_runs_none() {
    let log = Log::default();
    let mut items = sync::pin!(outer(log.clone()));
    items.resume();
    assert_eq!(items.close(), Ok(()));
    assert_eq!(log.take(), "inner closed -inner outer closed -outer");
    let mut items = sync::Handle::boxed(outer(log.clone()));
    items.resume();
    drop(items);
    assert_eq!(log.take(), "-inner -outer");
}

#[test]
fn an_inner_generator_without_throws_is_closed_by_a_throw() {
    #[generator]
    fn infallible(log: Log) -> u32 {
        defer! { log.push("inner closed"); }
        yield_!(1);
        yield_!(2);
    }
    #[generator(throws = E)]
    fn outer(log: Log) -> u32 {
        let result = attempt! { yield_from!(infallible(log.clone())) };
        log.push(format_args!("{result:?}"));
        yield_!(100);
    }
    let log = Log::default();
    let mut items = sync::pin!(outer(log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.throw(E::Thrown), Ok(Some(100)));
    assert_eq!(log.take(), "inner closed Err(Thrown)");
    let items: Result<Vec<_>, _> = sync::pin!(outer(log.clone())).collect();
    assert_eq!(items, Ok(vec![1, 2, 100]));
}

#[test]
fn the_error_of_an_inner_cleanup_replaces_a_close() {
    #[generator(throws = E)]
    fn failing(log: Log) -> u32 {
        defer! {
            log.push("inner");
            Err(E::Cleanup)?;
        }
        yield_!(1);
    }
    #[generator(throws = E)]
    fn outer(log: Log) -> u32 {
        defer! { log.push("outer"); }
        let result = attempt! { yield_from!(failing(log.clone())) };
        log.push(format_args!("caught {result:?}"));
    }
    let log = Log::default();
    let mut items = sync::pin!(outer(log.clone()));
    items.next();
    assert_eq!(items.close(), Err(E::Cleanup));
    assert_eq!(log.take(), "inner outer");
}

#[test]
fn a_borrowed_inner_generator_outlives_the_outer_one() {
    #[generator]
    fn relay(inner: &mut sync::BoxGenerator<'_, u32>) -> u32 {
        yield_from!(inner);
    }
    let mut inner = boxed(4);
    for n in 1..=2 {
        let mut items = sync::pin!(relay(&mut inner));
        assert_eq!(items.next(), Some(n));
    }
    assert_eq!(inner.state(), State::Suspended);
    assert_eq!(inner.next(), Some(3));
    assert_eq!(sync::pin!(relay(&mut inner)).count(), 1);
    assert_eq!(inner.state(), State::Finished);
}

#[test]
fn an_inner_generator_that_has_no_return_value_is_refused() {
    #[generator(returns = u32)]
    fn relay(inner: &mut sync::BoxGenerator<'_, u32, (), u32>) -> u32 {
        yield_from!(inner)
    }
    let mut inner: sync::BoxGenerator<'_, u32, (), u32> = sync::Handle::boxed(count(1)).into();
    assert_eq!(inner.by_ref().count(), 1);
    {
        // Its return value was not taken yet.
        let mut items = sync::pin!(relay(&mut inner));
        assert_eq!((items.next(), items.take_return()), (None, Some(1)));
    }
    let mut items = sync::pin!(relay(&mut inner));
    assert_eq!(
        panic_message(|| items.next()),
        "`yield_from!` of a generator that has ended, and has no return value"
    );
    assert_eq!(items.state(), State::Finished);
}
