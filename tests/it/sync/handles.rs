//! The forms of a handle, and the traits that they have.

use std::convert::Infallible;
use std::fmt::Debug;
use std::pin::Pin;
use std::rc::Rc;

use futures::stream::{FusedStream, Stream};
use gen_runtime::sync::{
    self, BoxGenerator, BoxTryGenerator, LocalBoxGenerator, LocalBoxTryGenerator,
};
use gen_runtime::{AsyncGenerator, Handle, State, generator};
use probe::{Log, ready};
use static_assertions::{assert_impl_all, assert_not_impl_any};

#[generator]
fn numbers(to: u32) -> u32 {
    for n in 1..=to {
        yield_!(n);
    }
}

#[generator(send = u32, throws = String, returns = u32)]
fn sums() -> u32 {
    let mut sum = 0;
    while sum < 10 {
        sum += yield_!(sum);
    }
    sum
}

#[generator]
fn shared() -> Rc<u32> {
    let number = Rc::new(1);
    yield_!(Rc::clone(&number));
}

assert_impl_all!(BoxGenerator<'static, u32>: Send, Unpin, Debug, Iterator<Item = u32>);
assert_impl_all!(BoxTryGenerator<'static, u32, String>: Send, Unpin, Iterator<Item = Result<u32, String>>);
assert_not_impl_any!(BoxGenerator<'static, u32>: Sync, Clone);
assert_not_impl_any!(LocalBoxGenerator<'static, u32>: Send, Sync);
assert_not_impl_any!(LocalBoxTryGenerator<'static, u32, String>: Send, Sync);
// Its yields need a value that has no default.
assert_not_impl_any!(BoxGenerator<'static, u32, Box<dyn Debug>>: Iterator);
assert_impl_all!(sync::Handle<&'static mut std::marker::PhantomPinned>: Unpin);

fn is_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn a_generator_is_send_if_its_body_is() {
    assert_eq!(sync::pin!(is_send(numbers(2))).count(), 2);
    let handle = is_send(sync::Handle::boxed(numbers(3)));
    let count = std::thread::spawn(move || handle.count()).join().unwrap();
    assert_eq!(count, 3);
    assert_eq!(sync::pin!(shared()).map(|n| *n).sum::<u32>(), 1);
}

#[test]
fn a_boxed_generator_may_run_on_another_thread_each_time() {
    let mut items: BoxGenerator<'static, u32> = sync::Handle::boxed(numbers(4)).into();
    for n in 1..=4 {
        let (item, rest) = std::thread::spawn(move || (items.next(), items))
            .join()
            .unwrap();
        assert_eq!(item, Some(n));
        items = rest;
    }
    assert_eq!(items.next(), None);
}

#[test]
fn a_handle_on_the_heap_converts_into_each_alias() {
    let boxed: BoxGenerator<'_, u32> = sync::Handle::boxed(numbers(1)).into();
    let local: LocalBoxGenerator<'_, Rc<u32>> = sync::Handle::boxed(shared()).into();
    let mut failing: BoxTryGenerator<'_, u32, String, u32, u32> =
        sync::Handle::boxed(sums()).into();
    let mut local_failing: LocalBoxTryGenerator<'_, u32, String, u32, u32> =
        sync::Handle::boxed(sums()).into();
    assert_eq!((boxed.count(), local.count()), (1, 1));
    assert_eq!(failing.resume(), Some(Ok(0)));
    assert_eq!(failing.throw("e".to_owned()), Err("e".to_owned()));
    assert_eq!(local_failing.next(), Some(Ok(0)));
    assert_eq!(local_failing.send(12), None);
    assert_eq!(local_failing.take_return(), Some(12));
}

#[test]
fn a_conversion_keeps_the_state() {
    let mut items = sync::Handle::boxed(numbers(3));
    assert_eq!(items.next(), Some(1));
    let mut items: BoxGenerator<'_, u32> = items.into();
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(items.next(), Some(2));
}

#[test]
fn new_takes_any_pinned_pointer() {
    let pointer: Pin<
        Box<
            dyn sync::Generator<Yield = u32, Sent = (), Error = Infallible, Return = (), Item = u32>,
        >,
    > = Box::pin(numbers(2));
    assert_eq!(sync::Handle::new(pointer).sum::<u32>(), 3);
    let mut pinned = std::pin::pin!(numbers(3));
    assert_eq!(sync::Handle::new(pinned.as_mut()).next(), Some(1));
    assert_eq!(sync::Handle::new(pinned).sum::<u32>(), 5);
}

#[test]
fn as_mut_lends_a_handle_and_into_inner_returns_the_pointer() {
    let mut items = sync::pin!(numbers(4));
    assert_eq!(items.as_mut().take(1).sum::<u32>(), 1);
    assert_eq!(items.as_mut().next(), Some(2));
    let mut items = sync::Handle::new(items.into_inner());
    assert_eq!(items.next(), Some(3));
    let boxed = sync::Handle::boxed(numbers(2));
    let mut again = sync::Handle::new(boxed.into_inner());
    assert_eq!(again.by_ref().count(), 2);
}

#[test]
fn dropping_a_handle_drops_only_a_generator_that_it_owns() {
    #[generator]
    fn guarded(guard: probe::Guard, log: Log) -> u32 {
        defer! { log.push("not run"); }
        let _local = log.guard("local");
        yield_!(1);
        drop(guard);
    }
    let log = Log::default();
    {
        let mut items = sync::pin!(guarded(log.guard("argument"), log.clone()));
        items.next();
        drop(items);
        assert_eq!(log.take(), "");
    }
    assert_eq!(log.take(), "-local -argument");
    let mut items = sync::Handle::boxed(guarded(log.guard("argument"), log.clone()));
    items.next();
    drop(items);
    assert_eq!(log.take(), "-local -argument");
}

#[test]
fn debug_shows_the_state() {
    let mut items = sync::Handle::boxed(numbers(0));
    assert_eq!(format!("{items:?}"), "Handle { state: Created, .. }");
    items.next();
    assert_eq!(format!("{items:?}"), "Handle { state: Finished, .. }");
}

#[test]
fn an_async_handle_of_the_same_generator_continues_it() {
    let mut items = sync::Handle::boxed(numbers(3));
    assert_eq!(items.next(), Some(1));
    let mut items = Handle::new(items.into_inner());
    assert_eq!(ready(items.next()), Some(2));
    let mut items = sync::Handle::new(items.into_inner());
    assert_eq!((items.next(), items.next()), (Some(3), None));
}

#[test]
fn a_regular_generator_is_an_async_one_and_a_stream() {
    fn is_async<G>(generator: G) -> G
    where
        G: AsyncGenerator<Yield = u32, Item = u32> + FusedStream<Item = u32>,
    {
        generator
    }
    let items: Vec<_> = ready(futures::StreamExt::collect(is_async(numbers(2))));
    assert_eq!(items, [1, 2]);
    let generator = numbers(0);
    assert_eq!(generator.size_hint(), (0, None));
    assert!(!generator.is_terminated());
}
