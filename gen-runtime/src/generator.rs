//! The trait of all generators.

use core::pin::Pin;
use core::task::{Context, Poll};

use crate::interrupt::Interrupt;
use crate::request::Request;
use crate::state::State;

/// An async generator: what a function under [`#[async_gen]`](crate::async_gen) returns.
///
/// A generator is lazy. Put it into a [`Handle`](crate::Handle), with [`pin!`](crate::pin) on the
/// stack or `Handle::boxed` on the heap, and ask the handle for items. The
/// trait is what generic code names, and what the boxed aliases erase to; it is dyn-safe.
///
/// A generator has no method `next` of its own: that is the handle's. There is seldom a reason to
/// implement the trait by hand, but it may be done; nothing relies on it for safety.
///
/// The semantics are those of Python's generators ([PEP 342], [PEP 525]).
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{AsyncGenerator, async_gen, pin};
///
/// #[async_gen]
/// async fn squares(up_to: u64) -> u64 {
///     for n in 1..=up_to {
///         yield_!(n * n);
///     }
/// }
///
/// async fn sum<G>(generator: G) -> u64
/// where
///     G: AsyncGenerator<Yield = u64, Sent = (), Item = u64>,
/// {
///     let mut items = pin!(generator);
///     let mut sum = 0;
///     while let Some(n) = items.next().await {
///         sum += n;
///     }
///     sum
/// }
///
/// assert_eq!(sum(squares(3)).await, 14);
/// # });
/// ```
///
/// [PEP 342]: https://peps.python.org/pep-0342/
/// [PEP 525]: https://peps.python.org/pep-0525/
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async generator",
    label = "expected what a function under `#[async_gen]` returns"
)]
#[must_use = "a generator does nothing until a consumer asks it for items"]
pub trait AsyncGenerator {
    /// What `yield_!` takes.
    type Yield;
    /// What `yield_!` evaluates to: what the consumer sends.
    type Sent;
    /// What the body fails with, and what may be thrown into it.
    /// [`Infallible`](core::convert::Infallible) without `throws`.
    type Error;
    /// What the body ends with.
    type Return;
    /// What a consumer that asks for items gets: `Yield`, or `Result<Yield, Error>` with `throws`.
    type Item;

    /// Runs on to the next yield: what [`next`](crate::Handle::next) and its like are made of.
    ///
    /// A request is polled until it is ready. One that is given up halfway leaves the generator
    /// [`InFlight`](State::InFlight) or [`Closing`](State::Closing).
    ///
    /// | state | `Next(s)` | `Resume` | `Send(s)` |
    /// |---|---|---|---|
    /// | `Created` | starts, drops `s` | starts | panics |
    /// | `Suspended` | goes on with `s` | panics | goes on with `s` |
    /// | `InFlight` | goes on, drops `s` | goes on | panics |
    /// | `Closing` | goes on closing | goes on closing | `None` |
    /// | `Finished` | `None` | `None` | `None` |
    ///
    /// # Panics
    ///
    /// Where the table says so: the generator stays as it was. And where the body panics: the
    /// generator is then finished.
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<Self::Sent>,
    ) -> Poll<Option<Self::Item>>;

    /// Makes the body leave the place where it is suspended: what [`throw`](crate::Handle::throw)
    /// and [`close`](crate::Handle::close) are made of.
    ///
    /// It is polled until what it brought about is ready: the next value, the end, or the error that
    /// left the body. A `Throw` is taken out of `interrupt` when it lands, a `Close` at once; then
    /// `None` goes on with it.
    ///
    /// | state | `Throw(e)` | `Close` | `None` |
    /// |---|---|---|---|
    /// | `Created` | `Err(e)`, finished | `Ok(None)`, finished | as `Close` |
    /// | `Suspended` | raises `e` there | ends it there | as `Close` |
    /// | `InFlight` | raises `e` there, or after the cleanup | ends it there, or after the cleanup | goes on |
    /// | `Closing` | `Err(e)` | goes on closing | goes on closing |
    /// | `Finished` | `Err(e)` | `Ok(None)` | `Ok(None)` |
    ///
    /// # Errors
    ///
    /// What left the body.
    ///
    /// # Panics
    ///
    /// Where the body panics: the generator is then finished.
    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Option<Interrupt<Self::Error>>,
    ) -> Poll<Result<Option<Self::Yield>, Self::Error>>;

    /// Where the generator stands.
    fn state(&self) -> State;

    /// The value that the body ended with: once, and only if it ended by itself without an error.
    fn take_return(self: Pin<&mut Self>) -> Option<Self::Return>;
}
