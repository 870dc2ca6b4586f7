//! A throw into a body that is ahead, in each of its phases.

use gen_runtime::{Landed, Scope, async_gen};
use probe::drop_half_way;

use super::{Events, Gate, counts, one_thread, places, settle};

#[test]
fn before_the_task_has_run_the_body_does_not_begin() {
    one_thread().block_on(async {
        let events = Events::default();
        let counts = counts(9, Gate::new(9), events.clone());
        let mut items = Scope::new().ahead(counts, places(2));
        let thrown = items.throw("e").await;
        assert_eq!((thrown.after, thrown.result), (0, Err("e")));
        assert_eq!(items.next().await, None);
        assert_eq!(items.take_return(), None);
        assert_eq!(events.take(), "");
    });
}

#[test]
fn at_an_await_before_the_first_item() {
    one_thread().block_on(async {
        let events = Events::default();
        let mut items = Scope::new().ahead(counts(9, Gate::new(0), events.clone()), places(2));
        settle().await;
        let thrown = items.throw("e").await;
        assert_eq!((thrown.after, thrown.result), (0, Err("e")));
        assert_eq!(items.next().await, None);
        assert_eq!(events.take(), "begin end");
    });
}

#[test]
fn with_a_full_queue_it_lands_behind_the_queued_items() {
    for n in [1, 2, 7] {
        one_thread().block_on(async {
            let events = Events::default();
            let mut items = Scope::new().ahead(counts(20, Gate::new(99), events), places(n));
            settle().await;
            let n = u32::try_from(n).unwrap();
            for first in [1, 2] {
                // The second one lands where the first one has led.
                let Landed { after, result } = items.throw("e").await;
                assert_eq!(
                    (after, result),
                    (u64::from(n + first - 1), Ok(Some(n + first)))
                );
            }
            for queued in 1..=n {
                assert_eq!(items.next().await, Some(Ok(queued)));
            }
            assert_eq!(items.next().await, Some(Ok(n + 3)));
        });
    }
}

#[test]
fn at_an_await_between_items() {
    one_thread().block_on(async {
        let events = Events::default();
        let mut items = Scope::new().ahead(counts(9, Gate::new(2), events.clone()), places(4));
        settle().await;
        assert_eq!(events.take(), "begin 1 2");
        let thrown = items.throw("e").await;
        assert_eq!((thrown.after, thrown.result), (2, Err("e")));
        assert_eq!(events.take(), "end");
        // The items before it are not lost, and the error is not returned twice.
        assert_eq!(items.next().await, Some(Ok(1)));
        assert_eq!(items.next().await, Some(Ok(2)));
        assert_eq!(items.next().await, None);
    });
}

/// Waits in a cleanup, and catches what is thrown.
#[async_gen(throws = &'static str, bounds = Send + 'static)]
async fn shielded(gate: Gate, events: Events) -> u32 {
    yield_!(1);
    {
        defer! {
            events.push("cleanup");
            gate.pass().await;
            events.push("cleaned");
        }
    }
    match attempt! { yield_!(2) } {
        Ok(()) => events.push("nothing"),
        Err(error) => events.push(error),
    }
    yield_!(3);
}

#[test]
fn in_a_cleanup_it_waits_for_the_end_of_that() {
    one_thread().block_on(async {
        let (gate, events) = (Gate::new(0), Events::default());
        let mut items = Scope::new().ahead(shielded(gate.clone(), events.clone()), places(5));
        settle().await;
        assert_eq!(events.take(), "cleanup");
        gate.open();
        let thrown = items.throw("e").await;
        // It lands at the second yield, whose item is dropped.
        assert_eq!((thrown.after, thrown.result), (1, Ok(Some(3))));
        assert_eq!(events.take(), "cleaned e");
        assert_eq!(items.next().await, Some(Ok(1)));
        assert_eq!(items.next().await, None);
    });
}

#[test]
fn an_ended_body_returns_the_error_and_leaves_the_items() {
    one_thread().block_on(async {
        let events = Events::default();
        let mut items = Scope::new().ahead(counts(2, Gate::new(9), events.clone()), places(5));
        settle().await;
        assert_eq!(events.take(), "begin 1 2 end");
        for _ in 0..2 {
            let thrown = items.throw("late").await;
            assert_eq!((thrown.after, thrown.result), (2, Err("late")));
        }
        assert_eq!(items.next().await, Some(Ok(1)));
        assert_eq!(items.next().await, Some(Ok(2)));
        assert_eq!(items.next().await, None);
        assert_eq!(items.take_return(), Some("counted"));
        let thrown = items.throw("late").await;
        assert_eq!((thrown.after, thrown.result), (2, Err("late")));
    });
}

#[test]
fn a_closing_body_returns_the_error() {
    one_thread().block_on(async {
        let (gate, events) = (Gate::new(0), Events::default());
        let mut items = Scope::new().ahead(shielded(gate.clone(), events.clone()), places(5));
        settle().await;
        drop_half_way(items.close());
        let thrown = items.throw("e").await;
        assert_eq!((thrown.after, thrown.result), (1, Err("e")));
        gate.open();
        assert_eq!(items.next().await, None);
        assert_eq!(events.take(), "cleanup cleaned");
    });
}

/// Catches each error, and yields it as an item, or ends.
#[async_gen(throws = &'static str, returns = u32, bounds = Send + 'static)]
async fn echoes() -> u32 {
    loop {
        match attempt! { yield_!(0) } {
            Err("return") => return 7,
            Err("panic") => panic!("as told"),
            Err(error) => yield_!(Err(error)),
            Ok(()) => {}
        }
    }
}

#[test]
fn the_result_may_be_the_end() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(echoes(), places(1));
        settle().await;
        let thrown = items.throw("return").await;
        assert_eq!((thrown.after, thrown.result), (1, Ok(None)));
        assert_eq!(items.next().await, Some(Ok(0)));
        assert_eq!(items.take_return(), None);
        assert_eq!(items.next().await, None);
        assert_eq!(items.take_return(), Some(7));
    });
}

#[test]
fn the_result_may_be_an_error_as_an_item() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(echoes(), places(1));
        settle().await;
        let thrown = items.throw("item").await;
        assert_eq!((thrown.after, thrown.result), (1, Err("item")));
        // That did not end the body.
        assert_eq!(items.next().await, Some(Ok(0)));
        assert_eq!(items.next().await, Some(Ok(0)));
    });
}

#[test]
fn the_result_may_be_a_panic() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(echoes(), places(1));
        settle().await;
        let task = tokio::spawn(async move {
            let caught = tokio::spawn(async move {
                let _ = items.throw("panic").await;
            });
            let error = caught.await.unwrap_err();
            *error.into_panic().downcast::<&str>().unwrap()
        });
        assert_eq!(task.await.unwrap(), "as told");
    });
}
