//! A close of a body that is ahead, in each of its phases.

use gen_runtime::{Scope, async_gen};

use super::{Events, Gate, LONG, counts, one_thread, places, settle};

#[test]
fn before_the_task_has_run_the_body_does_not_begin() {
    one_thread().block_on(async {
        let events = Events::default();
        let mut items = Scope::new().ahead(counts(9, Gate::new(9), events.clone()), places(2));
        let closed = items.close().await;
        assert_eq!((closed.after, closed.result), (0, Ok(())));
        assert_eq!(items.next().await, None);
        assert_eq!(events.take(), "");
    });
}

#[test]
fn with_a_full_queue_it_drops_the_items() {
    for n in [1, 2, 7] {
        one_thread().block_on(async {
            let events = Events::default();
            let counts = counts(20, Gate::new(99), events.clone());
            let mut items = Scope::new().ahead(counts, places(n));
            settle().await;
            events.take();
            let closed = items.close().await;
            assert_eq!((closed.after, closed.result), (n as u64, Ok(())));
            assert_eq!(events.take(), "end");
            assert_eq!(items.next().await, None);
            assert_eq!(items.take_return(), None);
            // Another one is of no effect.
            let closed = items.close().await;
            assert_eq!((closed.after, closed.result), (n as u64, Ok(())));
        });
    }
}

#[test]
fn at_an_await() {
    one_thread().block_on(async {
        for passes in [0, 2] {
            let events = Events::default();
            let counts = counts(9, Gate::new(passes), events.clone());
            let mut items = Scope::new().ahead(counts, places(4));
            settle().await;
            let closed = items.close().await;
            assert_eq!((closed.after, closed.result), (passes as u64, Ok(())));
            assert!(events.take().ends_with("end"));
            assert_eq!(items.next().await, None);
        }
    });
}

#[test]
fn an_ended_body_loses_its_items_and_its_value() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(counts(2, Gate::new(9), Events::default()), places(5));
        settle().await;
        let closed = items.close().await;
        assert_eq!((closed.after, closed.result), (2, Ok(())));
        assert_eq!(items.next().await, None);
        assert_eq!(items.take_return(), None);
    });
}

/// Fails, in the body or in its cleanup.
#[async_gen(throws = &'static str, bounds = Send + 'static)]
async fn fails(in_cleanup: bool) -> u32 {
    defer! {
        if in_cleanup {
            Err("cleanup")?;
        }
    }
    yield_!(1);
    if in_cleanup {
        std::future::pending::<()>().await;
    }
    Err("body")
}

#[test]
fn the_error_of_a_cleanup_is_the_result() {
    one_thread().block_on(async {
        let scope = Scope::new();
        let mut items = scope.ahead(fails(true), places(5));
        settle().await;
        let closed = items.close().await;
        assert_eq!((closed.after, closed.result), (1, Err("cleanup")));
        assert_eq!(items.next().await, None);
        drop(items);
        // The consumer has it, so the scope does not.
        assert!(scope.shutdown(LONG).await.is_clean());
    });
}

#[test]
fn an_error_that_was_queued_is_the_result() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(fails(false), places(5));
        settle().await;
        let closed = items.close().await;
        assert_eq!((closed.after, closed.result), (1, Err("body")));
        assert_eq!(items.next().await, None);
        let closed = items.close().await;
        assert_eq!((closed.after, closed.result), (1, Ok(())));
    });
}
