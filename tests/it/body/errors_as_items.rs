//! In a body with `throws`, `yield_!(Ok(v))`, `yield_!(Err(e))` and `yield_result!(r)` yield an item as it
//! is. Yielding an error does not end the generator.

use futures::stream::FusedStream as _;
use futures::{StreamExt as _, TryStreamExt as _};
use gen_runtime::{State, async_gen, async_gen_block, async_gen_items, pin};
use probe::{Gate, Guard, Log, drop_half_way, ready};

#[derive(Debug, PartialEq)]
struct Failure(&'static str);

impl From<u8> for Failure {
    fn from(_: u8) -> Self {
        Failure("converted")
    }
}

type Item = Result<u32, Failure>;

#[async_gen(throws = Failure)]
async fn mixed(log: &Log) -> u32 {
    let _local = log.guard("local");
    yield_!(1);
    yield_!(Err(Failure("first")));
    yield_!(Ok(2));
    yield_result!(Err::<u32, _>(Failure("second")));
    yield_result!("3".parse().map_err(|_| Failure("no number")));
    Err(4_u8)?;
    yield_!(5);
}

#[test]
fn a_yielded_error_does_not_end_the_generator() {
    let log = Log::default();
    let mut items = pin!(mixed(&log));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Err(Failure("first"))));
    assert_eq!(items.state(), State::Suspended);
    assert!(!items.is_terminated());
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.try_next()), Err(Failure("second")));
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(ready(items.try_next()), Ok(Some(3)));
    assert_eq!(log.take(), "");
    assert_eq!(ready(items.try_next()), Err(Failure("converted")));
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "-local");
    assert_eq!(ready(items.try_next()), Ok(None));
}

#[test]
fn a_stream_has_errors_as_items() {
    let log = Log::default();
    let items: Vec<_> = ready(mixed(&log).collect());
    let expected: [Item; 6] = [
        Ok(1),
        Err(Failure("first")),
        Ok(2),
        Err(Failure("second")),
        Ok(3),
        Err(Failure("converted")),
    ];
    assert_eq!(items, expected);
    // A combinator that stops at errors stops at the first one.
    let collected: Result<Vec<_>, _> = ready(mixed(&log).try_collect());
    assert_eq!(collected, Err(Failure("first")));
}

#[async_gen(throws = Failure)]
async fn closed(log: &Log) -> u32 {
    defer! {
        std::future::ready(()).await;
        log.push("deferred");
    }
    loop {
        let caught = attempt! { yield_!(Err(Failure("item"))) };
        log.push(format_args!("{caught:?}"));
    }
}

#[test]
fn a_body_is_suspended_at_a_yielded_error() {
    let log = Log::default();
    let mut items = pin!(closed(&log));
    assert_eq!(ready(items.next()), Some(Err(Failure("item"))));
    // The enclosing `attempt!` does not catch a yielded error.
    assert_eq!(ready(items.next()), Some(Err(Failure("item"))));
    assert_eq!(log.take(), "Ok(())");
    // A thrown error lands at that yield, and `throw` returns the next item.
    assert_eq!(ready(items.throw(Failure("thrown"))), Err(Failure("item")));
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(log.take(), r#"Err(Failure("thrown"))"#);
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "deferred");
    assert_eq!(items.state(), State::Finished);
}

#[async_gen(send = u32, throws = Failure, returns = u32)]
async fn sent() -> u32 {
    let one = yield_!(Err(Failure("first")));
    let two = yield_result!(if one == 1 {
        Ok(one)
    } else {
        Err(Failure("second"))
    });
    one + two
}

#[test]
fn a_value_may_be_sent_to_a_yielded_error() {
    let mut items = pin!(sent());
    assert_eq!(ready(items.resume()), Some(Err(Failure("first"))));
    assert_eq!(ready(items.send(1)), Some(Ok(1)));
    assert_eq!(ready(items.send(2)), None);
    assert_eq!(items.take_return(), Some(3));
}

/// Passes tokens through, so that they are hidden from `#[async_gen]`.
macro_rules! identity {
    ($($tokens:tt)*) => { $($tokens)* };
}

#[async_gen(throws = Failure)]
async fn spellings() -> u32 {
    yield_!((Err(Failure("parentheses"))));
    yield_!(Result::Err(Failure("path")));
    yield_!(std::result::Result::Ok(1));
    yield_!(Ok(std::future::ready(Ok::<_, Failure>(2)).await?));
    yield_!(Err(Failure(std::future::ready("awaited").await)));
    identity!(yield_!(Ok(3)));
    identity!(yield_!(Err(Failure("token"))));
    identity!(yield_result!(Err(Failure("token result"))));
    identity!(yield_!(4));
    println!("{:?}", yield_!(Err(Failure("operand"))));
    println!(
        "{:?}",
        [
            yield_!(Ok(5)),
            yield_result!(u32::try_from(-1).map_err(|_| Failure("converted")))
        ]
    );
    tokio::select! {
        n = std::future::ready(7) => yield_!(Ok(n)),
    }
    tokio::select! {
        n = std::future::ready(8) => {
            yield_!(Err(Failure("handler")));
            yield_result!(Ok(n));
        }
    }
    {
        defer! {}
        yield_!(Err(Failure("guarded")));
        identity!(yield_!(Err(Failure("guarded token"))));
    }
    let ended: Result<(), Failure> = attempt! {
        yield_!(Err(Failure("attempted")));
        yield_!({ Ok::<_, Failure>(9)? });
        Err(Failure("raised"))?;
    };
    yield_result!(ended.map(|()| 10));
}

#[test]
fn items_may_be_yielded_in_every_place_and_spelling() {
    let items: Vec<Item> = ready(spellings().collect());
    let errors: Vec<_> = items
        .iter()
        .filter_map(|item| item.as_ref().err())
        .map(|error| error.0)
        .collect();
    let expected = [
        "parentheses",
        "path",
        "awaited",
        "token",
        "token result",
        "operand",
        "converted",
        "handler",
        "guarded",
        "guarded token",
        "attempted",
        "raised",
    ];
    assert_eq!(errors, expected);
    let values: Vec<_> = items.into_iter().filter_map(Result::ok).collect();
    assert_eq!(values, [1, 2, 3, 4, 5, 7, 8, 9]);
}

async_gen_items! {
    #[async_gen(throws = Failure)]
    async fn bare() -> u32 {
        yield Ok(1);
        yield Err(Failure("bare"));
        yield 2;
        yield_result!(Err(Failure("result")));
        identity!(yield Err(Failure("token")));
        println!("{:?}", yield Err(Failure("operand")));
        Err(3_u8)?;
    }
}

#[test]
fn items_may_be_yielded_with_the_keyword() {
    let expected: [Item; 7] = [
        Ok(1),
        Err(Failure("bare")),
        Ok(2),
        Err(Failure("result")),
        Err(Failure("token")),
        Err(Failure("operand")),
        Err(Failure("converted")),
    ];
    assert_eq!(ready(bare().collect::<Vec<_>>()), expected);
    let block = async_gen_block! {
        #![async_gen(throws = Failure)]
        yield Ok(1);
        yield Err(Failure("bare"));
        yield 2;
        yield_result!(Err(Failure("result")));
        identity!(yield Err(Failure("token")));
        println!("{:?}", yield Err(Failure("operand")));
        Err(3_u8)?;
    };
    assert_eq!(ready(block.collect::<Vec<_>>()), expected);
}

/// An expression that is not written `Ok(..)` or `Err(..)` is a value.
#[allow(deprecated, reason = "the yielded type is a `Result`")]
#[async_gen(throws = Failure)]
async fn values() -> Result<u32, u8> {
    let result = Err(1);
    yield_!(result);
    yield_!(Ok(Ok(2)));
    yield_!({ Ok(3) });
    yield_!("4".parse().or(Err(5)));
}

#[async_gen]
async fn without_throws() -> Result<u32, u8> {
    yield_!(Ok(1));
    yield_!(Err(2));
    identity!(yield_!(Err(3)));
}

#[test]
fn results_in_other_expressions_are_values() {
    let items: Vec<_> = ready(values().collect());
    assert_eq!(items, [Ok(Err(1)), Ok(Ok(2)), Ok(Ok(3)), Ok(Ok(4))]);
    let items: Vec<_> = ready(without_throws().collect());
    assert_eq!(items, [Ok(1), Err(2), Err(3)]);
}

#[async_gen(throws = Guard)]
async fn behind_a_cleanup(log: &Log, gate: &Gate) -> u32 {
    {
        defer! {
            gate.clone().await;
            log.push("cleaned");
        }
    }
    yield_!(Err(log.guard("item")));
}

#[test]
fn a_yielded_error_is_dropped_if_an_interrupt_lands_there() {
    let (log, gate) = (Log::default(), Gate::default());
    let mut items = pin!(behind_a_cleanup(&log, &gate));
    drop_half_way(items.next());
    gate.open();
    assert!(ready(items.close()).is_ok());
    assert_eq!(log.take(), "cleaned -item");
    gate.shut();
    let mut items = pin!(behind_a_cleanup(&log, &gate));
    drop_half_way(items.next());
    gate.open();
    let thrown = ready(items.throw(log.guard("thrown")));
    assert_eq!(log.take(), "cleaned -item");
    drop(thrown);
    assert_eq!(log.take(), "-thrown");
}
