//! Both kinds together: a regular generator is also an async one that never waits.

use std::convert::Infallible;

use gen_runtime::{
    AsyncGenerator, Handle, State, async_gen, async_gen_block, async_gen_items, generator, pin,
    sync,
};
use probe::{Gate, Log, drop_half_way, ready};

#[generator(returns = u32)]
fn count(to: u32, log: Log) -> u32 {
    defer! { log.push("closed"); }
    for n in 1..=to {
        yield_!(n);
    }
    to
}

/// All items of an async generator that never waits.
fn all<G>(generator: G) -> Vec<u32>
where
    G: AsyncGenerator<Yield = u32, Sent = (), Item = u32, Error = Infallible>,
{
    let mut items = pin!(generator);
    std::iter::from_fn(|| ready(items.next())).collect()
}

#[test]
fn an_async_generator_loops_over_a_regular_one_in_every_way() {
    #[async_gen]
    async fn outer(log: Log) -> u32 {
        for n in sync::pin!(count(1, log.clone())) {
            yield_!(n + 10);
        }
        let mut items = sync::Handle::boxed(count(2, log.clone()));
        while let Some(n) = items.next() {
            std::future::ready(()).await;
            yield_!(n + 20);
        }
        #[for_await]
        for n in count(1, log.clone()) {
            yield_!(n + 30);
        }
        #[for_await(close)]
        for n in count(9, log.clone()) {
            yield_!(n + 40);
            break;
        }
        yield_all!(count(1, log.clone()));
        let last = yield_from!(count(2, log.clone()));
        yield_!(last + 50);
    }
    let log = Log::default();
    assert_eq!(all(outer(log.clone())), [11, 21, 22, 31, 41, 1, 1, 2, 52]);
    assert_eq!(log.take(), ["closed"; 6].join(" "));
}

#[test]
fn an_async_generator_waits_between_the_items_of_a_regular_one() {
    #[async_gen]
    async fn outer(gate: Gate, log: Log) -> u32 {
        for n in sync::pin!(count(2, log)) {
            gate.clone().await;
            yield_!(n);
        }
    }
    let (gate, log) = (Gate::default(), Log::default());
    let mut items = pin!(outer(gate.clone(), log.clone()));
    drop_half_way(items.next());
    assert_eq!(items.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(items.next()), Some(1));
    gate.shut();
    drop_half_way(items.next());
    assert_eq!((gate.polls(), log.take().as_str()), (3, ""));
    // The close lands at the await of the outer body, and drops the inner generator.
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "");
}

#[generator(send = u32, throws = String, returns = u32)]
fn sums(log: Log) -> u32 {
    defer! { log.push("inner closed"); }
    let mut sum = 0;
    loop {
        match attempt! { yield_!(sum) } {
            Ok(0) => return sum,
            Ok(n) => sum += n,
            Err(error) if error == "reset" => sum = 0,
            Err(error) => Err(error)?,
        }
    }
}

#[async_gen(send = u32, throws = String, returns = u32)]
async fn outer_of_sums(log: Log) -> u32 {
    defer! {
        std::future::ready(()).await;
        log.push("outer closed");
    }
    let result = attempt! { yield_from!(sums(log.clone())) };
    log.push(format_args!("{result:?}"));
    result?
}

#[test]
fn an_async_generator_delegates_to_a_regular_one() {
    let log = Log::default();
    let mut items = pin!(outer_of_sums(log.clone()));
    assert_eq!(ready(items.resume()), Some(Ok(0)));
    assert_eq!(ready(items.send(3)), Some(Ok(3)));
    assert_eq!(ready(items.throw("reset".to_owned())), Ok(Some(0)));
    assert_eq!(ready(items.send(5)), Some(Ok(5)));
    assert_eq!(ready(items.send(0)), None);
    assert_eq!(log.take(), "inner closed Ok(5) outer closed");
    assert_eq!(items.take_return(), Some(5));
    let mut items = pin!(outer_of_sums(log.clone()));
    ready(items.resume());
    assert_eq!(ready(items.throw("e".to_owned())), Err("e".to_owned()));
    assert_eq!(log.take(), "inner closed Err(\"e\") outer closed");
    let mut items = pin!(outer_of_sums(log.clone()));
    ready(items.resume());
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "inner closed outer closed");
}

#[test]
fn an_async_handle_of_a_regular_generator_has_the_same_results() {
    let log = Log::default();
    let (mut items, mut twin) = (pin!(sums(log.clone())), sync::pin!(sums(log.clone())));
    assert_eq!(ready(items.resume()), twin.resume());
    for sent in [3, 4] {
        assert_eq!(ready(items.send(sent)), twin.send(sent));
    }
    let reset = || "reset".to_owned();
    assert_eq!(ready(items.throw(reset())), twin.throw(reset()));
    assert_eq!(ready(items.try_next()), twin.try_next());
    assert_eq!(items.take_return(), twin.take_return());
    assert_eq!(log.take(), "inner closed inner closed");
    let mut items = Handle::boxed(sums(log.clone()));
    ready(items.resume());
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "inner closed");
}

#[test]
fn a_regular_boxed_generator_is_an_inner_one_of_an_async_recursion() {
    #[async_gen(boxed)]
    async fn even(n: u32) -> u32 {
        yield_!(n);
        if n > 0 {
            yield_from!(odd(n - 1));
        }
    }
    #[generator(boxed)]
    fn odd(n: u32) -> u32 {
        yield_!(n);
        // Not `even`, which is async.
        if n > 1 {
            yield_from!(odd(n - 2));
        }
    }
    assert_eq!(all(even(4)), [4, 3, 1]);
}

async_gen_items! {
    /// Of both kinds, in one call.
    #[generator]
    fn regular(to: u32) -> u32 {
        for n in 0..to {
            yield n;
        }
    }

    #[async_gen]
    async fn waiting(to: u32) -> u32 {
        for await n in regular(to) {
            yield n * 10;
        }
        yield_from!(regular(1));
    }

    mod inner {
        pub(super) struct Source(pub(super) u32);

        impl Source {
            #[generator]
            pub(super) fn plain(&self) -> u32 {
                yield self.0;
            }

            #[async_gen]
            pub(super) async fn waiting(&self) -> u32 {
                yield std::future::ready(self.0).await;
            }
        }
    }
}

#[test]
fn items_of_both_kinds_may_be_in_one_call() {
    assert_eq!(sync::pin!(regular(2)).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(all(waiting(2)), [0, 10, 0]);
    let source = inner::Source(7);
    assert_eq!(sync::pin!(source.plain()).sum::<u32>(), 7);
    assert_eq!(all(source.waiting()), [7]);
}

#[test]
fn functions_and_blocks_of_both_kinds_may_be_nested_in_a_body_of_either() {
    #[generator]
    fn outer(n: u32) -> u32 {
        #[async_gen]
        async fn waiting(n: u32) -> u32 {
            yield_!(std::future::ready(n).await);
        }
        #[generator]
        fn plain(n: u32) -> u32 {
            yield_!(n + 1);
        }
        let block = async_gen_block! { yield std::future::ready(n + 2).await; };
        yield_all!(all(waiting(n)));
        yield_from!(plain(n));
        yield_all!(all(block));
        let make = |m: u32| gen_runtime::generator_block! { yield m; yield m; };
        yield_from!(make(n + 3));
        // An async block is not a part of the body.
        yield_!(ready(async { std::future::ready(n + 4).await }));
    }
    #[async_gen]
    async fn around(n: u32) -> u32 {
        #[generator]
        fn plain(n: u32) -> u32 {
            yield_!(n);
        }
        yield_from!(plain(n));
        yield_from!(outer(n + 10));
        let block = gen_runtime::generator_block! { yield n + 20; };
        yield_from!(block);
    }
    assert_eq!(sync::pin!(outer(0)).collect::<Vec<_>>(), [0, 1, 2, 3, 3, 4]);
    assert_eq!(all(around(0)), [0, 10, 11, 12, 13, 13, 14, 20]);
}
