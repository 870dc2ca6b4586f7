//! The end of a body: its error, its value, its panic, and the end of its runtime.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::FutureExt;
use gen_runtime::scope::Cause;
use gen_runtime::{Ahead, Scope, State, async_gen, pin};
use probe::{panic_message, ready};

use super::{Events, Gate, LONG, counts, one_thread, places, settle, two_threads};

#[async_gen(throws = &'static str, bounds = Send + 'static)]
async fn fails() -> u32 {
    yield_!(1);
    yield_!(Err("an item"));
    yield_!(2);
    Err("the end")
}

#[test]
fn errors_come_in_their_place() {
    for runtime in [one_thread(), two_threads()] {
        for n in 1..6 {
            runtime.block_on(async {
                let mut items = Scope::new().ahead(fails(), places(n));
                assert_eq!(items.try_next().await, Ok(Some(1)));
                assert_eq!(items.try_next().await, Err("an item"));
                assert_eq!(items.try_next().await, Ok(Some(2)));
                assert_eq!(items.try_next().await, Err("the end"));
                assert_eq!(items.try_next().await, Ok(None));
                assert_eq!(items.try_next().await, Ok(None));
            });
        }
    }
}

#[test]
fn the_value_is_there_once_and_after_the_items() {
    one_thread().block_on(async {
        let counts = counts(2, Gate::new(9), Events::default());
        let mut items = Scope::new().ahead(counts, places(9));
        settle().await;
        // The body has returned, and the consumer has not come so far.
        assert_eq!(items.take_return(), None);
        assert_eq!(items.next().await, Some(Ok(1)));
        assert_eq!(items.next().await, Some(Ok(2)));
        assert_eq!(items.take_return(), None);
        assert_eq!(items.next().await, None);
        assert_eq!(items.take_return(), Some("counted"));
        assert_eq!(items.take_return(), None);
        assert_eq!(items.next().await, None);
    });
}

#[async_gen(bounds = Send + 'static)]
async fn panics() -> u32 {
    yield_!(1);
    yield_!(2);
    panic!("on purpose");
}

#[test]
fn a_panic_comes_after_the_items_before_it() {
    for runtime in [one_thread(), two_threads()] {
        runtime.block_on(async {
            let scope = Scope::new();
            let mut items = scope.ahead(panics(), places(9));
            assert_eq!(items.next().await, Some(1));
            assert_eq!(items.next().await, Some(2));
            let caught = AssertUnwindSafe(items.next()).catch_unwind().await;
            let payload = caught.unwrap_err();
            assert_eq!(payload.downcast_ref::<&str>(), Some(&"on purpose"));
            // It is finished, like an ordinary generator.
            assert_eq!(items.next().await, None);
            drop(items);
            assert!(scope.shutdown(LONG).await.is_clean());
        });
    }
}

#[test]
fn a_close_resumes_a_panic_that_was_not_received() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(panics(), places(9));
        settle().await;
        let caught = AssertUnwindSafe(items.close()).catch_unwind().await;
        let payload = caught.unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"on purpose"));
        assert_eq!(items.close().await.result, Ok(()));
        assert_eq!(items.next().await, None);
    });
}

#[test]
fn a_throw_leaves_a_panic_in_its_place() {
    #[async_gen(throws = &'static str, bounds = Send + 'static)]
    async fn panics() -> u32 {
        yield_!(1);
        panic!("on purpose");
    }

    one_thread().block_on(async {
        let mut items = Scope::new().ahead(panics(), places(9));
        settle().await;
        let thrown = items.throw("e").await;
        assert_eq!((thrown.after, thrown.result), (1, Err("e")));
        assert_eq!(items.next().await, Some(Ok(1)));
        assert!(AssertUnwindSafe(items.next()).catch_unwind().await.is_err());
    });
}

/// Runs a generator ahead by two items, and drops its runtime.
fn lost(
    scope: &Scope,
    events: &Events,
) -> Ahead<Result<u32, &'static str>, &'static str, &'static str> {
    let runtime = one_thread();
    runtime.block_on(async {
        let items = scope.ahead(counts(9, Gate::new(9), events.clone()), places(2));
        settle().await;
        items
    })
}

const LOST: &str =
    "a generator that runs ahead was dropped before its end: its runtime has shut down";

#[test]
fn next_panics_after_the_items_if_the_runtime_has_shut_down() {
    let (scope, events) = (Scope::new(), Events::default());
    let mut items = lost(&scope, &events);
    // Destructors have run, and no `defer!`.
    assert_eq!(events.take(), "begin 1 2");
    // The consumer has not received the loss.
    assert_eq!(scope.live(), 1);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(panic_message(|| ready(items.next())), LOST);
    assert_eq!(ready(items.next()), None);
    assert_eq!(scope.live(), 0);
    drop(items);
    assert!(one_thread().block_on(scope.shutdown(LONG)).is_clean());
}

#[test]
fn close_panics_if_the_runtime_has_shut_down() {
    let mut items = lost(&Scope::new(), &Events::default());
    assert_eq!(panic_message(|| ready(items.close())), LOST);
    assert_eq!(ready(items.close()).result, Ok(()));
}

#[test]
fn throw_returns_the_error_if_the_runtime_has_shut_down() {
    let mut items = lost(&Scope::new(), &Events::default());
    let thrown = ready(items.throw("e"));
    assert_eq!((thrown.after, thrown.result), (2, Err("e")));
}

#[test]
fn calls_that_wait_while_the_runtime_shuts_down_are_woken() {
    for throws in [false, true] {
        let runtime = one_thread();
        let (scope, events) = (Scope::new(), Events::default());
        let mut items = runtime.block_on(async {
            let items = scope.ahead(counts(9, Gate::new(0), events.clone()), places(2));
            settle().await;
            items
        });
        let waiting = std::thread::spawn(move || {
            let call = AssertUnwindSafe(async {
                if throws {
                    // The task may take the error or not: it is never polled again.
                    items.throw("e").await.result.map(|_| ())
                } else {
                    items.next().await.map_or(Ok(()), |item| item.map(|_| ()))
                }
            });
            catch_unwind(AssertUnwindSafe(|| futures::executor::block_on(call)))
        });
        drop(runtime);
        match waiting.join().unwrap() {
            Ok(thrown) => assert_eq!((throws, thrown), (true, Err("e"))),
            Err(payload) => assert_eq!(payload.downcast_ref::<&str>(), Some(&LOST)),
        }
    }
}

#[test]
fn the_scope_reports_a_generator_that_was_lost_if_the_consumer_does_not_learn_it() {
    let scope = Scope::new();
    drop(lost(&scope, &Events::default()));
    let report = one_thread().block_on(scope.shutdown(LONG));
    assert_eq!((report.closed, report.live), (0, 0));
    assert!(matches!(report.failures[0].cause, Cause::Dropped));
}

#[test]
#[should_panic(expected = "no reactor running")]
fn outside_of_a_runtime_it_panics() {
    let _ = Scope::new().ahead(panics(), places(1));
}

#[test]
fn an_ordinary_handle_gives_the_same_to_the_end() {
    ready(async {
        let mut items = pin!(fails());
        assert_eq!(items.next().await, Some(Ok(1)));
        assert_eq!(items.next().await, Some(Err("an item")));
        assert_eq!(items.next().await, Some(Ok(2)));
        assert_eq!(items.next().await, Some(Err("the end")));
        assert_eq!(items.next().await, None);
        assert_eq!(items.state(), State::Finished);
    });
}

#[test]
fn a_failure_that_the_consumer_has_not_received_is_live() {
    one_thread().block_on(async {
        let scope = Scope::new();
        let mut received = scope.ahead(fails(), places(9));
        let dropped = scope.ahead(fails(), places(9));
        settle().await;
        let report = scope.shutdown(Duration::ZERO).await;
        assert_eq!((report.live, report.failures.len()), (2, 0));
        while received.next().await.is_some() {}
        assert_eq!(scope.live(), 1);
        drop(dropped);
        let report = scope.shutdown(LONG).await;
        assert_eq!((report.live, report.failures.len()), (0, 1));
        drop(received);
        assert!(scope.shutdown(LONG).await.is_clean());
    });
}

/// An item whose destructor panics.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a destructor");
    }
}

type Slot = Arc<Mutex<Option<Ahead<Bomb>>>>;

/// Begins to close itself, and yields all the same, so that its task drops the item.
#[async_gen(bounds = Send + 'static)]
async fn closes_itself(own: Slot) -> Bomb {
    let mut items = own.lock().unwrap().take().unwrap();
    assert!(items.close().now_or_never().is_none());
    *own.lock().unwrap() = Some(items);
    yield_!(Bomb);
}

#[test]
fn a_destructor_that_panics_in_the_task_is_a_panic_of_the_body() {
    one_thread().block_on(async {
        let (scope, slot) = (Scope::new(), Slot::default());
        let items = scope.ahead(closes_itself(slot.clone()), places(2));
        *slot.lock().unwrap() = Some(items);
        settle().await;
        let mut items = slot.lock().unwrap().take().unwrap();
        let closed = AssertUnwindSafe(items.close()).catch_unwind().await;
        let payload = closed.err().unwrap();
        assert_eq!(payload.downcast_ref(), Some(&"a destructor"));
        assert!(scope.shutdown(LONG).await.is_clean());
    });
}
