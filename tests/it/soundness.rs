//! Safe code that attacks the way in which values leave a body. Attacks that must not compile are
//! in `ui/soundness`.

#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin as pin_future};
use std::task::{Context, Poll, Waker};

use gen_runtime::{Handle, State, async_gen, async_gen_block, pin};
use probe::{Wakes, panic_message, poll_with, ready};

/// Replaces the context that it is polled with.
struct ReplacesContext;

impl Future for ReplacesContext {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        *cx = Context::from_waker(Waker::noop());
        Poll::Ready(())
    }
}

impl futures::Stream for ReplacesContext {
    type Item = ();

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<()>> {
        *cx = Context::from_waker(Waker::noop());
        Poll::Ready(Some(()))
    }
}

/// Hides the await from `#[async_gen]`, which does not parse the tokens of unknown macros.
macro_rules! hidden_await {
    ($future:expr) => {
        $future.await
    };
}

#[async_gen]
async fn visible() -> [usize; 3] {
    ReplacesContext.await;
    yield_!([1, 2, 3]);
    #[for_await]
    for () in ReplacesContext {
        yield_!([4, 5, 6]);
        break;
    }
}

#[test]
fn a_context_replaced_in_a_visible_await_does_not_affect_yields() {
    let (waker, count) = Wakes::new();
    let mut items = pin!(visible());
    assert_eq!(
        poll_with(&mut items.next(), &waker),
        Poll::Ready(Some([1, 2, 3]))
    );
    assert_eq!(
        poll_with(&mut items.next(), &waker),
        Poll::Ready(Some([4, 5, 6]))
    );
    assert_eq!(poll_with(&mut items.next(), &waker), Poll::Ready(None));
    assert_eq!(count.get(), 0);
}

#[async_gen(send = String)]
async fn hidden(dropped: probe::Guard) -> [usize; 3] {
    let _ = &dropped;
    hidden_await!(ReplacesContext);
    yield_!([1, 2, 3]);
}

const FOREIGN: &str =
    "a future that was awaited in a macro replaced the context of the generator's body";

#[test]
fn a_context_replaced_in_a_hidden_await_panics_at_the_next_yield() {
    let log = probe::Log::default();
    let mut items = pin!(hidden(log.guard("argument")));
    assert_eq!(panic_message(|| ready(items.resume())), FOREIGN);
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "-argument");
}

#[async_gen(throws = String)]
async fn hidden_in_a_region(dropped: probe::Guard) -> [usize; 3] {
    let _ = &dropped;
    let _ = attempt! {
        hidden_await!(ReplacesContext);
    };
    // The await replaced the context of the region, not that of the body.
    yield_!([1, 2, 3]);
    defer! {
        hidden_await!(ReplacesContext);
        std::future::ready(()).await;
    }
    let _ = attempt! { hidden_await!(ReplacesContext) };
    yield_!([4, 5, 6]);
    hidden_await!(ReplacesContext);
    attempt! { std::future::pending::<()>().await }?;
}

#[test]
fn a_context_replaced_in_a_region_affects_only_that_region() {
    let log = probe::Log::default();
    let mut items = pin!(hidden_in_a_region(log.guard("argument")));
    assert_eq!(ready(items.next()), Some(Ok([1, 2, 3])));
    assert_eq!(ready(items.next()), Some(Ok([4, 5, 6])));
    // Once the body's context is replaced, a region cannot find out whether it is interrupted.
    assert_eq!(panic_message(|| ready(items.next())), FOREIGN);
    assert_eq!(items.state(), State::Finished);
    assert_eq!(log.take(), "-argument");
}

/// Expands to an await that suspends the body, whatever its tokens are.
macro_rules! suspends {
    ($($tokens:tt)*) => {
        tokio::task::yield_now().await;
    };
}

/// Yields values that are not ready when the poll that started them ends.
#[async_gen]
async fn suspended_in_a_value() -> String {
    yield_!({
        #[macro_rules_attribute::apply(suspends)]
        fn item() {}
        "behind an item".to_owned()
    });
    yield_!({
        suspends!();
        "behind a macro".to_owned()
    });
    yield_!(
        [hidden_await!(async {
            suspends!();
            "in an argument"
        })]
        .concat()
    );
    yield_!([Some(std::future::ready("visible").await)].concat_all());
}

trait ConcatAll {
    fn concat_all(self) -> String;
}

impl ConcatAll for [Option<&str>; 1] {
    fn concat_all(self) -> String {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn a_value_that_suspends_the_body_is_not_written_to_an_old_frame() {
    let mut items = pin!(suspended_in_a_value());
    for expected in ["behind an item", "behind a macro", "in an argument"] {
        probe::drop_half_way(items.next());
        // Another poll reuses the stack of the first one.
        let mut other = pin!(numbers());
        assert_eq!(ready(other.next()), Some([0; 3]));
        assert_eq!(ready(items.next()).as_deref(), Some(expected));
    }
    assert_eq!(ready(items.next()).as_deref(), Some("visible"));
}

#[async_gen]
async fn inner() -> String {
    yield_!("inner".to_owned());
}

/// The replaced context reaches another generator, which has its own frame.
#[async_gen]
async fn outer() -> u8 {
    hidden_await!(ReplacesContext);
    let mut inner = pin!(inner());
    assert_eq!(hidden_await!(inner.next()), Some("inner".to_owned()));
    std::future::ready(()).await;
    yield_!(1);
}

#[test]
fn after_a_replaced_context_awaits_and_other_generators_still_work() {
    let mut items = pin!(outer());
    assert_eq!(panic_message(|| ready(items.next())), FOREIGN);
}

thread_local! {
    static KEPT: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

#[async_gen]
async fn keeps_its_waker() -> String {
    hidden_await!(poll_fn(|cx| {
        KEPT.with_borrow_mut(|kept| {
            kept.push(cx.waker().clone());
            let mut other = Waker::noop().clone();
            other.clone_from(cx.waker());
            kept.push(other);
        });
        Poll::Ready(())
    }));
    yield_!("kept".to_owned());
}

#[async_gen]
async fn numbers() -> [usize; 3] {
    for n in 0.. {
        yield_!([n; 3]);
    }
}

#[test]
fn a_waker_that_outlives_its_generator_does_not_point_to_a_frame() {
    let (waker, count) = Wakes::new();
    {
        let mut items = Handle::boxed(keeps_its_waker());
        assert_eq!(
            poll_with(&mut items.next(), &waker),
            Poll::Ready(Some("kept".to_owned()))
        );
    }
    // Polls generators of another type, in the same place, with the wakers that were kept.
    for kept in KEPT.take() {
        assert!(kept.will_wake(&waker));
        let mut items = Handle::boxed(numbers());
        assert_eq!(
            poll_with(&mut items.next(), &kept),
            Poll::Ready(Some([0; 3]))
        );
        assert_eq!(
            poll_with(&mut items.next(), &kept),
            Poll::Ready(Some([1; 3]))
        );
        kept.wake();
    }
    assert_eq!(count.get(), 2);
}

/// Polls other generators with the waker that it is polled with.
#[async_gen]
async fn lends_its_waker() -> u8 {
    let (text, numbers) = hidden_await!(poll_fn(|cx| {
        let mut text = pin!(inner());
        let mut numbers = pin!(numbers());
        let text = pin_future!(text.next()).poll(cx);
        let numbers = pin_future!(numbers.next()).poll(&mut Context::from_waker(cx.waker()));
        Poll::Ready((text, numbers))
    }));
    assert_eq!(text, Poll::Ready(Some("inner".to_owned())));
    assert_eq!(numbers, Poll::Ready(Some([0; 3])));
    yield_!(1);
}

#[test]
fn generators_polled_with_the_waker_of_another_yield_into_their_own_frames() {
    let mut items = pin!(lends_its_waker());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), None);
}

#[test]
fn a_body_that_polls_a_yielding_block_in_a_macro_yields_into_its_own_frame() {
    let outer = async_gen_block! {
        let inner = async_gen_block! {
            yield String::from("text");
        };
        let mut inner = pin!(inner);
        let text = hidden_await!(inner.next());
        println!("{:?}", yield [text.map_or(0, |text| text.len()); 2]);
    };
    let mut outer = pin!(outer);
    assert_eq!(ready(outer.next()), Some([4; 2]));
    assert_eq!(ready(outer.next()), None);
}

/// Polls a generator in its destructor.
struct PollsInDrop;

impl Drop for PollsInDrop {
    fn drop(&mut self) {
        let mut items = pin!(numbers());
        assert_eq!(ready(items.next()), Some([0; 3]));
    }
}

/// Its destructors run while an interrupt is taken.
#[async_gen(throws = String)]
async fn holds_a_poller_in_regions() -> String {
    defer! {
        let _guard = PollsInDrop;
        std::future::ready(()).await;
    }
    let _guard = PollsInDrop;
    let caught = attempt! {
        let _guard = PollsInDrop;
        yield_!("a".to_owned());
    };
    yield_!(caught.unwrap_err());
}

#[test]
fn a_destructor_may_poll_generators_while_an_interrupt_is_taken() {
    let mut items = pin!(holds_a_poller_in_regions());
    assert_eq!(ready(items.next()), Some(Ok("a".to_owned())));
    assert_eq!(ready(items.throw("e".to_owned())), Ok(Some("e".to_owned())));
    assert_eq!(ready(items.close()), Ok(()));
}

/// Interrupts another generator with the waker that it is polled with.
#[async_gen(throws = String)]
async fn lends_its_waker_in_a_region() -> u8 {
    let mut inner = pin!(holds_a_poller_in_regions());
    let thrown = attempt! {
        ready(inner.next());
        hidden_await!(poll_fn(|cx| pin_future!(inner.throw("e".to_owned())).poll(cx)))?
    };
    assert_eq!(thrown, Ok(Some("e".to_owned())));
    defer! {
        assert_eq!(hidden_await!(inner.close()), Ok(()));
    }
    yield_!(1);
}

#[test]
fn an_interrupt_lands_only_in_its_own_generator() {
    let mut items = pin!(lends_its_waker_in_a_region());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(
        ready(items.throw("mine".to_owned())),
        Err("mine".to_owned())
    );
}

#[async_gen]
async fn holds_a_poller() -> String {
    let _guard = PollsInDrop;
    yield_!("a".to_owned());
    let _second = PollsInDrop;
    yield_!("b".to_owned());
}

#[test]
fn a_destructor_may_poll_generators_during_a_poll() {
    let mut items = pin!(holds_a_poller());
    assert_eq!(ready(items.next()).as_deref(), Some("a"));
    assert_eq!(ready(items.next()).as_deref(), Some("b"));
    assert_eq!(ready(items.next()), None);
    let mut items = pin!(holds_a_poller());
    ready(items.next());
    ready(items.close()).unwrap();
}

/// Defines macros that would receive the right to yield if an expansion called them.
macro_rules! take {
    ($d:tt $($name:ident)*) => {$(
        #[allow(unused_macros, reason = "tests that they are not called")]
        macro_rules! $name {
            ($d($d tokens:tt)*) => {
                compile_error!("given a right")
            };
        }
    )*};
}

take!($ __await __yield __operand0 __operand1);

/// Defines every name that an expansion might call as a macro that would receive the right to
/// yield.
#[allow(unused_macros, reason = "tests that they are not called")]
#[async_gen(throws = String)]
async fn takes_the_names() -> [usize; 1] {
    macro_rules! yield_ {
        ($($tokens:tt)*) => {
            compile_error!("given a right")
        };
    }
    let shown = vec![attempt! { async { 5 } }?.await, 6];
    let sent = format!("{:?}", yield_!([attempt! { shown[0] }?]));
    assert_eq!(sent, "()");
    tokio::select! { length = async { shown.len() } => yield_!([length]) }
}

#[test]
fn an_expansion_passes_the_right_to_yield_to_no_macro() {
    let mut items = pin!(takes_the_names());
    assert_eq!(ready(items.try_next()), Ok(Some([5])));
    assert_eq!(ready(items.try_next()), Ok(Some([2])));
    assert_eq!(ready(items.try_next()), Ok(None));
}

/// Asserts that no token given to a macro resolves to the variable that holds the right to yield.
macro_rules! every_token {
    ($name:ident $body:ident $first:expr) => {
        #[allow(
            unused_labels,
            unused_variables,
            unused_must_use,
            reason = "no operand is evaluated"
        )]
        #[async_gen(throws = u8)]
        async fn $name() -> u8 {
            // One variable with the hygiene of this macro, and one with that of its caller.
            let (__body, $body) = (0_u8, 0_u8);
            'outer: loop {
                attempt! {
                    thief::eprintln!(
                        $first,
                        (std::future::ready(1).await),
                        yield_!({ 1 }),
                        { return },
                        { return 5 },
                        [break 'outer, std::future::ready(2).await],
                        vec![std::future::ready(3).await],
                        if true { yield_!(4) },
                        match yield_!(5) { () => Err(6)? },
                        attempt! { yield_!(7) },
                        tokio::join!(std::future::ready(8)),
                        tokio::select! { n = std::future::ready(9) => yield_!(n) },
                        { defer! {} yield_!(10) },
                        { std::future::ready(11).await; 12 },
                        { #[allow(unused)] std::future::ready(13).await; },
                        { let _ = std::future::ready(14).await; yield_!(15); 16 },
                        { yield_! { 17 } 18 },
                        { { std::future::ready(19) }.await },
                        { while std::future::ready(false).await { yield_!(20); continue; } },
                        { loop { yield_!(21); } },
                        { for n in [std::future::ready(22).await] { yield_!(n); } },
                        { 'inner: { break 'inner yield_!(23) } },
                        { tokio::join!(std::future::ready(24)); },
                        { std::future::ready(Ok::<u8, u8>(25)).await?; },
                        { attempt! { std::future::ready(26).await; }; 27 },
                        { async { std::future::ready(28).await; }.await; },
                        break 'outer,
                    );
                }?;
                break;
            }
            yield_!(__body);
        }
    };
}

every_token!(tokens_of_the_body __body yield_!(0));
every_token!(tokens_of_a_fragment __body { std::future::ready(1 + 2).await });

#[test]
fn no_token_of_an_operand_resolves_to_the_right_to_yield() {
    assert_eq!(ready(pin!(tokens_of_the_body()).next()), Some(Ok(0)));
    assert_eq!(ready(pin!(tokens_of_a_fragment()).next()), Some(Ok(0)));
}
