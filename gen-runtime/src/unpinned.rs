//! The error for a method call on a generator that is not in a handle.
//!
//! `countdown(3).next()` is E0599. A library cannot change that message, but rustc shows a trait that has such a
//! method, and the line that declares it. So this is such a trait, and these lines name the fix. If the trait is
//! imported, as rustc suggests, the error is that of [`InHandle`].
//!
//! The trait is in a module of its own, so that `use gen_runtime::*` does not import it: its methods would hide those of
//! a handle.

use core::convert::Infallible;
use core::future::Pending;

use crate::generator::AsyncGenerator;

/// Not for use: named by the compiler when a method of a [`Handle`](crate::Handle) is called on a generator.
///
/// A generator must not move once it runs, so it is pinned first: [`pin!`](crate::pin) makes a handle on the stack,
/// `Handle::boxed` one on the heap, and [`Handle::new`](crate::Handle::new) one of a `Pin<P>`. Those of a regular generator are
/// in [`sync`](crate::sync).
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, pin};
///
/// #[async_gen]
/// async fn one() -> u32 {
///     yield_!(1);
/// }
///
/// let mut numbers = pin!(one());
/// assert_eq!(numbers.next().await, Some(1));
/// # });
/// ```
#[rustfmt::skip]
pub trait PinFirst: AsyncGenerator + Sized {
    /// See [`Handle::next`](crate::Handle::next).
    fn next(self) -> Never where Self: InHandle { absurd() } // pin it: `gen_runtime::pin!(g)`, or `sync::pin!(g)` if regular

    /// See [`Handle::resume`](crate::Handle::resume).
    fn resume(self) -> Never where Self: InHandle { absurd() } // pin it: `gen_runtime::pin!(g)`, or `sync::pin!(g)` if regular

    /// See [`Handle::send`](crate::Handle::send).
    fn send<T>(self, _: T) -> Never where Self: InHandle { absurd() } // pin it: `gen_runtime::pin!(g)`, or `sync::pin!(g)` if regular

    /// See [`Handle::throw`](crate::Handle::throw).
    fn throw<T>(self, _: T) -> Never where Self: InHandle { absurd() } // pin it: `gen_runtime::pin!(g)`, or `sync::pin!(g)` if regular

    /// See [`Handle::close`](crate::Handle::close).
    fn close(self) -> Never where Self: InHandle { absurd() } // pin it: `gen_runtime::pin!(g)`, or `sync::pin!(g)` if regular
}

impl<G: AsyncGenerator> PinFirst for G {}

/// A future, so that an `.await` after such a call is not a second error.
type Never = Pending<Infallible>;

fn absurd() -> Never {
    unreachable!("nothing implements `InHandle`")
}

/// Implemented by nothing, for the error message.
#[diagnostic::on_unimplemented(
    message = "the generator is not in a handle; write `pin!(..)`, or `sync::pin!(..)` if it is regular, around it",
    label = "not in a handle"
)]
pub trait InHandle {}
