//! `Send`, `Sync` and `Unpin` are inferred from the values that a body holds across suspensions.

use std::marker::PhantomPinned;
use std::rc::Rc;

use gen_runtime::{
    BoxGenerator, BoxTryGenerator, Handle, LocalBoxGenerator, LocalBoxTryGenerator, async_gen, pin,
};
use probe::ready;
use static_assertions::{assert_impl_all, assert_not_impl_any};

fn is_send<T: Send>(value: T) -> T {
    value
}

fn is_sync<T: Sync>(value: T) -> T {
    value
}

#[async_gen]
async fn send(text: String) -> usize {
    {
        let count = Rc::new(1);
        drop(count);
    }
    yield_!(text.len());
    std::future::ready(()).await;
}

#[test]
fn values_that_are_not_held_across_a_suspension_do_not_count() {
    let mut items = pin!(is_sync(is_send(send("four".into()))));
    let call = is_send(items.next());
    assert_eq!(ready(call), Some(4));
}

/// Types that are only passed through are not held.
#[async_gen(send = u8, throws = std::string::ParseError)]
async fn generic<T: Send>(value: T) -> T {
    yield_!(value);
}

#[test]
fn a_generic_generator_is_send_if_its_argument_is() {
    let mut items = pin!(is_send(generic(1)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
}

/// Holds references to its surroundings across suspensions.
#[async_gen(throws = String, send = u8, returns = Vec<T>)]
async fn with_regions<T: Send + Sync + Clone>(value: T, text: &str) -> &str {
    let mut values = Vec::new();
    {
        defer! {
            std::future::ready(()).await;
            values.push(value.clone());
        }
        let caught = attempt! {
            std::future::ready(()).await;
            yield_!(text);
            values.push(value.clone());
        };
        if caught.is_err() {
            return Vec::new();
        }
        yield_!(&text[1..]);
    }
    values
}

#[test]
fn a_generator_with_regions_is_send_if_the_values_it_shares_are_sync() {
    let mut items = pin!(is_send(with_regions(1, "text")));
    assert_eq!(ready(items.resume()), Some(Ok("text")));
    let call = is_send(items.close());
    drop(call);
    let mut boxed: BoxTryGenerator<'_, &str, String, u8, Vec<u32>> =
        Handle::new(Box::pin(with_regions(1, "text")));
    assert_eq!(ready(boxed.resume()), Some(Ok("text")));
}

/// The sent type is not `Send`.
#[async_gen(send = Rc<u8>)]
async fn takes() -> u32 {
    drop(yield_!(1));
    yield_!(2);
}

#[test]
fn the_sent_type_does_not_count() {
    let mut items = pin!(is_sync(is_send(takes())));
    assert_eq!(ready(items.resume()), Some(1));
    assert_eq!(ready(items.send(Rc::new(0))), Some(2));
}

#[async_gen(bounds = Send + 'static)]
async fn bounded() -> u32 {
    yield_!(1);
}

fn static_and_send() -> impl gen_runtime::AsyncGenerator<Yield = u32, Item = u32> + Send + 'static {
    bounded()
}

#[test]
fn the_bounds_argument_adds_bounds() {
    drop(static_and_send());
}

#[test]
fn a_task_may_own_a_generator() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let sum = runtime.block_on(async {
        let task = tokio::spawn(async {
            let mut items = pin!(send("abc".into()));
            let mut sum = 0;
            while let Some(item) = items.next().await {
                tokio::task::yield_now().await;
                sum += item;
            }
            sum
        });
        task.await.unwrap()
    });
    assert_eq!(sum, 3);
}

assert_impl_all!(BoxGenerator<'static, u32>: Send, Unpin, std::fmt::Debug, futures::Stream);
assert_impl_all!(BoxTryGenerator<'static, u32, String>: Send, Unpin, futures::stream::FusedStream);
assert_impl_all!(LocalBoxGenerator<'static, u32>: Unpin, futures::Stream);
assert_not_impl_any!(LocalBoxGenerator<'static, u32>: Send);
assert_not_impl_any!(LocalBoxTryGenerator<'static, u32, String>: Send);
assert_impl_all!(Handle<&'static mut PhantomPinned>: Unpin);
assert_impl_all!(gen_runtime::State: Copy, Eq, std::hash::Hash);
