//! `#[for_await(close)]`: closes the generator however the loop is left.

use gen_runtime::{AsyncGenerator, Handle, State, async_gen, async_gen_items, pin};
use probe::{Gate, Log, drop_half_way, ready};

#[derive(Clone, Copy, Debug, PartialEq)]
enum E {
    Own,
    Thrown,
    Cleanup,
}

#[async_gen]
async fn inner(log: Log) -> u32 {
    defer! {
        std::future::ready(()).await;
        log.push("closed");
    }
    for n in 0..3 {
        yield_!(n);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    End,
    Break,
    Continue,
    Return,
    Question,
}

#[async_gen(throws = E)]
async fn leaves(log: Log, way: Way) -> u32 {
    'outer: for round in 0..2 {
        #[for_await(close)]
        for n in inner(log.clone()) {
            match way {
                Way::End => yield_!(n),
                Way::Break => break,
                Way::Continue => continue 'outer,
                Way::Return => return,
                Way::Question => Err(E::Own)?,
            }
        }
        log.push(format_args!("behind {round}"));
    }
}

#[test]
fn it_closes_on_every_way_out() {
    for (way, expected) in [
        (Way::End, "closed behind 0 closed behind 1"),
        (Way::Break, "closed behind 0 closed behind 1"),
        (Way::Continue, "closed closed"),
        (Way::Return, "closed"),
        (Way::Question, "closed"),
    ] {
        let log = Log::default();
        let mut items = pin!(leaves(log.clone(), way));
        let mut last = None;
        while let Some(item) = ready(items.next()) {
            last = Some(item);
        }
        assert_eq!(log.take(), expected);
        assert_eq!(last == Some(Err(E::Own)), way == Way::Question);
    }
}

#[async_gen(throws = E)]
async fn around(log: Log) -> u32 {
    defer! { log.push("outer"); }
    #[for_await(close)]
    for n in inner(log.clone()) {
        yield_!(n);
    }
}

#[test]
fn it_closes_when_the_outer_generator_is_closed() {
    let log = Log::default();
    let mut items = pin!(around(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "closed outer");
}

#[test]
fn it_closes_when_an_error_is_thrown() {
    let log = Log::default();
    let mut items = pin!(around(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.throw(E::Thrown)), Err(E::Thrown));
    assert_eq!(log.take(), "closed outer");
}

#[test]
fn a_drop_closes_nothing() {
    let log = Log::default();
    {
        let mut items = pin!(around(log.clone()));
        assert_eq!(ready(items.next()), Some(Ok(0)));
    }
    assert_eq!(log.take(), "");
}

#[async_gen(throws = E)]
async fn fails_to_close(log: Log) -> u32 {
    defer! {
        log.push("cleanup");
        Err(E::Cleanup)?;
    }
    yield_!(1);
    yield_!(2);
}

#[async_gen(throws = E)]
async fn around_failing(log: Log) -> u32 {
    let result = attempt! {
        #[for_await(close)]
        for n in fails_to_close(log.clone()) {
            yield_!(n?);
        }
    };
    log.push(format_args!("{result:?}"));
    yield_!(100);
}

#[test]
fn the_error_of_the_close_replaces_the_pending_one_and_is_caught() {
    let log = Log::default();
    let mut items = pin!(around_failing(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(100)));
    assert_eq!(log.take(), "cleanup Err(Cleanup)");
}

#[test]
fn the_error_of_the_close_replaces_a_close_and_is_not_caught() {
    let log = Log::default();
    let mut items = pin!(around_failing(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.close()), Err(E::Cleanup));
    assert_eq!(log.take(), "cleanup");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn an_error_of_the_generator_itself_is_an_item() {
    #[async_gen(throws = E)]
    async fn fails() -> u32 {
        yield_!(1);
        Err(E::Own)
    }
    #[async_gen(throws = E)]
    async fn outer() -> u32 {
        #[for_await(close)]
        for n in fails() {
            yield_!(n?);
        }
    }
    let mut items = pin!(outer());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Err(E::Own)));
    assert_eq!(ready(items.next()), None);
}

#[test]
fn the_close_is_shielded_and_goes_on() {
    #[async_gen]
    async fn slow(gate: Gate, log: Log) -> u32 {
        defer! {
            gate.await;
            log.push("closed");
        }
        yield_!(1);
    }
    #[async_gen]
    async fn outer(gate: Gate, log: Log) -> u32 {
        #[for_await(close)]
        for n in slow(gate, log.clone()) {
            yield_!(n);
        }
        log.push("not reached");
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(1));
    drop_half_way(items.close());
    assert_eq!(items.state(), State::Closing);
    gate.open();
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "closed");
}

#[test]
fn an_error_converts() {
    struct Wide(E);

    impl From<E> for Wide {
        fn from(error: E) -> Self {
            Wide(error)
        }
    }
    #[async_gen(throws = Wide)]
    async fn outer(log: Log) -> u32 {
        #[for_await(close)]
        for n in fails_to_close(log) {
            yield_!(n?);
            break;
        }
    }
    let mut items = pin!(outer(Log::default()));
    assert!(matches!(ready(items.next()), Some(Ok(1))));
    assert!(matches!(ready(items.next()), Some(Err(Wide(E::Cleanup)))));
}

#[test]
fn generators_behind_pointers() {
    #[async_gen]
    async fn outer<G>(generator: &mut G) -> u32
    where
        G: AsyncGenerator<Yield = u32, Item = u32, Error = std::convert::Infallible>
            + gen_runtime::Stream<Item = u32>
            + Unpin,
    {
        #[for_await(close)]
        for n in generator {
            yield_!(n);
            break;
        }
    }
    let log = Log::default();
    let mut generator = Handle::boxed(inner(log.clone()));
    {
        let mut items = pin!(outer(&mut generator));
        assert_eq!(ready(items.next()), Some(0));
        assert_eq!(ready(items.next()), None);
    }
    assert_eq!(generator.state(), State::Finished);
    assert_eq!(log.take(), "closed");
}

async_gen_items! {
    #[async_gen]
    async fn nested(log: Log) -> u32 {
        #[for_await(close)]
        'rows: for row in inner(log.clone()) {
            #[for_await(close)]
            for n in inner(log.clone()) {
                if n == 1 {
                    log.push("next row");
                    continue 'rows;
                }
                yield 10 * row + n;
            }
        }
    }
}

#[test]
fn loops_nest_and_have_labels() {
    let log = Log::default();
    let mut items = pin!(nested(log.clone()));
    for n in [0, 10, 20] {
        assert_eq!(ready(items.next()), Some(n));
    }
    assert_eq!(ready(items.next()), None);
    let row = "next row closed";
    assert_eq!(log.take(), format!("{row} {row} {row} closed"));
}

#[test]
fn in_a_cleanup() {
    #[async_gen]
    async fn outer(log: Log) -> u32 {
        defer! {
            #[for_await(close)]
            for n in inner(log.clone()) {
                log.push(n);
                if n == 1 {
                    break;
                }
            }
        }
        yield_!(5);
    }
    let log = Log::default();
    let mut items = pin!(outer(log.clone()));
    assert_eq!(ready(items.next()), Some(5));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "0 1 closed");
}

#[test]
fn a_condition_removes_the_whole_loop() {
    #[async_gen]
    async fn outer() -> u32 {
        #[cfg(any())]
        #[for_await(close)]
        for n in does_not_exist() {
            yield_!(n);
        }
        yield_!(1);
    }
    let mut items = pin!(outer());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), None);
}
