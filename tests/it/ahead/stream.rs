//! A generator that runs ahead is a stream, and its consumer may be moved and named.

use futures::stream::{FusedStream, Stream, StreamExt, TryStreamExt};
use gen_runtime::{Ahead, BoxGenerator, Scope, async_gen};
use probe::{Wakes, poll_with};
use static_assertions::assert_impl_all;

use super::{Events, Gate, counts, one_thread, places, settle, two_threads};

#[async_gen(bounds = Send + 'static)]
async fn numbers(last: u32) -> u32 {
    for n in 1..=last {
        yield_!(n);
    }
}

assert_impl_all!(Ahead<u32>: Send, Sync, Unpin, Stream<Item = u32>, FusedStream);

#[test]
fn it_takes_combinators() {
    for runtime in [one_thread(), two_threads()] {
        runtime.block_on(async {
            let scope = Scope::new();
            let even = scope
                .ahead(numbers(9), places(2))
                .filter(|n| std::future::ready(n % 2 == 0));
            assert_eq!(even.collect::<Vec<_>>().await, [2, 4, 6, 8]);
            let counts = counts(4, Gate::new(9), Events::default());
            let counts = scope.ahead(counts, places(2)).try_collect::<Vec<_>>();
            assert_eq!(counts.await, Ok(vec![1, 2, 3, 4]));
        });
    }
}

#[test]
fn it_is_terminated_after_the_end_was_received() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(numbers(1), places(2));
        settle().await;
        assert!(!items.is_terminated());
        assert_eq!(StreamExt::next(&mut items).await, Some(1));
        assert!(!items.is_terminated());
        assert_eq!(StreamExt::next(&mut items).await, None);
        assert!(items.is_terminated());
    });
}

#[test]
fn its_size_is_bounded_by_the_queue() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(numbers(3), places(2));
        assert_eq!(items.size_hint(), (0, None));
        settle().await;
        assert_eq!(items.size_hint(), (2, None));
        items.next().await;
        settle().await;
        assert_eq!(items.size_hint(), (2, None));
        items.next().await;
        settle().await;
        // The body has ended.
        assert_eq!(items.size_hint(), (1, Some(1)));
        items.next().await;
        assert_eq!(items.size_hint(), (0, Some(0)));
    });
}

#[test]
fn the_error_that_ended_it_counts_as_an_item() {
    #[async_gen(throws = &'static str, bounds = Send + 'static)]
    async fn fails() -> u32 {
        Err("e")
    }

    one_thread().block_on(async {
        let mut items = Scope::new().ahead(fails(), places(2));
        settle().await;
        assert_eq!(items.size_hint(), (1, Some(1)));
        assert_eq!(items.next().await, Some(Err("e")));
        assert_eq!(items.size_hint(), (0, Some(0)));
    });
}

#[test]
fn a_consumer_that_waits_is_woken_once_for_the_first_of_many_items() {
    one_thread().block_on(async {
        let gate = Gate::new(0);
        let mut items = Scope::new().ahead(counts(5, gate.clone(), Events::default()), places(9));
        let (waker, count) = Wakes::new();
        let mut next = Box::pin(items.next());
        assert!(poll_with(&mut next, &waker).is_pending());
        settle().await;
        assert_eq!(count.get(), 0);
        for _ in 0..5 {
            gate.open();
        }
        settle().await;
        assert_eq!(count.get(), 1);
        assert_eq!(next.await, Some(Ok(1)));
    });
}

#[test]
fn a_boxed_generator_an_adopted_one_and_one_that_runs_ahead_can_run_ahead() {
    /// Passes on the items of a generator that runs ahead.
    #[async_gen(bounds = Send + 'static)]
    async fn relay(mut inner: Ahead<u32>) -> u32 {
        while let Some(n) = inner.next().await {
            yield_!(n);
        }
    }

    one_thread().block_on(async {
        let scope = Scope::new();
        let boxed: BoxGenerator<'static, u32> = gen_runtime::Handle::boxed(numbers(20)).into();
        let boxed = scope.ahead(boxed, places(1));
        let adopted = scope.adopt(relay(boxed));
        let mut items = scope.ahead(relay(scope.ahead(adopted, places(3))), places(2));
        for n in 1..=20 {
            assert_eq!(items.next().await, Some(n));
        }
        assert_eq!(items.next().await, None);
        assert_eq!(scope.live(), 0);
    });
}

#[test]
fn debug_shows_the_queue() {
    one_thread().block_on(async {
        let mut items = Scope::new().ahead(numbers(9), places(4));
        settle().await;
        items.next().await;
        assert_eq!(format!("{items:?}"), "Ahead { yielded: 4, queued: 3, .. }");
    });
}
