//! Generators that run inside others: no value leaves in another one's frame.

#![forbid(unsafe_code)]

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin as pin_future};
use std::task::{Context, Poll, Waker};

use gen_runtime::{State, async_gen, generator, pin, sync};
use probe::{Wakes, poll_with, ready};

/// Hides the await from the attributes, which do not parse the tokens of unknown macros.
macro_rules! hidden_await {
    ($future:expr) => {
        $future.await
    };
}

#[generator(send = String)]
fn texts(prefix: &'static str) -> String {
    let mut said = yield_!(format!("{prefix} starts"));
    loop {
        said = yield_!(format!("{prefix} was told {said}"));
    }
}

#[async_gen]
async fn numbers() -> [usize; 3] {
    for n in 0.. {
        std::future::ready(()).await;
        yield_!([n; 3]);
    }
}

#[test]
fn a_body_that_drives_other_generators_receives_its_own_values() {
    #[generator(send = u8)]
    fn outer() -> (u8, String) {
        let mut inner = sync::pin!(texts("inner"));
        let mut waits = pin!(numbers());
        let mut heard = inner.resume();
        let mut sent = 0;
        while let Some(text) = heard {
            sent = yield_!((sent, text));
            let [n, ..] = futures::executor::block_on(waits.next()).unwrap();
            let mut other = sync::Handle::boxed(texts("other"));
            other.resume();
            assert_eq!(
                other.send(n.to_string()),
                Some(format!("other was told {n}"))
            );
            heard = inner.send(format!("{sent}{n}"));
        }
    }
    let mut items = sync::pin!(outer());
    assert_eq!(items.resume(), Some((0, "inner starts".to_owned())));
    assert_eq!(items.send(7), Some((7, "inner was told 70".to_owned())));
    assert_eq!(items.send(8), Some((8, "inner was told 81".to_owned())));
}

#[test]
fn generators_of_the_same_type_do_not_share_a_frame() {
    #[generator(boxed)]
    fn nested(depth: u32) -> u32 {
        let mut inner = (depth > 0).then(|| nested(depth - 1));
        for round in 0..2 {
            let below = inner.as_mut().and_then(Iterator::next);
            yield_!(depth * 100 + round * 10 + below.map_or(0, |n| n / 100));
        }
    }
    assert_eq!(nested(3).collect::<Vec<_>>(), [302, 312]);
}

#[test]
fn a_body_that_polls_a_future_by_hand_yields_into_its_own_frame() {
    #[generator]
    fn polls() -> u32 {
        let (waker, count) = Wakes::new();
        let mut future = pin_future!(async {
            let mut waits = pin!(numbers());
            let first = waits.next().await;
            tokio::task::yield_now().await;
            (first, waits.next().await)
        });
        let mut polls = 0;
        let output = loop {
            polls += 1;
            yield_!(polls);
            match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(output) => break output,
                Poll::Pending => {}
            }
        };
        assert_eq!(output, (Some([0; 3]), Some([1; 3])));
        yield_!(u32::try_from(count.get()).unwrap() + 10);
    }
    let items: Vec<_> = sync::pin!(polls()).collect();
    assert_eq!(items, [1, 2, 11]);
}

/// Runs a regular generator each time it is polled.
struct Runs(sync::BoxGenerator<'static, String, String>);

impl Future for Runs {
    type Output = Option<String>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.0.state() == State::Created {
            self.0.resume();
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.0.send("polled".to_owned()))
    }
}

#[test]
fn a_regular_generator_runs_in_the_poll_of_a_future_inside_an_async_generator() {
    #[async_gen]
    async fn outer() -> usize {
        for _ in 0..2 {
            let runs = Runs(sync::Handle::boxed(texts("inner")).into());
            let text = runs.await;
            yield_!(text.unwrap().len());
        }
    }
    let (waker, count) = Wakes::new();
    let mut items = pin!(outer());
    for wakes in 1..=2 {
        assert!(poll_with(&mut items.next(), &waker).is_pending());
        assert_eq!(count.get(), wakes);
        let length = "inner was told polled".len();
        assert_eq!(
            poll_with(&mut items.next(), &waker),
            Poll::Ready(Some(length))
        );
    }
}

#[test]
fn generators_that_are_given_the_context_of_a_body_yield_into_their_own_frames() {
    #[generator]
    fn lends() -> [u8; 2] {
        let (text, numbers) = hidden_await!(poll_fn(|cx| {
            let mut text = pin!(texts("inner"));
            let mut numbers = pin!(numbers());
            let text = pin_future!(text.resume()).poll(cx);
            let numbers = pin_future!(numbers.next()).poll(&mut Context::from_waker(cx.waker()));
            Poll::Ready((text, numbers))
        }));
        assert_eq!(text, Poll::Ready(Some("inner starts".to_owned())));
        assert_eq!(numbers, Poll::Ready(Some([0; 3])));
        yield_!([1, 2]);
    }
    assert_eq!(sync::pin!(lends()).collect::<Vec<_>>(), [[1, 2]]);
    assert_eq!(ready(pin!(lends()).next()), Some([1, 2]));
}

#[test]
fn a_future_that_replaces_the_context_makes_the_next_yield_panic() {
    #[generator]
    fn replaces(guard: probe::Guard) -> [usize; 3] {
        let _ = &guard;
        hidden_await!(poll_fn(|cx| {
            *cx = Context::from_waker(Waker::noop());
            Poll::Ready(())
        }));
        yield_!([1; 3]);
    }
    let log = probe::Log::default();
    let mut items = sync::pin!(replaces(log.guard("argument")));
    assert_eq!(
        probe::panic_message(|| items.next()),
        "a future that was awaited in a macro replaced the context of the generator's body"
    );
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "-argument")
    );
}

#[test]
fn a_waker_that_was_kept_does_not_point_to_a_frame() {
    #[generator]
    fn keeps(kept: &std::cell::RefCell<Vec<Waker>>) -> u32 {
        hidden_await!(poll_fn(|cx| {
            kept.borrow_mut().push(cx.waker().clone());
            Poll::Ready(())
        }));
        yield_!(1);
    }
    let kept = std::cell::RefCell::default();
    assert_eq!(sync::pin!(keeps(&kept)).count(), 1);
    let (waker, count) = Wakes::new();
    {
        let mut items = pin!(keeps(&kept));
        assert_eq!(poll_with(&mut items.next(), &waker), Poll::Ready(Some(1)));
    }
    let [of_a_call, of_an_executor] = <[Waker; 2]>::try_from(kept.take()).unwrap();
    assert!(of_an_executor.will_wake(&waker));
    let mut items = pin!(numbers());
    for (n, waker) in [of_a_call, of_an_executor].into_iter().enumerate() {
        assert_eq!(
            poll_with(&mut items.next(), &waker),
            Poll::Ready(Some([n; 3]))
        );
        waker.wake();
    }
    assert_eq!(count.get(), 1);
}

#[test]
fn a_destructor_may_run_a_generator_during_a_call() {
    struct RunsInDrop(probe::Log);

    impl Drop for RunsInDrop {
        fn drop(&mut self) {
            let mut items = sync::pin!(texts("dropped"));
            self.0.push(items.resume().unwrap().len());
        }
    }

    #[generator(throws = u8)]
    fn holds(log: probe::Log) -> String {
        defer! { let _in_cleanup = RunsInDrop(log.clone()); }
        let _outer = RunsInDrop(log.clone());
        let caught = attempt! {
            let _inner = RunsInDrop(log.clone());
            yield_!("a".to_owned());
        };
        yield_!(format!("{caught:?}"));
    }
    let log = probe::Log::default();
    let mut items = sync::pin!(holds(log.clone()));
    assert_eq!(items.next(), Some(Ok("a".to_owned())));
    assert_eq!(items.throw(3), Ok(Some("Err(3)".to_owned())));
    assert_eq!(log.take(), "14");
    assert_eq!(items.close(), Ok(()));
    assert_eq!(log.take(), "14 14");
}
