//! The trait of all generators.

use core::pin::Pin;
use core::task::{Context, Poll};

use crate::frame::chain::{Link, Signal};
use crate::position::Position;
use crate::request::{Interrupt, Request};
use crate::state::State;

/// An async generator: what a function under [`#[async_gen]`](crate::async_gen) returns.
///
/// A generator is lazy. Put it into a [`Handle`](crate::Handle), by [`pin!`](crate::pin) on the stack or by
/// `Handle::boxed` on the heap, and ask the handle for items: the methods `next`, `send`, `throw` and `close` are those of
/// the handle.
///
/// Regular generators, of the trait [`sync::Generator`](crate::sync::Generator), are async ones that never wait.
///
/// The trait is for bounds of generic code, and it is dyn-safe: the boxed forms erase to it. It is sealed, so it
/// cannot be implemented outside of this crate.
///
/// The semantics are those of Python's generators ([PEP 342], [PEP 525]).
///
/// # Examples
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
pub trait AsyncGenerator: Sealed {
    /// The type that `yield_!` takes.
    type Yield;
    /// The type that the consumer sends, and that `yield_!` evaluates to.
    type Sent;
    /// The type that the body fails with, and that the consumer may throw into it:
    /// [`Infallible`](core::convert::Infallible) without `throws`.
    type Error;
    /// The type of the return value.
    type Return;
    /// The type of the items: `Yield`, or `Result<Yield, Error>` with `throws`.
    type Item;

    /// Runs the body to its next yield.
    ///
    /// `signal` is for an interrupt, and for a generator that runs in place of another one: if it delegates further, it
    /// leaves the link there, and is pending.
    ///
    /// # Panics
    ///
    /// If [`Request`] says so: the generator is unchanged. And if the body panics: the generator is then
    /// finished.
    #[doc(hidden)]
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<Self::Sent>,
        signal: Option<&mut Signal<Self::Item, Self::Sent, Self::Error>>,
    ) -> Poll<Option<Self::Item>>;

    /// Makes the body leave the place where it is suspended. `outer` is for the link, if the generator runs in place of
    /// another one.
    ///
    /// # Errors
    ///
    /// The error that left the body.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    #[doc(hidden)]
    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Interrupt<Self::Error>,
        outer: Option<&mut Link<Self::Item, Self::Sent, Self::Error>>,
    ) -> Poll<Result<Option<Self::Yield>, Self::Error>>;

    /// Returns whether the generator is dropped together with this value.
    #[doc(hidden)]
    fn is_owned(&self) -> bool;

    /// Sets the state of a generator that is not run in place of another body any more. In the state `Finished`, the body
    /// is dropped.
    #[doc(hidden)]
    fn leave(self: Pin<&mut Self>, state: State);

    /// Finishes the generator as a panic of its body does, together with those that run in its place.
    #[doc(hidden)]
    fn abort(self: Pin<&mut Self>);

    /// See [`Handle::state`](crate::Handle::state).
    #[doc(hidden)]
    fn state(&self) -> State;

    /// Returns where the body is suspended.
    #[doc(hidden)]
    fn position(&self) -> Position;

    /// See [`Handle::positions`](crate::Handle::positions).
    #[doc(hidden)]
    fn positions(&self, visit: &mut dyn FnMut(Position));

    /// See [`Handle::take_return`](crate::Handle::take_return).
    #[doc(hidden)]
    fn take_return(self: Pin<&mut Self>) -> Option<Self::Return>;
}

/// Keeps other crates from implementing [`AsyncGenerator`]: its polling methods may change in any release.
pub trait Sealed {}
