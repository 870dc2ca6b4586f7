//! Regular generators in async handles, and what their states mean to a regular handle.

use gen_runtime::{Handle, State, async_gen, closing, generator, pin, sync, try_closing};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}

/// Waits in its body and in its cleanup.
#[generator(throws = u8, send = u32, returns = u32)]
fn waits(body: Gate, cleanup: Gate, log: Log) -> u32 {
    defer! {
        log.push("begins");
        wait!(cleanup);
        log.push("ends");
    }
    let _guard = log.guard("local");
    let sent = yield_!(1);
    wait!(body);
    yield_!(sent + 1)
}

type Waits = sync::LocalBoxTryGenerator<'static, u32, u8, u32, u32>;

struct Setup {
    body: Gate,
    cleanup: Gate,
    log: Log,
}

fn setup() -> (Setup, Waits) {
    let (body, cleanup, log) = (Gate::default(), Gate::default(), Log::default());
    let generator = waits(body.clone(), cleanup.clone(), log.clone());
    (
        Setup { body, cleanup, log },
        sync::Handle::boxed(generator).into(),
    )
}

#[test]
fn a_close_waits_for_the_cleanup() {
    let (Setup { cleanup, log, .. }, items) = setup();
    let mut items = Handle::new(items.into_inner());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.close());
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Closing, "-local begins")
    );
    cleanup.open();
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!((cleanup.polls(), log.take().as_str()), (2, "ends"));
}

#[test]
fn a_throw_lands_at_a_hidden_await_that_is_still_pending() {
    let (Setup { body, cleanup, log }, items) = setup();
    cleanup.open();
    let mut items = Handle::new(items.into_inner());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.send(5));
    assert_eq!(ready(items.throw(9)), Err(9));
    // A hidden await is polled once more.
    assert_eq!(
        (body.polls(), log.take().as_str()),
        (2, "-local begins ends")
    );
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_regular_handle_continues_what_an_async_one_began() {
    let (Setup { body, cleanup, .. }, items) = setup();
    cleanup.open();
    let mut items = Handle::new(items.into_inner());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.send(5));
    let mut items = sync::Handle::new(items.into_inner());
    assert_eq!(items.state(), State::InFlight);
    assert_eq!(
        panic_message(|| items.send(7)),
        "`send` called while a call is in flight; use `resume` first"
    );
    assert_eq!(items.try_send(7), Err(7));
    body.open();
    assert_eq!(items.resume(), Some(Ok(6)));
    assert_eq!(items.send(8), None);
    assert_eq!(items.take_return(), Some(8));
}

#[test]
fn a_regular_handle_ends_a_close_that_an_async_one_began() {
    for call in ["next", "close", "waits"] {
        let (Setup { cleanup, log, .. }, items) = setup();
        let mut items = Handle::new(items.into_inner());
        assert_eq!(ready(items.next()), Some(Ok(1)));
        drop_half_way(items.close());
        let mut items = sync::Handle::new(items.into_inner());
        assert_eq!(
            (items.state(), items.size_hint()),
            (State::Closing, (0, None))
        );
        assert_eq!((items.send(1), items.try_send(2)), (None, Err(2)));
        assert_eq!(items.throw(3), Err(3));
        assert_eq!((cleanup.polls(), log.take().as_str()), (1, "-local begins"));
        if call == "waits" {
            assert!(panic_message(|| items.close()).contains("was not ready"));
            assert_eq!((items.state(), log.take().as_str()), (State::Finished, ""));
            continue;
        }
        cleanup.open();
        match call {
            "next" => assert_eq!(items.next(), None),
            _ => assert_eq!(items.close(), Ok(())),
        }
        assert_eq!(
            (items.state(), log.take().as_str()),
            (State::Finished, "ends")
        );
    }
}

#[test]
fn closing_of_either_kind_closes_a_regular_generator() {
    #[generator]
    fn numbers(log: Log) -> u32 {
        defer! { log.push("closed"); }
        yield_all!(1..);
    }
    let log = Log::default();
    let first = closing(numbers(log.clone()), async |items| items.next().await);
    assert_eq!((ready(first), log.take().as_str()), (Some(1), "closed"));
    let (Setup { cleanup, log, .. }, items) = setup();
    cleanup.open();
    let first = try_closing(items, async |items| items.try_next().await);
    assert_eq!(
        (ready(first), log.take().as_str()),
        (Ok(Some(1)), "-local begins ends")
    );
}

#[test]
fn a_panic_of_a_destructor_replaces_that_of_a_wait() {
    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("in a destructor");
        }
    }

    #[generator]
    fn holds(gate: Gate, argument: probe::Guard) -> u32 {
        let _ = &argument;
        let _bomb = Bomb;
        wait!(gate);
        yield_!(1);
    }
    let log = Log::default();
    let mut items = sync::pin!(holds(Gate::default(), log.guard("argument")));
    assert_eq!(panic_message(|| items.next()), "in a destructor");
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-argument")
    );
    assert_eq!(items.next(), None);
}

#[test]
fn a_deep_chain_that_would_wait_is_dropped_without_recursion() {
    #[generator(boxed, local)]
    fn nested(depth: u32, gate: Gate) -> u32 {
        if depth == 0 {
            yield_!(1);
            wait!(gate);
        } else {
            yield_from!(nested(depth - 1, gate));
        }
    }
    let gate = Gate::default();
    let mut items = nested(100_000, gate.clone());
    assert_eq!(items.next(), Some(1));
    assert!(panic_message(|| items.next()).contains("was not ready"));
    assert_eq!((items.state(), gate.polls()), (State::Finished, 1));
    // An async generator that delegates to such a chain waits.
    #[async_gen]
    async fn outer(gate: Gate) -> u32 {
        yield_from!(nested(100_000, gate));
    }
    let mut items = pin!(outer(gate.clone()));
    assert_eq!(ready(items.next()), Some(1));
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.next()), None);
    assert_eq!(gate.polls(), 3);
}
