//! `on_drop`, in each state of the generator.

use std::future::Future;

use futures::future::FusedFuture;
use futures::stream::{FusedStream, Stream, StreamExt};
use gen_runtime::{
    Abandoned, AsyncGenerator, BoxGenerator, BoxTryGenerator, Handle, OnDrop, State, async_gen,
    generator, on_drop, pin,
};
use probe::{Gate, Guard, Log, drop_half_way, panic_message, poll, ready};

use super::{Caught, caught};

#[async_gen]
async fn numbers(argument: Guard, log: Log, [body, cleanup]: [Gate; 2]) -> u32 {
    let _ = &argument;
    let _local = log.guard("local");
    defer! {
        log.push("cleanup");
        cleanup.await;
        log.push("cleaned");
    }
    yield_!(1);
    body.await;
    yield_!(2);
}

type Gates = [Gate; 2];

fn start(
    log: &Log,
) -> (
    gen_runtime::LocalBoxGenerator<'static, u32>,
    Caught<impl AsyncGenerator<Error = std::convert::Infallible> + use<>>,
    Gates,
) {
    let gates = Gates::default();
    let (handle, caught) = caught(
        numbers(log.guard("argument"), log.clone(), gates.clone()),
        log,
    );
    (handle, caught, gates)
}

#[test]
fn created_it_is_dropped_without_a_call_of_the_hook() {
    let log = Log::default();
    let (handle, caught, _) = start(&log);
    drop(handle);
    assert_eq!(log.take(), "-argument -hook");
    assert_eq!(caught.len(), 0);
}

#[test]
fn suspended_it_is_closed_by_the_future_of_the_hook() {
    let log = Log::default();
    let (mut handle, caught, [_, cleanup]) = start(&log);
    assert_eq!(ready(handle.next()), Some(1));
    drop(handle);
    assert_eq!(log.take(), "hook -hook");

    let mut abandoned = caught.take();
    assert_eq!(abandoned.state(), State::Suspended);
    assert!(poll(&mut abandoned).is_pending());
    assert_eq!(log.take(), "cleanup");
    assert_eq!(abandoned.state(), State::Closing);
    assert!(poll(&mut abandoned).is_pending());
    cleanup.open();
    assert!(!abandoned.is_terminated());
    assert_eq!(ready(&mut abandoned), Ok(()));
    assert_eq!(log.take(), "cleaned -local -argument");
    assert_eq!(abandoned.state(), State::Finished);
    assert!(abandoned.is_terminated());
    assert_eq!(cleanup.polls(), 3);
}

#[test]
fn in_flight_it_is_closed_at_its_await() {
    let log = Log::default();
    let (mut handle, caught, [body, cleanup]) = start(&log);
    cleanup.open();
    assert_eq!(ready(handle.next()), Some(1));
    drop_half_way(handle.next());
    drop(handle);
    let abandoned = caught.take();
    assert_eq!(abandoned.state(), State::InFlight);
    assert_eq!(ready(abandoned), Ok(()));
    assert_eq!(log.take(), "hook -hook cleanup cleaned -local -argument");
    assert_eq!(body.polls(), 1);
}

#[test]
fn closing_its_close_continues_and_each_cleanup_runs_once() {
    let log = Log::default();
    let (mut handle, caught, [_, cleanup]) = start(&log);
    assert_eq!(ready(handle.next()), Some(1));
    drop_half_way(handle.close());
    assert_eq!(log.take(), "cleanup");
    drop(handle);
    let abandoned = caught.take();
    assert_eq!(abandoned.state(), State::Closing);
    cleanup.open();
    assert_eq!(ready(abandoned), Ok(()));
    assert_eq!(log.take(), "hook -hook cleaned -local -argument");
}

#[test]
fn finished_the_hook_is_dropped_in_the_call_that_ended_it() {
    let log = Log::default();
    let (mut handle, caught, [body, cleanup]) = start(&log);
    body.open();
    cleanup.open();
    assert_eq!(ready(handle.next()), Some(1));
    assert_eq!(ready(handle.next()), Some(2));
    assert_eq!(log.take(), "");
    assert_eq!(ready(handle.next()), None);
    assert_eq!(log.take(), "cleanup cleaned -local -argument -hook");
    drop(handle);
    assert_eq!((log.take().as_str(), caught.len()), ("", 0));
}

#[test]
fn closed_by_its_consumer_it_is_not_closed_again() {
    let log = Log::default();
    let (mut handle, caught, [_, cleanup]) = start(&log);
    cleanup.open();
    assert_eq!(ready(handle.next()), Some(1));
    assert_eq!(ready(handle.close()), Ok(()));
    assert_eq!(log.take(), "cleanup cleaned -local -argument -hook");
    drop(handle);
    assert_eq!((log.take().as_str(), caught.len()), ("", 0));
}

#[test]
fn closed_before_it_was_started_it_has_ended() {
    let log = Log::default();
    let (mut handle, caught, _) = start(&log);
    assert_eq!(ready(handle.close()), Ok(()));
    assert_eq!(log.take(), "-argument -hook");
    drop(handle);
    assert_eq!((log.take().as_str(), caught.len()), ("", 0));
}

#[test]
fn a_generator_that_has_ended_before_drops_the_hook_at_once() {
    let log = Log::default();
    let mut handle = Handle::boxed(numbers(
        log.guard("argument"),
        log.clone(),
        Gates::default(),
    ));
    assert_eq!(ready(handle.close()), Ok(()));
    assert_eq!(log.take(), "-argument");
    let (handle, _caught) = caught(handle, &log);
    assert_eq!(log.take(), "-hook");
    assert_eq!(handle.state(), State::Finished);
}

#[test]
fn a_generator_that_was_started_before_is_closed() {
    let log = Log::default();
    let gates = Gates::default();
    gates[1].open();
    let mut handle = Handle::boxed(numbers(log.guard("argument"), log.clone(), gates));
    assert_eq!(ready(handle.next()), Some(1));
    let (handle, caught) = caught(handle, &log);
    drop(handle);
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook cleanup cleaned -local -argument");
}

#[test]
fn an_abandoned_generator_that_is_dropped_runs_destructors_only() {
    let log = Log::default();
    let (mut handle, caught, _) = start(&log);
    assert_eq!(ready(handle.next()), Some(1));
    drop(handle);
    drop(caught.take());
    assert_eq!(log.take(), "hook -hook -local -argument");
}

#[test]
fn an_abandoned_generator_that_is_dropped_in_its_cleanup_stops_there() {
    let log = Log::default();
    let (mut handle, caught, _) = start(&log);
    assert_eq!(ready(handle.next()), Some(1));
    drop(handle);
    drop_half_way(caught.take());
    assert_eq!(log.take(), "hook -hook cleanup -local -argument");
}

#[test]
fn an_abandoned_generator_panics_if_it_is_polled_after_its_end() {
    let log = Log::default();
    let (mut handle, caught, [_, cleanup]) = start(&log);
    cleanup.open();
    assert_eq!(ready(handle.next()), Some(1));
    drop(handle);
    let mut abandoned = caught.take();
    assert_eq!(ready(&mut abandoned), Ok(()));
    assert_eq!(
        panic_message(|| poll(&mut abandoned)),
        "polled after it was ready"
    );
}

#[async_gen(throws = &'static str, send = u32, returns = u32)]
async fn protocol(log: Log) -> u32 {
    defer! {
        log.push("cleanup");
        Err("from the cleanup")?;
    }
    let mut sum = 0;
    loop {
        match attempt! { yield_!(sum) } {
            Ok(0) => return sum,
            Ok(n) => sum += n,
            Err(error) => log.push(error),
        }
        if sum > 100 {
            log.push("too much");
            Err("too much")?;
        }
    }
}

#[test]
fn the_whole_protocol_passes_through_and_an_error_of_the_cleanup_leaves_the_close() {
    let log = Log::default();
    let caught = Caught::new();
    let mut handle = on_drop(protocol(log.clone()), caught.hook(&log));
    assert_eq!(ready(handle.resume()), Some(Ok(0)));
    assert_eq!(ready(handle.send(5)), Some(Ok(5)));
    assert_eq!(ready(handle.throw("caught")), Ok(Some(5)));
    assert_eq!(handle.try_send(2).map(ready).unwrap(), Some(Ok(7)));
    assert_eq!(log.take(), "caught");
    drop(handle);
    assert_eq!(ready(caught.take()), Err("from the cleanup"));
    assert_eq!(log.take(), "hook -hook cleanup");
}

#[test]
fn an_error_that_ends_it_drops_the_hook() {
    let log = Log::default();
    let caught = Caught::new();
    let mut handle = on_drop(protocol(log.clone()), caught.hook(&log));
    assert_eq!(ready(handle.resume()), Some(Ok(0)));
    assert_eq!(ready(handle.send(101)), Some(Err("from the cleanup")));
    assert_eq!(log.take(), "too much cleanup -hook");
    drop(handle);
    assert_eq!(caught.len(), 0);
}

#[async_gen(throws = &'static str)]
async fn yields_an_error() -> u32 {
    yield_!(Err("skipped"));
}

#[test]
fn an_error_as_an_item_does_not_end_it() {
    let log = Log::default();
    let caught = Caught::new();
    let mut handle = on_drop(yields_an_error(), caught.hook(&log));
    assert_eq!(ready(handle.next()), Some(Err("skipped")));
    drop(handle);
    assert_eq!(log.take(), "hook -hook");
    assert_eq!(ready(caught.take()), Ok(()));
}

#[async_gen(returns = u32)]
async fn returns() -> u32 {
    yield_!(1);
    7
}

#[test]
fn its_return_value_can_be_taken() {
    let mut handle = on_drop(returns(), |_| panic!("it has ended"));
    assert_eq!(ready(handle.finish()), Ok(Some(7)));
}

#[generator]
fn regular(log: Log) -> u32 {
    defer! { log.push("cleanup"); }
    yield_!(1);
    yield_!(2);
}

#[test]
fn a_regular_generator_is_closed_in_one_poll() {
    let log = Log::default();
    let (mut handle, caught) = caught(regular(log.clone()), &log);
    assert_eq!(ready(handle.next()), Some(1));
    drop(handle);
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook cleanup");
}

#[test]
fn in_pin_and_in_a_stream_combinator_it_is_closed_too() {
    let log = Log::default();
    let (handle, first) = caught(regular(log.clone()), &log);
    {
        let mut items = pin!(handle);
        assert_eq!(ready(items.next()), Some(1));
    }
    assert_eq!(ready(first.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook cleanup");

    let (handle, second) = caught(regular(log.clone()), &log);
    let all: Vec<u32> = ready(handle.take(1).map(|n| n * 10).collect());
    assert_eq!(all, [10]);
    assert_eq!(ready(second.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook cleanup");
}

#[test]
fn the_handle_is_a_fused_stream() {
    let mut handle = on_drop(returns(), |_| ());
    assert_eq!(handle.size_hint(), (0, None));
    assert_eq!(ready(StreamExt::next(&mut handle)), Some(1));
    assert!(!handle.is_terminated());
    assert_eq!(ready(StreamExt::next(&mut handle)), None);
    assert!(handle.is_terminated());
    assert_eq!(handle.size_hint(), (0, Some(0)));
}

#[async_gen]
async fn closes_in_its_loop(log: Log, gate: Gate) -> u32 {
    let handle = on_drop(regular(log.clone()), |_| panic!("the loop has closed it"));
    #[for_await(close)]
    for n in handle {
        gate.clone().await;
        yield_!(n);
    }
}

#[test]
fn a_loop_that_closes_it_leaves_nothing_for_the_hook() {
    let (log, gate) = (Log::default(), Gate::default());
    gate.open();
    let mut items = Handle::boxed(closes_in_its_loop(log.clone(), gate));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "cleanup");
}

#[async_gen]
async fn panics(log: Log) -> u32 {
    defer! { log.push("cleanup"); }
    yield_!(1);
    panic!("in the body");
}

#[test]
fn a_panic_of_the_body_ends_it_and_drops_the_hook() {
    let log = Log::default();
    let (mut handle, caught) = caught(panics(log.clone()), &log);
    assert_eq!(ready(handle.next()), Some(1));
    assert_eq!(panic_message(|| ready(handle.next())), "in the body");
    assert_eq!(log.take(), "-hook");
    drop(handle);
    assert_eq!((log.take().as_str(), caught.len()), ("", 0));
}

#[test]
fn forgotten_it_calls_no_hook() {
    let log = Log::default();
    let (mut handle, caught) = caught(regular(log.clone()), &log);
    assert_eq!(ready(handle.next()), Some(1));
    std::mem::forget(handle);
    assert_eq!((log.take().as_str(), caught.len()), ("", 0));
}

#[test]
fn debug_shows_the_state() {
    let mut handle = on_drop(returns(), |abandoned| {
        assert_eq!(
            format!("{abandoned:?}"),
            "Abandoned { state: Suspended, .. }"
        );
    });
    assert!(format!("{handle:?}").starts_with("Handle { state: Created, "));
    ready(handle.next());
}

// Types.

fn hook<G>() -> fn(Abandoned<G>) {
    |_| ()
}

fn is_send<T: Send>(_: &T) {}
fn is_unpin<T: Unpin>(_: &T) {}
fn is_future<T: Future<Output = Result<(), E>> + Unpin + 'static, E>(_: &T) {}

#[async_gen]
async fn sendable() -> u32 {
    yield_!(1);
}

#[async_gen(throws = String)]
async fn fallible() -> u32 {
    yield_!(1);
}

#[test]
fn the_handle_can_be_named_and_converts_into_the_boxed_forms() {
    type Named<G> = OnDrop<G, fn(Abandoned<G>)>;
    struct Owner<G: AsyncGenerator + 'static>(Handle<Box<Named<G>>>);

    let named = Owner(on_drop(sendable(), hook()));
    is_send(&named);
    is_unpin(&named.0.into_inner());
    let mut boxed: BoxGenerator<'_, u32> = on_drop(sendable(), hook()).into();
    assert_eq!(ready(boxed.next()), Some(1));
    let mut boxed: BoxTryGenerator<'_, u32, String> = on_drop(fallible(), hook()).into();
    assert_eq!(ready(boxed.next()), Some(Ok(1)));
}

#[test]
fn the_future_is_static_unpin_and_send() {
    let mut handle = on_drop(fallible(), |abandoned| {
        is_future(&abandoned);
        is_send(&abandoned);
    });
    ready(handle.next());
}

#[test]
fn its_pointer_is_a_boxed_stream_that_calls_the_hook_too() {
    #[async_gen]
    async fn two() -> u32 {
        yield_!(1);
        yield_!(2);
    }

    let hooked = Log::default();
    let stream = || -> futures::stream::LocalBoxStream<'static, u32> {
        let hooked = hooked.clone();
        on_drop(two(), move |_| hooked.push("hook")).into_inner()
    };
    let mut ended = stream();
    assert_eq!(ended.size_hint(), (0, None));
    assert_eq!(ready(ended.next()), Some(1));
    assert_eq!(ready(ended.next()), Some(2));
    assert_eq!(ready(ended.next()), None);
    assert_eq!(ended.size_hint(), (0, Some(0)));
    drop(ended);
    assert_eq!(hooked.take(), "");

    let mut abandoned = stream();
    assert_eq!(ready(abandoned.next()), Some(1));
    drop(abandoned);
    assert_eq!(hooked.take(), "hook");

    let mut fused = on_drop(two(), |_| ()).into_inner();
    assert!(!fused.is_terminated());
    while ready(fused.as_mut().next()).is_some() {}
    assert!(fused.is_terminated());
}
