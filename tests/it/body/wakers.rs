//! The waker that the futures of a body see, and its wakes and clones.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures::StreamExt as _;
use gen_runtime::{async_gen, pin};
use probe::{Gate, Wakes, counts_clones, poll_with, ready};

#[async_gen]
async fn waits(gate: Gate) -> u32 {
    gate.clone().await;
    yield_!(1);
    gate.shut();
    gate.await;
    yield_!(2);
}

#[test]
fn an_await_sees_the_executors_own_waker() {
    let (waker, count) = Wakes::new();
    let gate = Gate::default();
    let mut numbers = pin!(waits(gate.clone()));
    let mut call = numbers.next();
    assert!(poll_with(&mut call, &waker).is_pending());
    let seen = gate.waker().unwrap();
    assert!(seen.will_wake(&waker));
    assert_eq!(count.get(), 0);
    gate.open();
    assert_eq!(count.get(), 1);
    assert_eq!(poll_with(&mut call, &waker), Poll::Ready(Some(1)));
    assert_eq!(count.get(), 1);
}

/// Asserts, when it is polled, that the waker is exactly this one.
struct Is<'a>(&'a Waker);

impl Is<'_> {
    fn check(&self, cx: &Context<'_>) {
        assert_eq!(cx.waker().data(), self.0.data());
        assert_eq!(cx.waker().vtable(), self.0.vtable());
    }
}

impl Future for Is<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.check(cx);
        Poll::Ready(())
    }
}

impl futures::Stream for Is<'_> {
    type Item = ();

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<()>> {
        self.check(cx);
        Poll::Ready(Some(()))
    }
}

#[async_gen]
async fn checks_its_waker(waker: &Waker) -> u32 {
    Is(waker).await;
    (async { Is(waker).await }).await;
    #[for_await]
    for () in Is(waker) {
        yield_!(1);
        break;
    }
    let mut inner = pin!(inner_checks(waker));
    while let Some(item) = inner.next().await {
        yield_!(item);
    }
}

#[async_gen(throws = ())]
async fn checks_its_waker_in_regions(waker: &Waker) -> u32 {
    defer! {
        Is(waker).await;
        let _ = attempt! {
            #[for_await]
            for () in Is(waker) {
                break;
            }
        };
    }
    attempt! {
        defer! { Is(waker).await; }
        Is(waker).await;
        #[for_await]
        for () in Is(waker) {
            yield_!(1);
            break;
        }
    }?;
    Is(waker).await;
    let mut inner = pin!(inner_checks(waker));
    while let Some(item) = inner.next().await {
        yield_!(item);
    }
}

#[test]
fn an_await_in_a_region_or_cleanup_sees_the_executors_waker() {
    let (waker, count) = Wakes::new();
    let mut items = pin!(checks_its_waker_in_regions(&waker));
    assert_eq!(
        poll_with(&mut items.next(), &waker),
        Poll::Ready(Some(Ok(1)))
    );
    assert_eq!(
        poll_with(&mut items.next(), &waker),
        Poll::Ready(Some(Ok(2)))
    );
    assert_eq!(poll_with(&mut items.close(), &waker), Poll::Ready(Ok(())));
    assert_eq!(count.get(), 0);
}

#[async_gen(throws = ())]
async fn waits_in_regions(gate: Gate) -> u32 {
    defer! { gate.clone().await; }
    attempt! {
        gate.clone().await;
        yield_!(1);
    }?;
}

#[test]
fn a_region_clones_no_waker_and_a_cleanup_wakes_the_caller_of_close() {
    let gate = Gate::default();
    let mut items = pin!(waits_in_regions(gate.clone()));
    let (waker, clones) = counts_clones();
    let mut call = items.next();
    assert!(poll_with(&mut call, &waker).is_pending());
    assert!(poll_with(&mut call, &waker).is_pending());
    // The gate made these clones, one for each poll.
    assert_eq!(clones(), 2);
    gate.open();
    assert_eq!(poll_with(&mut call, &waker), Poll::Ready(Some(Ok(1))));
    gate.shut();
    assert_eq!(clones(), 2);

    let (waker, count) = Wakes::new();
    let mut close = items.close();
    assert!(poll_with(&mut close, &waker).is_pending());
    assert!(gate.waker().unwrap().will_wake(&waker));
    gate.open();
    assert_eq!(count.get(), 1);
    assert_eq!(poll_with(&mut close, &waker), Poll::Ready(Ok(())));
}

#[async_gen]
async fn inner_checks(waker: &Waker) -> u32 {
    Is(waker).await;
    yield_!(2);
}

#[test]
fn every_await_sees_exactly_the_executors_waker() {
    let (waker, _) = Wakes::new();
    let mut items = pin!(checks_its_waker(&waker));
    assert_eq!(poll_with(&mut items.next(), &waker), Poll::Ready(Some(1)));
    assert_eq!(poll_with(&mut items.next(), &waker), Poll::Ready(Some(2)));
    assert_eq!(poll_with(&mut items.next(), &waker), Poll::Ready(None));
}

#[test]
fn a_waker_that_changes_between_polls_is_registered() {
    let (first, first_count) = Wakes::new();
    let (second, second_count) = Wakes::new();
    let gate = Gate::default();
    let mut numbers = pin!(waits(gate.clone()));
    let mut call = numbers.next();
    assert!(poll_with(&mut call, &first).is_pending());
    assert!(poll_with(&mut call, &second).is_pending());
    gate.open();
    assert_eq!((first_count.get(), second_count.get()), (0, 1));
}

#[test]
fn a_call_that_continues_a_dropped_one_registers_its_own_waker() {
    let (first, first_count) = Wakes::new();
    let (second, second_count) = Wakes::new();
    let gate = Gate::default();
    let mut numbers = pin!(waits(gate.clone()));
    assert!(poll_with(&mut numbers.next(), &first).is_pending());
    assert!(poll_with(&mut numbers.next(), &second).is_pending());
    gate.open();
    assert_eq!((first_count.get(), second_count.get()), (0, 1));
}

#[async_gen]
async fn yields_only() -> u32 {
    for n in 0..1000 {
        yield_!(n);
    }
}

#[test]
fn yields_neither_wake_nor_clone_the_waker() {
    let (waker, count) = Wakes::new();
    let mut numbers = pin!(yields_only());
    while poll_with(&mut numbers.next(), &waker) != Poll::Ready(None) {}
    assert_eq!(count.get(), 0);

    let (waker, clones) = counts_clones();
    let mut numbers = pin!(yields_only());
    while poll_with(&mut numbers.next(), &waker) != Poll::Ready(None) {}
    assert_eq!(clones(), 0);
}

type Seen = Rc<RefCell<Vec<Waker>>>;

/// Ready at its second poll. Keeps a clone of each waker that it sees.
fn keeps_wakers(seen: Seen) -> impl Future<Output = ()> {
    let mut polls = 0;
    poll_fn(move |cx| {
        seen.borrow_mut().push(cx.waker().clone());
        polls += 1;
        if polls == 2 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
}

/// Hides the await from `#[async_gen]`, which does not parse the tokens of unknown macros.
macro_rules! hidden_await {
    ($future:expr) => {
        $future.await
    };
}

#[async_gen]
async fn visible(seen: Seen) -> u32 {
    keeps_wakers(seen.clone()).await;
    #[for_await]
    for () in futures::stream::once(keeps_wakers(seen)) {
        yield_!(1);
    }
}

#[async_gen]
async fn hidden(seen: Seen) -> u32 {
    hidden_await!(keeps_wakers(seen.clone()));
    tokio::select! {
        () = keeps_wakers(seen) => yield_!(1),
    }
}

fn drive<S: futures::Stream<Item = u32>>(generator: S) -> (Waker, Arc<Wakes>) {
    let (waker, count) = Wakes::new();
    let mut generator = std::pin::pin!(generator);
    let mut pending = 0;
    loop {
        match poll_with(&mut generator.next(), &waker) {
            Poll::Pending => pending += 1,
            Poll::Ready(Some(1)) => {}
            Poll::Ready(item) => {
                assert_eq!((item, pending), (None, 2));
                return (waker, count);
            }
        }
    }
}

#[test]
fn wakers_kept_by_awaits_are_the_executors_and_outlive_the_generator() {
    let seen = Seen::default();
    let (waker, count) = drive(visible(seen.clone()));
    assert_eq!(seen.borrow().len(), 4);
    for kept in seen.take() {
        assert!(kept.will_wake(&waker));
        kept.wake();
    }
    assert_eq!(count.get(), 4);
}

#[test]
fn wakers_cloned_in_hidden_awaits_are_the_executors() {
    let seen = Seen::default();
    let (waker, count) = drive(hidden(seen.clone()));
    assert_eq!(seen.borrow().len(), 4);
    for kept in seen.take() {
        assert!(kept.will_wake(&waker));
        kept.wake();
    }
    assert_eq!(count.get(), 4);
}

#[async_gen]
async fn wakes_by_ref(from_thread: bool) -> u32 {
    hidden_await!(poll_fn(|cx| {
        let waker = cx.waker();
        if from_thread {
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    waker.wake_by_ref();
                    let clone = waker.clone();
                    clone.wake();
                });
            });
        } else {
            waker.wake_by_ref();
            let clone = waker.clone();
            clone.wake();
        }
        Poll::Ready(())
    }));
    yield_!(1);
}

#[test]
fn a_hidden_await_may_wake_by_reference_from_any_thread() {
    for from_thread in [false, true] {
        let (waker, count) = Wakes::new();
        let mut items = pin!(wakes_by_ref(from_thread));
        assert_eq!(poll_with(&mut items.next(), &waker), Poll::Ready(Some(1)));
        assert_eq!(count.get(), 2);
        ready(items.close()).unwrap();
        drop(waker);
        assert_eq!(Arc::strong_count(&count), 1);
    }
}

#[test]
fn only_the_generator_that_was_woken_is_polled() {
    let gates: Vec<Gate> = (0..3).map(|_| Gate::default()).collect();
    let mut all: futures::stream::SelectAll<_> = gates
        .iter()
        .map(|gate| Box::pin(waits(gate.clone())))
        .collect();
    let (waker, count) = Wakes::new();
    assert!(poll_with(&mut all.next(), &waker).is_pending());
    let before = count.get();
    gates[1].open();
    assert_eq!(count.get(), before + 1);
    assert_eq!(poll_with(&mut all.next(), &waker), Poll::Ready(Some(1)));
    assert_eq!(gates.iter().map(Gate::polls).collect::<Vec<_>>(), [1, 2, 1]);
}
