//! What a consumer asks, to interrupt the body: throw and close.

use core::ops::{Deref, DerefMut};

use crate::call::{Call, Close, Throw};
use crate::generator::AsyncGenerator;
use crate::handle::Handle;

/// Asks a generator to leave the place where it is suspended.
///
/// Where it lands, and what takes it, stands in [`interrupts`](crate::guide::interrupts).
///
/// ```
/// use std::pin::pin;
/// use std::task::{Context, Poll, Waker};
///
/// use gen_runtime::{AsyncGenerator, Interrupt, async_gen};
///
/// #[async_gen(throws = char)]
/// async fn one() -> u32 {
///     yield_!(1);
/// }
///
/// let mut cx = Context::from_waker(Waker::noop());
/// let mut generator = pin!(one());
/// let mut interrupt = Some(Interrupt::Throw('e'));
/// let result = generator.as_mut().poll_interrupt(&mut cx, &mut interrupt);
/// assert_eq!(result, Poll::Ready(Err('e')));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupt<E> {
    /// By this error.
    Throw(E),
    /// For good.
    Close,
}

type Error<P> = <<P as Deref>::Target as AsyncGenerator>::Error;

impl<P> Handle<P>
where
    P: DerefMut<Target: AsyncGenerator>,
{
    /// Raises `error` where the body is suspended: at its yield or, when a call was dropped halfway,
    /// at its `.await`.
    ///
    /// The innermost `attempt!` takes it, and the body goes on: the result is its next item, or `None`
    /// at its end. On its way out each `defer!` runs. Where nothing takes it the generator ends, whose
    /// locals and arguments are dropped within this call.
    ///
    /// While a `defer!` runs, `error` waits for its end: see [`interrupts`](crate::guide::interrupts). On a
    /// generator that is created, closing or finished the body does not run; a created one is then
    /// finished, a close under way stays under way.
    ///
    /// # Errors
    ///
    /// `error`, where nothing took it, or another one that left the body.
    ///
    /// # Panics
    ///
    /// Where the body panics, also a destructor of its locals: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled raises nothing, and drops `error`. So does one that is dropped
    /// while `error` waits for the end of a `defer!`. Dropped later, the next
    /// [`next`](Handle::next) or [`resume`](Handle::resume) goes on with what it brought about.
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{State, async_gen, pin};
    ///
    /// #[async_gen(throws = &'static str)]
    /// async fn counts() -> u32 {
    ///     for n in 1.. {
    ///         let order = attempt! { yield_!(n) };
    ///         if order == Err("stop") {
    ///             return;
    ///         }
    ///     }
    ///     yield_!(0);
    /// }
    ///
    /// let mut numbers = pin!(counts());
    /// assert_eq!(numbers.next().await, Some(Ok(1)));
    /// assert_eq!(numbers.throw("go on").await, Ok(Some(2)));
    /// assert_eq!(numbers.throw("stop").await, Ok(None));
    /// // Nothing takes it any more: it comes back.
    /// assert_eq!(numbers.throw("too late").await, Err("too late"));
    /// assert_eq!(numbers.state(), State::Finished);
    /// # });
    /// ```
    #[rustfmt::skip]
    pub fn throw(&mut self, error: Error<P>) -> Call<'_, P::Target, Throw<Error<P>>> { // takes the `E` of `throws = E`
        self.call(Throw(Some(Interrupt::Throw(error))))
    }

    /// Ends the generator wherever it is suspended, running every `defer!` on the way out: its locals
    /// and arguments are dropped within this call. Closing a finished generator does nothing.
    ///
    /// It ends as soon as the cleanups do: no `attempt!` catches it, and no yield is reached. See
    /// [`interrupts`](crate::guide::interrupts).
    ///
    /// # Errors
    ///
    /// What a `defer!` failed with, the outermost one that did.
    ///
    /// # Panics
    ///
    /// Where the body panics, also a destructor of its locals: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled closes nothing. One that was polled will close the generator:
    /// dropped halfway it leaves it [`Closing`](crate::State::Closing), and another `close` goes on.
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use std::cell::Cell;
    ///
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen]
    /// async fn two(open: &Cell<bool>) -> u32 {
    ///     open.set(true);
    ///     defer! {
    ///         std::future::ready(()).await;
    ///         open.set(false);
    ///     }
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let open = Cell::new(false);
    /// let mut numbers = pin!(two(&open));
    /// assert_eq!(numbers.next().await, Some(1));
    /// assert!(open.get());
    /// assert_eq!(numbers.close().await, Ok(()));
    /// assert!(!open.get());
    /// assert_eq!(numbers.next().await, None);
    /// # });
    /// ```
    pub fn close(&mut self) -> Call<'_, P::Target, Close<Error<P>>> {
        self.call(Close(Some(Interrupt::Close)))
    }
}
