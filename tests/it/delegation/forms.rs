//! The places where a delegation may stand, and the forms of its operand.

use std::rc::Rc;

use gen_runtime::{
    AsyncGenerator, BoxGenerator, Handle, async_gen, async_gen_block, async_gen_items, pin,
};
use probe::{Log, ready};
use static_assertions::{assert_impl_all, assert_not_impl_any};

#[async_gen(returns = u32)]
async fn count(to: u32) -> u32 {
    for n in 1..=to {
        yield_!(n);
    }
    to
}

/// All items, as a list.
fn list<G>(generator: G) -> Vec<u32>
where
    G: AsyncGenerator<Yield = u32, Sent = (), Item = u32>,
{
    let mut items = pin!(generator);
    let mut list = Vec::new();
    while let Some(item) = ready(items.next()) {
        list.push(item);
    }
    list
}

async_gen_items! {
    #[async_gen]
    async fn in_items() -> u32 {
        yield_from!(count(2));
        yield 7;
    }
}

#[test]
fn in_items_and_blocks() {
    assert_eq!(list(in_items()), [1, 2, 7]);
    let block = async_gen_block! {
        let last = yield_from!(count(2));
        yield last * 10;
    };
    assert_eq!(list(block), [1, 2, 20]);
}

#[test]
fn with_a_path_and_with_other_brackets() {
    #[async_gen]
    async fn outer() -> u32 {
        gen_runtime::yield_from!(count(1));
        yield_from![count(1)];
        yield_from! { count(1) }
        gen_runtime::yield_all!(futures::stream::iter([5]));
        yield_all! { futures::stream::iter([6]) }
    }
    assert_eq!(list(outer()), [1, 1, 1, 5, 6]);
}

#[test]
fn in_all_kinds_of_expressions() {
    #[async_gen]
    async fn outer() -> u32 {
        let sum = yield_from!(count(1)) + 2 * yield_from!(count(2));
        yield_!(sum);
        if yield_from!(count(1)) == 1 && yield_from!(count(0)) == 0 {
            yield_!(yield_from!(count(1)) * 100);
        }
        let list = [yield_from!(count(0)), yield_from!(count(1))];
        match (list, yield_from!(count(1))) {
            ([0, 1], 1) => yield_!(200),
            _ => unreachable!(),
        }
        let nested = {
            let value = yield_from!(count(yield_from!(count(1))));
            value + 300
        };
        yield_!(nested);
        while yield_from!(count(1)) != 1 {}
        let Some(n) = Some(yield_from!(count(1))) else {
            return;
        };
        yield_!(n);
    }
    assert_eq!(
        list(outer()),
        [1, 1, 2, 5, 1, 1, 100, 1, 1, 200, 1, 1, 301, 1, 1, 1]
    );
}

#[test]
fn as_the_end_of_a_body() {
    #[async_gen(returns = u32)]
    async fn value() -> u32 {
        yield_from!(count(2))
    }
    #[async_gen]
    async fn unit() -> u32 {
        #[async_gen]
        async fn inner() -> u32 {
            yield_!(1);
        }
        yield_from!(inner())
    }
    let mut items = pin!(value());
    while ready(items.next()).is_some() {}
    assert_eq!(items.take_return(), Some(2));
    assert_eq!(list(unit()), [1]);
}

#[test]
fn in_regions_and_jumps_out_of_them() {
    #[async_gen(throws = String, returns = u32)]
    async fn outer(log: Log) -> u32 {
        let value = attempt! {
            defer! { log.push("deferred"); }
            yield_from!(count(1))
        };
        log.push(format_args!("{value:?}"));
        loop {
            defer! { log.push("loop"); }
            if yield_from!(count(1)) == 1 {
                break;
            }
        }
        attempt! { return yield_from!(count(3)); }?
    }
    let log = Log::default();
    let mut items = pin!(outer(log.clone()));
    for n in [1, 1, 1, 2, 3] {
        assert_eq!(ready(items.next()), Some(Ok(n)));
    }
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(3));
    assert_eq!(log.take(), "deferred Ok(1) loop");
}

#[test]
#[expect(clippy::useless_vec, reason = "a known macro")]
fn in_known_macros() {
    #[async_gen]
    async fn outer(log: Log) -> u32 {
        log.push(format!(
            "{} {}",
            yield_from!(count(1)),
            yield_from!(count(2))
        ));
        assert_eq!(yield_from!(count(1)), 1);
        for n in vec![yield_from!(count(1)); 2] {
            yield_!(n + 10);
        }
        tokio::select! {
            n = std::future::ready(3) => log.push(yield_from!(count(n))),
        }
    }
    let log = Log::default();
    assert_eq!(list(outer(log.clone())), [1, 1, 2, 1, 1, 11, 11, 1, 2, 3]);
    assert_eq!(log.take(), "1 2 3");
}

/// Expands to its argument, and is not known to the library.
macro_rules! same {
    ($($tokens:tt)*) => { $($tokens)* };
}

#[test]
fn in_the_tokens_of_other_macros() {
    #[async_gen(throws = String)]
    async fn outer() -> u32 {
        yield_!(0);
        let n = same!(yield_from!(count(2)) + 1);
        yield_!(n);
        same! {
            yield_all!(futures::stream::iter([5_u32, 6]));
            let last = yield_from!(count(1));
        }
        yield_!(last * 7);
    }
    let mut items = pin!(outer());
    for n in [0, 1, 2, 3, 5, 6, 1, 7] {
        assert_eq!(ready(items.next()), Some(Ok(n)));
    }
    assert_eq!(ready(items.next()), None);
}

#[test]
fn in_a_macro_of_the_body() {
    #[async_gen]
    async fn outer() -> u32 {
        macro_rules! twice {
            ($to:expr) => {
                yield_from!(count($to)) + yield_from!(count($to))
            };
        }
        let sum = twice!(2);
        yield_!(sum);
    }
    assert_eq!(list(outer()), [1, 2, 1, 2, 4]);
}

#[test]
fn the_forms_of_an_inner_generator() {
    #[async_gen]
    async fn outer<G>(opaque: G, boxed: BoxGenerator<'_, u32, (), u32>) -> u32
    where
        G: AsyncGenerator<Yield = u32, Sent = (), Item = u32, Error = std::convert::Infallible>,
    {
        yield_from!(opaque);
        yield_from!(boxed);
        yield_from!(Handle::boxed(count(1)));
        yield_from!(Box::pin(count(1)));
        yield_from!(Box::new(Handle::boxed(count(1))));
        let mut handle = pin!(count(1));
        yield_from!(&mut handle);
        let mut handle = pin!(count(1));
        yield_from!(handle.as_mut());
        yield_from!(pin!(count(1)));
        yield_from!(async_gen_block! { yield 9; });
        let () = yield_all!(Box::pin(futures::stream::iter([10])));
    }
    let items = outer(count(1), Handle::boxed(count(1)).into());
    assert_eq!(list(items), [1, 1, 1, 1, 1, 1, 1, 1, 9, 10]);
}

#[test]
fn an_inner_generator_decides_whether_the_outer_one_is_send() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    #[async_gen]
    async fn outer<G>(inner: G) -> u32
    where
        G: AsyncGenerator<Yield = u32, Sent = (), Item = u32, Error = std::convert::Infallible>,
    {
        yield_from!(inner);
    }
    assert_eq!(list(is_send(outer(count(1)))), [1]);
    let local = async_gen_block! {
        let shared = Rc::new(1);
        yield *shared;
    };
    assert_eq!(list(outer(local)), [1]);
    assert_impl_all!(BoxGenerator<'static, u32>: Send, Unpin);
    assert_not_impl_any!(gen_runtime::LocalBoxGenerator<'static, u32>: Send);
}

#[test]
fn polled_on_another_thread_each_time() {
    #[async_gen(boxed)]
    async fn nested(depth: u32) -> u32 {
        if depth == 0 {
            for n in 0..8 {
                yield_!(n);
            }
        } else {
            yield_from!(nested(depth - 1));
        }
    }
    let mut items = nested(20);
    for n in 0..8 {
        let (item, rest) = std::thread::spawn(move || (ready(items.next()), items))
            .join()
            .unwrap();
        assert_eq!(item, Some(n));
        items = rest;
    }
}
