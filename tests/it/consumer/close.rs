//! `close` of bodies without cleanup, and `closing`.

use gen_runtime::{State, async_gen, closing, pin, try_closing};
use probe::{Gate, Log, drop_half_way, ready};

#[async_gen]
async fn items(argument: probe::Guard, log: Log, gate: Gate) -> u32 {
    let _ = &argument;
    let _first = log.guard("first");
    let _second = log.guard("second");
    yield_!(1);
    log.push("resumed");
    gate.await;
    yield_!(2);
    log.push("end");
}

#[test]
fn a_close_when_created_drops_the_arguments() {
    let log = Log::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), Gate::default()));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "-argument");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_close_when_suspended_drops_locals_then_arguments() {
    let log = Log::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), Gate::default()));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "-second -first -argument");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.next()), None);
}

#[test]
fn a_close_in_flight_lands_at_the_await_without_polling_it() {
    let log = Log::default();
    let gate = Gate::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), gate.clone()));
    ready(items.next());
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "resumed -second -first -argument");
    assert_eq!(gate.polls(), 1);
}

#[test]
fn a_close_when_finished_does_nothing() {
    let log = Log::default();
    let gate = Gate::default();
    gate.open();
    let mut items = pin!(items(log.guard("argument"), log.clone(), gate));
    while ready(items.next()).is_some() {}
    assert_eq!(log.take(), "resumed end -second -first -argument");
    for _ in 0..3 {
        assert_eq!(ready(items.close()), Ok(()));
    }
    assert_eq!(log.take(), "");
}

#[test]
fn a_close_that_is_never_polled_does_nothing() {
    let log = Log::default();
    let mut items = pin!(items(log.guard("argument"), log.clone(), Gate::default()));
    ready(items.next());
    drop(items.close());
    assert_eq!((items.state(), log.take().as_str()), (State::Suspended, ""));
}

#[test]
fn closing_returns_a_plain_value_and_closes() {
    let log = Log::default();
    let first = closing(
        items(log.guard("argument"), log.clone(), Gate::default()),
        async |items| {
            let first = items.next().await;
            log.push("leaves");
            first
        },
    );
    assert_eq!(ready(first), Some(1));
    assert_eq!(log.take(), "leaves -second -first -argument");
}

#[async_gen(throws = String)]
async fn failing(log: Log) -> u32 {
    let _local = log.guard("local");
    yield_!(1);
    Err("failed")?;
}

#[test]
fn closing_with_throws_returns_a_result_and_closes_after_an_error() {
    let log = Log::default();
    let second = try_closing(failing(log.clone()), async |items| {
        items.try_next().await?;
        items.try_next().await?;
        log.push("not reached");
        Ok(())
    });
    assert_eq!(ready(second), Err("failed".to_owned()));
    assert_eq!(log.take(), "-local");

    let first = try_closing(failing(log.clone()), async |items| {
        let first = items.try_next().await?;
        if first == Some(1) {
            return Err("mine".to_owned());
        }
        Ok(first)
    });
    assert_eq!(ready(first), Err("mine".to_owned()));
    assert_eq!(log.take(), "-local");

    let first = try_closing(failing(log.clone()), async |items| items.try_next().await);
    assert_eq!(ready(first), Ok(Some(1)));
    assert_eq!(log.take(), "-local");
}

#[test]
fn closing_closes_its_own_generator_even_if_the_handle_is_replaced() {
    let (log, other_log) = (Log::default(), Log::default());
    let other = Box::leak(Box::new(Box::pin(failing(other_log.clone()))));
    let result = try_closing(failing(log.clone()), async |items| {
        items.try_next().await?;
        *items = gen_runtime::Handle::new(other.as_mut());
        items.try_next().await
    });
    assert_eq!(ready(result), Ok(Some(1)));
    assert_eq!(
        (log.take().as_str(), other_log.take().as_str()),
        ("-local", "")
    );
}

#[test]
fn closing_drops_the_generator_if_it_is_dropped_or_its_closure_panics() {
    let log = Log::default();
    drop_half_way(try_closing(failing(log.clone()), async |items| {
        items.try_next().await?;
        log.push("waits");
        std::future::pending::<Result<(), String>>().await
    }));
    assert_eq!(log.take(), "waits -local");

    let panics = try_closing(failing(log.clone()), async |items| {
        items.try_next().await?;
        panic!("in the closure");
        #[expect(unreachable_code, reason = "determines the type")]
        Ok(())
    });
    assert_eq!(probe::panic_message(|| ready(panics)), "in the closure");
    assert_eq!(log.take(), "-local");
}
