//! Yields and regions in chains of `let`.
//!
//! A separate file, since it needs Rust 1.88, and the other tests compile on the minimum supported
//! version.

use gen_runtime::{async_gen, generator, pin, sync};
use probe::ready;

#[async_gen(send = u32, returns = u32)]
async fn chains(n: u32) -> u32 {
    if yield_!(n) == 10
        && let Some(m) = yield_!(2).checked_sub(1)
        && yield_!(m) > 0
        && let x @ 30.. = yield_!(3)
    {
        return x;
    }
    yield_!(4)
}

/// Returns the items and the return value of `chains(n)`. Sends ten times each item.
fn tenfold(n: u32) -> (Vec<u32>, u32) {
    let mut items = pin!(chains(n));
    let mut all = Vec::new();
    let mut next = ready(items.resume());
    while let Some(item) = next {
        all.push(item);
        next = ready(items.send(item * 10));
    }
    (all, items.take_return().unwrap())
}

#[test]
fn a_yield_may_be_written_in_a_let_chain() {
    assert_eq!(tenfold(1), (vec![1, 2, 19, 3], 30));
    assert_eq!(tenfold(0), (vec![0, 4], 40));
}

#[async_gen(throws = &'static str)]
async fn attempts() -> u32 {
    let mut errors = 0;
    while let Err(error) = (attempt! { yield_!(errors) })
        && error != "stop"
        && attempt! { yield_!(100) }.is_ok()
    {
        errors += 1;
    }
}

#[test]
fn an_attempt_may_be_written_in_a_let_chain() {
    let mut items = pin!(attempts());
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.throw("go on")), Ok(Some(100)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw("stop")), Ok(None));
}

#[generator(throws = u8, send = u32)]
fn regular(n: u32) -> u32 {
    if yield_!(n) == 10
        && let Ok(m @ 20..) = (attempt! { yield_!(2) })
        && yield_!(m) > 0
    {
        yield_!(3);
    }
}

#[test]
fn a_regular_generator_may_yield_in_a_let_chain() {
    let mut items = sync::pin!(regular(1));
    assert_eq!(items.resume(), Some(Ok(1)));
    assert_eq!(items.send(10), Some(Ok(2)));
    assert_eq!(items.send(20), Some(Ok(20)));
    assert_eq!(items.send(5), Some(Ok(3)));
    let mut items = sync::pin!(regular(1));
    items.resume();
    items.send(10);
    assert_eq!(items.throw(1), Ok(None));
}
