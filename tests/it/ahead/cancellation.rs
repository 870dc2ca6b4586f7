//! Calls that are dropped before their first poll, or halfway.

use std::sync::{Arc, Mutex};
use std::task::Poll;

use futures::future::BoxFuture;
use gen_runtime::{Ahead, Landed, Scope, async_gen};
use probe::{drop_half_way, poll};
use tokio::task::yield_now;

use super::{Events, Gate, counts, one_thread, places, settle};

#[test]
fn a_next_that_is_dropped_loses_no_item() {
    one_thread().block_on(async {
        let gate = Gate::new(0);
        let mut items = Scope::new().ahead(counts(9, gate.clone(), Events::default()), places(2));
        for n in 1..=5 {
            drop(items.next());
            drop_half_way(items.next());
            gate.open();
            settle().await;
            assert_eq!(items.next().await, Some(Ok(n)));
        }
    });
}

#[test]
fn a_throw_that_was_never_polled_has_no_effect() {
    one_thread().block_on(async {
        let events = Events::default();
        let mut items = Scope::new().ahead(counts(9, Gate::new(9), events.clone()), places(1));
        settle().await;
        drop(items.throw("e"));
        assert_eq!(items.next().await, Some(Ok(1)));
        assert_eq!(items.next().await, Some(Ok(2)));
        settle().await;
        assert_eq!(events.take(), "begin 1 2 3");
    });
}

#[test]
fn the_item_of_a_throw_that_is_dropped_takes_its_place_in_the_queue() {
    for settles in [false, true] {
        one_thread().block_on(async {
            let events = Events::default();
            let mut items = Scope::new().ahead(counts(9, Gate::new(99), events.clone()), places(2));
            settle().await;
            drop_half_way(items.throw("e"));
            if settles {
                settle().await;
                assert_eq!(events.take(), "begin 1 2 e 3");
            }
            for n in 1..=9 {
                assert_eq!(items.next().await, Some(Ok(n)));
            }
            assert_eq!(items.next().await, None);
        });
    }
}

#[test]
fn the_error_of_a_throw_that_is_dropped_takes_its_place_in_the_queue() {
    for settles in [false, true] {
        one_thread().block_on(async {
            let counts = counts(9, Gate::new(2), Events::default());
            let mut items = Scope::new().ahead(counts, places(9));
            settle().await;
            drop_half_way(items.throw("e"));
            if settles {
                settle().await;
            }
            assert_eq!(items.next().await, Some(Ok(1)));
            assert_eq!(items.next().await, Some(Ok(2)));
            assert_eq!(items.next().await, Some(Err("e")));
            assert_eq!(items.next().await, None);
        });
    }
}

#[test]
fn a_throw_after_one_that_was_dropped_gets_its_own_item() {
    for settles in [false, true] {
        one_thread().block_on(async {
            let events = Events::default();
            let mut items = Scope::new().ahead(counts(9, Gate::new(99), events.clone()), places(2));
            settle().await;
            drop_half_way(items.throw("first"));
            if settles {
                settle().await;
                let thrown = items.throw("second").await;
                assert_eq!((thrown.after, thrown.result), (3, Ok(Some(4))));
                assert_eq!(events.take(), "begin 1 2 first 3 second 4");
                assert_eq!(items.next().await, Some(Ok(1)));
                assert_eq!(items.next().await, Some(Ok(2)));
                assert_eq!(items.next().await, Some(Ok(3)));
            } else {
                // The task has not taken the first error.
                let thrown = items.throw("second").await;
                assert_eq!((thrown.after, thrown.result), (2, Ok(Some(3))));
                assert_eq!(events.take(), "begin 1 2 second 3");
                assert_eq!(items.next().await, Some(Ok(1)));
                assert_eq!(items.next().await, Some(Ok(2)));
                assert_eq!(items.next().await, Some(Ok(4)));
            }
        });
    }
}

type Items = Ahead<Result<u32, &'static str>, &'static str>;
type Call = BoxFuture<'static, Landed<Option<u32>, &'static str>>;

/// A consumer that makes its calls from within the body.
#[derive(Clone, Default)]
struct Inside {
    items: Arc<Mutex<Option<Items>>>,
    call: Arc<Mutex<Option<Call>>>,
}

impl Inside {
    fn begin(&self, error: &'static str) {
        let mut items = self.items.lock().unwrap().take().unwrap();
        let call: Call = Box::pin(async move { items.throw(error).await });
        *self.call.lock().unwrap() = Some(call);
        assert!(self.poll().is_pending());
    }

    fn poll(&self) -> Poll<Landed<Option<u32>, &'static str>> {
        poll(self.call.lock().unwrap().as_mut().unwrap())
    }
}

/// Begins a second throw while it handles the first one, which was dropped.
#[async_gen(throws = &'static str, bounds = Send + 'static)]
async fn handles_both(consumer: Inside) -> u32 {
    let first = attempt! { yield_!(1) };
    assert_eq!(first, Err("first"));
    consumer.begin("second");
    let second = attempt! { yield_!(2) };
    assert_eq!(second, Err("second"));
    // The second item is the result of the first error.
    assert!(consumer.poll().is_pending());
    yield_!(3);
}

#[test]
fn a_throw_that_is_made_while_another_one_is_handled_gets_its_own_item() {
    one_thread().block_on(async {
        let consumer = Inside::default();
        let mut items = Scope::new().ahead(handles_both(consumer.clone()), places(1));
        settle().await;
        drop_half_way(items.throw("first"));
        *consumer.items.lock().unwrap() = Some(items);
        settle().await;
        let Poll::Ready(thrown) = consumer.poll() else {
            panic!("the second error has not landed");
        };
        assert_eq!((thrown.after, thrown.result), (2, Ok(Some(3))));
    });
}

/// Waits at the gate when an error was thrown in.
#[async_gen(throws = &'static str, bounds = Send + 'static)]
async fn handles(gate: Gate) -> &'static str {
    loop {
        if let Err(error) = attempt! { yield_!("item") } {
            let error = attempt! {
                gate.pass().await;
                error
            };
            yield_!(error.unwrap_or("interrupted"));
        }
    }
}

#[test]
fn a_throw_that_is_dropped_after_it_landed_continues() {
    one_thread().block_on(async {
        let gate = Gate::new(0);
        let mut items = Scope::new().ahead(handles(gate.clone()), places(1));
        settle().await;
        drop_half_way(items.throw("e"));
        assert_eq!(items.next().await, Some(Ok("item")));
        drop_half_way(items.next());
        gate.open();
        assert_eq!(items.next().await, Some(Ok("e")));
        assert_eq!(items.next().await, Some(Ok("item")));
    });
}

#[test]
fn a_throw_lands_where_one_that_was_dropped_has_led() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(handles(Gate::new(0)), places(1));
        settle().await;
        drop_half_way(items.throw("first"));
        settle().await;
        let thrown = items.throw("second").await;
        assert_eq!((thrown.after, thrown.result), (1, Ok(Some("interrupted"))));
        assert_eq!(items.next().await, Some(Ok("item")));
        assert_eq!(items.next().await, Some(Ok("item")));
    });
}

#[test]
fn a_close_that_was_never_polled_has_no_effect() {
    one_thread().block_on(async {
        let counts = counts(9, Gate::new(9), Events::default());
        let mut items = Scope::new().ahead(counts, places(1));
        settle().await;
        drop(items.close());
        for n in 1..=9 {
            assert_eq!(items.next().await, Some(Ok(n)));
        }
    });
}

/// Its cleanup waits at the gate, and fails.
#[async_gen(throws = &'static str, bounds = Send + 'static)]
async fn cleans(gate: Gate, events: Events) -> u32 {
    defer! {
        gate.pass().await;
        events.push("cleaned");
        Err("cleanup")?;
    }
    for n in 1.. {
        yield_!(n);
    }
}

#[test]
fn a_close_that_is_dropped_continues() {
    one_thread().block_on(async {
        let (gate, events) = (Gate::new(0), Events::default());
        let mut items = Scope::new().ahead(cleans(gate.clone(), events.clone()), places(3));
        settle().await;
        drop_half_way(items.close());
        settle().await;
        gate.open();
        settle().await;
        assert_eq!(events.take(), "cleaned");
        let closed = items.close().await;
        assert_eq!((closed.after, closed.result), (3, Err("cleanup")));
        assert_eq!(items.next().await, None);
    });
}

#[test]
fn next_waits_for_a_close_that_was_dropped() {
    one_thread().block_on(async {
        let (gate, events) = (Gate::new(0), Events::default());
        let mut items = Scope::new().ahead(cleans(gate.clone(), events.clone()), places(3));
        settle().await;
        drop_half_way(items.close());
        drop_half_way(items.next());
        gate.open();
        assert_eq!(items.next().await, Some(Err("cleanup")));
        assert_eq!(items.next().await, None);
        assert_eq!(events.take(), "cleaned");
    });
}

#[test]
fn a_close_replaces_a_throw_that_has_not_landed() {
    one_thread().block_on(async {
        let events = Events::default();
        let mut items = Scope::new().ahead(counts(9, Gate::new(99), events.clone()), places(2));
        settle().await;
        drop_half_way(items.throw("e"));
        let closed = items.close().await;
        assert_eq!((closed.after, closed.result), (2, Ok(())));
        yield_now().await;
        assert_eq!(events.take(), "begin 1 2 end");
    });
}
