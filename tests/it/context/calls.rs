//! The calls of a handle, and the polls that they enter the context for.

use gen_runtime::{State, async_gen, in_context, pin};
use probe::{Gate, Log, drop_half_way, ready};

use super::logged;

/// Waits at the gate before the second item, and in its cleanup.
#[async_gen(send = u32, throws = char, returns = u32)]
async fn items(gate: Gate, log: Log) -> u32 {
    let _local = log.guard("local");
    defer! {
        log.push("cleanup");
        gate.clone().await;
        log.push("cleaned");
    }
    let attempted = attempt! { log.push(yield_!(1)) };
    if let Err(error) = attempted {
        log.push(format_args!("caught {error}"));
    }
    gate.clone().await;
    log.push(yield_!(2));
    5
}

/// Pins the generator in a logged context.
macro_rules! pinned {
    ($items:ident, $gate:ident, $log:ident) => {
        let (gate, log) = (Gate::default(), Log::default());
        #[allow(unused_variables, reason = "not each test uses it")]
        let $gate = gate.clone();
        let $log = log.clone();
        let context = logged("c", &log);
        let mut $items = pin!(in_context(items(gate, log), context));
    };
}

#[test]
fn nothing_is_entered_before_the_first_poll() {
    pinned!(items, _gate, log);
    drop(items.next());
    drop(items.throw('t'));
    drop(items.close());
    assert_eq!(items.state(), State::Created);
    assert_eq!(log.take(), "");
}

#[test]
fn a_next_enters_around_the_body_and_the_consumer_is_outside() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    log.push("consumer");
    assert_eq!(ready(items.next()), Some(Ok(2)));
    log.push("consumer");
    assert_eq!(ready(items.next()), None);
    assert_eq!(
        log.take(),
        "+c -c consumer +c 0 -c consumer +c 0 cleanup cleaned -local -c"
    );
    assert_eq!(items.take_return(), Some(5));
    assert_eq!(items.take_return(), None);
    assert_eq!(log.take(), "");
}

#[test]
fn each_poll_of_a_call_enters_and_exits() {
    pinned!(items, gate, log);
    assert_eq!(ready(items.resume()), Some(Ok(1)));
    assert_eq!(log.take(), "+c -c");
    let mut call = items.send(7);
    assert!(probe::poll(&mut call).is_pending());
    assert_eq!(log.take(), "+c 7 -c");
    assert!(probe::poll(&mut call).is_pending());
    assert_eq!(log.take(), "+c -c");
    gate.open();
    assert!(probe::poll(&mut call).is_ready());
    assert_eq!(log.take(), "+c -c");
    assert_eq!(gate.polls(), 3);
}

#[test]
fn a_send_reaches_the_yield() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(items.try_send(6).err(), Some(6));
    assert_eq!(ready(items.resume()), Some(Ok(1)));
    assert_eq!(ready(items.send(7)), Some(Ok(2)));
    let Ok(call) = items.try_send(8) else {
        panic!("a yield waits");
    };
    assert_eq!(ready(call), None);
    assert_eq!(log.take(), "+c -c +c 7 -c +c 8 cleanup cleaned -local -c");
}

#[test]
fn a_throw_that_is_caught() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw('t')), Ok(Some(2)));
    assert_eq!(log.take(), "+c -c +c caught t -c");
}

#[test]
fn a_throw_that_is_not_caught_runs_the_cleanup_inside() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(log.take(), "+c -c +c 0 -c");
    gate.shut();
    let mut call = items.throw('t');
    assert!(probe::poll(&mut call).is_pending());
    assert_eq!(log.take(), "+c cleanup -c");
    gate.open();
    assert_eq!(ready(call), Err('t'));
    assert_eq!(log.take(), "+c cleaned -local -c");
    assert_eq!(items.take_return(), None);
}

#[test]
fn a_throw_that_waits_for_a_cleanup() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    gate.shut();
    drop_half_way(items.next());
    assert_eq!(log.take(), "+c -c +c 0 -c +c 0 cleanup -c");
    drop_half_way(items.throw('d'));
    assert_eq!(items.state(), State::InFlight);
    gate.open();
    // It has not landed when the body ends, and is not lost.
    assert_eq!(ready(items.throw('t')), Err('t'));
    assert_eq!(log.take(), "+c -c +c cleaned -local -c");
    assert_eq!(items.take_return(), Some(5));
}

#[test]
fn a_close_with_a_cleanup_that_awaits() {
    pinned!(items, gate, log);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.close());
    assert_eq!(items.state(), State::Closing);
    assert_eq!(log.take(), "+c -c +c cleanup -c");
    // Neither of these reaches the body.
    assert_eq!(ready(items.send(7)), None);
    assert_eq!(ready(items.throw('t')), Err('t'));
    assert_eq!(log.take(), "");
    drop_half_way(items.close());
    gate.open();
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "+c -c +c cleaned -local -c");
}

#[test]
fn a_call_that_is_dropped_leaves_nothing_entered() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    gate.shut();
    drop_half_way(items.send(7));
    assert_eq!(items.state(), State::InFlight);
    assert_eq!(log.take(), "+c -c +c 7 -c");
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.resume()), Some(Ok(2)));
    assert_eq!(log.take(), "+c -c +c -c");
}

#[test]
fn a_finished_generator_enters_nothing() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.close()), Ok(()));
    let _ = log.take();
    assert_eq!(ready(items.next()), None);
    assert_eq!(ready(items.resume()), None);
    assert_eq!(ready(items.send(7)), None);
    assert_eq!(ready(items.throw('t')), Err('t'));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(ready(items.finish()), Ok(None));
    assert_eq!(log.take(), "");
}

#[test]
fn an_interrupt_of_a_created_generator_enters_nothing() {
    pinned!(thrown, _gate, log);
    assert_eq!(ready(thrown.throw('t')), Err('t'));
    assert_eq!(thrown.state(), State::Finished);
    assert_eq!(log.take(), "");
    pinned!(closed, _gate, log);
    assert_eq!(ready(closed.close()), Ok(()));
    assert_eq!(closed.state(), State::Finished);
    assert_eq!(log.take(), "");
}

#[test]
fn a_drop_runs_destructors_outside() {
    let log = Log::default();
    {
        let context = logged("c", &log);
        let mut items = pin!(in_context(items(Gate::default(), log.clone()), context));
        assert_eq!(ready(items.next()), Some(Ok(1)));
    }
    assert_eq!(log.take(), "+c -c -local");
}

#[test]
fn the_closure_is_dropped_after_the_body() {
    let log = Log::default();
    {
        let closure = log.guard("closure");
        let mut context = logged("c", &log);
        let mut items = pin!(in_context(
            items(Gate::default(), log.clone()),
            move |poll| {
                let _ = &closure;
                context(poll)
            }
        ));
        assert_eq!(ready(items.next()), Some(Ok(1)));
        assert_eq!(log.take(), "+c -c");
    }
    assert_eq!(log.take(), "-local -closure");
}

#[test]
fn an_interrupt_of_a_body_without_regions_drops_its_locals_inside() {
    #[async_gen(throws = char)]
    async fn items(log: Log) -> u32 {
        let _local = log.guard("local");
        yield_!(1);
    }
    let log = Log::default();
    let mut closed = pin!(in_context(items(log.clone()), logged("c", &log)));
    assert_eq!(ready(closed.next()), Some(Ok(1)));
    assert_eq!(ready(closed.close()), Ok(()));
    assert_eq!(log.take(), "+c -c +c -local -c");
    let mut thrown = pin!(in_context(items(log.clone()), logged("c", &log)));
    assert_eq!(ready(thrown.next()), Some(Ok(1)));
    assert_eq!(ready(thrown.throw('t')), Err('t'));
    assert_eq!(log.take(), "+c -c +c -local -c");
}

#[test]
fn a_finish_enters_for_each_item() {
    pinned!(items, gate, log);
    gate.open();
    assert_eq!(ready(items.finish()), Ok(Some(5)));
    assert_eq!(log.take(), "+c -c +c 0 -c +c 0 cleanup cleaned -local -c");
}

#[test]
fn wakers_are_those_of_the_consumer() {
    pinned!(items, gate, _log);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    let (waker, count) = probe::Wakes::new();
    let mut call = items.next();
    assert!(probe::poll_with(&mut call, &waker).is_pending());
    assert!(gate.waker().unwrap().will_wake(&waker));
    gate.open();
    assert_eq!(count.get(), 1);
}

#[test]
fn contexts_nest() {
    let log = Log::default();
    let gate = Gate::default();
    gate.open();
    let inner = in_context(items(gate, log.clone()), logged("inner", &log));
    let mut items = pin!(in_context(inner, logged("outer", &log)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(
        log.take(),
        "+outer +inner -inner -outer +outer +inner cleanup cleaned -local -inner -outer"
    );
}
