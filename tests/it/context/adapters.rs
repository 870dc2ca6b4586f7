//! Generators in a context, as regular generators, streams, boxed ones, and in loops; and contexts of other libraries.

use std::cell::Cell;
use std::marker::PhantomPinned;
use std::rc::Rc;

use futures::StreamExt;
use futures::stream::FusedStream;
use gen_runtime::{
    AsyncGenerator, BoxGenerator, Handle, InContext, LocalBoxTryGenerator, Polled, State,
    async_gen, generator, in_context, pin, sync,
};
use probe::{Gate, Log, ready};
use static_assertions::{assert_impl_all, assert_not_impl_any};

use super::logged;

#[generator(throws = char, send = u32, returns = u32)]
fn regular(log: Log) -> u32 {
    defer! { log.push("cleanup"); }
    let attempted = attempt! { yield_!(1) };
    log.push(format_args!("{attempted:?}"));
    yield_!(2);
    3
}

#[test]
fn a_regular_generator_in_a_context_is_regular() {
    let log = Log::default();
    let mut items = sync::pin!(in_context(regular(log.clone()), logged("c", &log)));
    assert_eq!(items.resume(), Some(Ok(1)));
    assert_eq!(items.throw('t'), Ok(Some(2)));
    assert_eq!(items.send(7), None);
    assert_eq!(items.take_return(), Some(3));
    assert_eq!(log.take(), "+c -c +c Err('t') -c +c cleanup -c");
    let mut items = sync::Handle::boxed(in_context(regular(log.clone()), logged("c", &log)));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.close(), Ok(()));
    assert_eq!(items.next(), None);
    assert_eq!(log.take(), "+c -c +c cleanup -c");
}

#[generator]
fn primes() -> u32 {
    for n in 2.. {
        if (2..n).all(|d| n % d != 0) {
            yield_!(n);
        }
    }
}

#[test]
fn a_regular_generator_in_a_context_is_an_iterator() {
    let polls = Cell::new(0);
    let count = |poll: &mut dyn FnMut() -> Polled| {
        polls.set(polls.get() + 1);
        poll()
    };
    let items = sync::pin!(in_context(primes(), count));
    assert_eq!(items.take(4).collect::<Vec<_>>(), [2, 3, 5, 7]);
    assert_eq!(polls.get(), 4);
    let boxed: sync::LocalBoxGenerator<'_, u32> =
        sync::Handle::boxed(in_context(primes(), count)).into();
    assert_eq!(boxed.take(2).sum::<u32>(), 5);
    assert_eq!(polls.get(), 6);
}

#[test]
fn a_regular_generator_that_delegates_to_one_in_a_context() {
    #[generator(throws = char, send = u32, returns = u32)]
    fn outer(log: Log) -> u32 {
        let context = logged("c", &log);
        yield_from!(in_context(regular(log.clone()), context)) + 1
    }
    let log = Log::default();
    let mut items = sync::pin!(outer(log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.throw('t'), Ok(Some(2)));
    assert_eq!(items.finish(), Ok(Some(4)));
    assert_eq!(log.take(), "+c -c +c Err('t') -c +c cleanup -c");
    // An async generator may run it, too.
    let mut items = pin!(in_context(outer(log.clone()), logged("async", &log)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(log.take(), "+async +c -c -async");
}

#[test]
fn a_regular_generator_that_waits_is_finished_outside() {
    macro_rules! hidden {
        ($future:expr) => {
            $future.await
        };
    }
    #[generator]
    fn waits(log: Log) -> u32 {
        let _local = log.guard("local");
        hidden!(std::future::pending::<()>());
        yield_!(1);
    }
    let log = Log::default();
    let mut items = sync::pin!(in_context(waits(log.clone()), logged("c", &log)));
    let message = probe::panic_message(|| items.next());
    assert!(message.contains("use `#[async_gen]`"), "{message}");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "+c -c -local");
}

#[async_gen]
async fn numbers(gate: Gate, log: Log) -> u32 {
    defer! {
        log.push("cleanup");
        gate.clone().await;
        log.push("cleaned");
    }
    for n in 0..3 {
        gate.clone().await;
        yield_!(n);
    }
}

fn open() -> (Gate, Log) {
    let gate = Gate::default();
    gate.open();
    (gate, Log::default())
}

#[test]
fn a_generator_in_a_context_is_a_stream() {
    let (gate, log) = open();
    let mut stream = std::pin::pin!(in_context(
        numbers(gate.clone(), log.clone()),
        logged("c", &log)
    ));
    assert_eq!(futures::Stream::size_hint(&stream), (0, None));
    assert_eq!(ready(StreamExt::next(&mut stream)), Some(0));
    log.push("consumer");
    assert_eq!(ready(StreamExt::next(&mut stream)), Some(1));
    assert!(!stream.is_terminated());
    assert_eq!(ready(stream.by_ref().collect::<Vec<_>>()), [2]);
    assert!(stream.is_terminated());
    assert_eq!(futures::Stream::size_hint(&stream), (0, Some(0)));
    assert_eq!(
        log.take(),
        "+c -c consumer +c -c +c -c +c cleanup cleaned -c"
    );
    assert_eq!(ready(StreamExt::next(&mut stream)), None);
    assert_eq!(log.take(), "");

    let stream = in_context(numbers(gate, log.clone()), logged("c", &log));
    let doubled = stream.map(|n| n * 2).take(2).collect::<Vec<_>>();
    assert_eq!(ready(doubled), [0, 2]);
    assert_eq!(log.take(), "+c -c +c -c");
}

#[test]
fn a_loop_that_closes() {
    #[async_gen]
    async fn outer(gate: Gate, log: Log) -> u32 {
        let items = in_context(numbers(gate, log.clone()), logged("c", &log));
        #[for_await(close)]
        for n in items {
            yield_!(n);
            if n == 1 {
                break;
            }
        }
        log.push("behind");
    }
    let (gate, log) = open();
    let mut items = pin!(outer(gate.clone(), log.clone()));
    assert_eq!(ready(items.next()), Some(0));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(log.take(), "+c -c +c -c");
    gate.shut();
    let mut call = items.next();
    assert!(probe::poll(&mut call).is_pending());
    assert_eq!(log.take(), "+c cleanup -c");
    gate.open();
    assert_eq!(ready(call), None);
    assert_eq!(log.take(), "+c cleaned -c behind");
}

#[test]
fn a_handle_can_be_closed_by_a_closure() {
    let (gate, log) = open();
    let items = in_context(numbers(gate, log.clone()), logged("c", &log));
    let first = ready(gen_runtime::closing(items, async |items| {
        items.next().await
    }));
    assert_eq!(first, Some(0));
    assert_eq!(log.take(), "+c -c +c cleanup cleaned -c");
}

#[test]
fn a_boxed_generator_in_a_context_boxed() {
    #[async_gen(boxed)]
    async fn items(n: u32) -> u32 {
        yield_!(n);
    }
    let mut polls = 0;
    {
        let context = in_context(items(1), |poll| {
            polls += 1;
            poll()
        });
        let mut boxed: BoxGenerator<'_, u32> = Handle::boxed(context).into();
        assert_eq!(ready(boxed.next()), Some(1));
        assert_eq!(ready(boxed.next()), None);
    }
    assert_eq!(polls, 2);
}

#[tokio::test]
async fn a_task_local_is_set_in_the_body_and_not_in_the_consumer() {
    tokio::task_local! {
        static USER: &'static str;
    }
    fn user() -> &'static str {
        USER.try_with(|user| *user).unwrap_or("none")
    }
    #[async_gen]
    async fn items() -> &'static str {
        yield_!(user());
        tokio::task::yield_now().await;
        yield_!(user());
    }
    let mut both = pin!(in_context(items(), |poll| USER.sync_scope("body", poll)));
    USER.scope("consumer", async {
        assert_eq!(both.next().await, Some("body"));
        assert_eq!(user(), "consumer");
        assert_eq!(both.next().await, Some("body"));
    })
    .await;
    assert_eq!(both.next().await, None);
    assert_eq!(user(), "none");
}

#[test]
fn a_span_is_entered_by_the_closure_as_it_is() {
    let span = tracing::info_span!("rows");
    let mut items = pin!(in_context(primes(), move |poll| span.in_scope(poll)));
    assert_eq!(ready(items.next()), Some(2));
}

type Function = fn(&mut dyn FnMut() -> Polled) -> Polled;

assert_impl_all!(InContext<BoxGenerator<'static, u32>, Function>: Send, Unpin, FusedStream, AsyncGenerator);
// The boxed forms are not `Sync`.
assert_not_impl_any!(InContext<BoxGenerator<'static, u32>, Function>: Sync);
assert_not_impl_any!(InContext<LocalBoxTryGenerator<'static, u32, char>, Function>: Send);
assert_impl_all!(InContext<sync::BoxGenerator<'static, u32>, Function>: sync::Generator);
assert_not_impl_any!(InContext<BoxGenerator<'static, u32>, Function>: sync::Generator);
assert_impl_all!(Polled: Send, Sync, Unpin);
assert_not_impl_any!(Polled: Clone, Default);

#[test]
fn auto_traits_are_those_of_the_generator_and_of_the_closure() {
    fn both<T: Send + Sync>(_: &T) {}
    fn unpin<T: Unpin>(_: &T) {}

    let context = in_context(primes(), |poll| poll());
    both(&context);
    // The closure is not pinned.
    let (captured, pinned) = (Rc::new(1), PhantomPinned);
    let mut boxed = Box::pin(primes());
    let context = in_context(boxed.as_mut(), move |poll| {
        let _ = (&captured, &pinned);
        poll()
    });
    unpin(&context);
}
