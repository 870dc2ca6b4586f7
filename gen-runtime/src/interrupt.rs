//! What a consumer asks, to interrupt the body: throw and close.

use core::ops::{Deref, DerefMut};

use crate::call::{Call, Close, Throw};
use crate::generator::AsyncGenerator;
use crate::handle::Handle;

/// Asks a generator to leave the place where it is suspended.
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
    /// In this version nothing in a body takes it: it ends the generator, whose locals and arguments
    /// are dropped within this call, and comes back. On a generator that is created, closing or
    /// finished the body does not run; a created one is then finished, a close under way stays under
    /// way.
    ///
    /// # Errors
    ///
    /// `error`.
    ///
    /// # Panics
    ///
    /// Where a destructor of the body's locals panics.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled raises nothing, and drops `error`.
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{State, async_gen, pin};
    ///
    /// #[async_gen(throws = &'static str)]
    /// async fn fails() -> u32 {
    ///     yield_!(1);
    ///     Err("out of numbers")
    /// }
    ///
    /// let mut numbers = pin!(fails());
    /// numbers.next().await;
    /// assert_eq!(numbers.throw("enough").await, Err("enough"));
    /// assert_eq!(numbers.state(), State::Finished);
    /// # });
    /// ```
    pub fn throw(&mut self, error: Error<P>) -> Call<'_, P::Target, Throw<Error<P>>> {
        self.call(Throw(Some(Interrupt::Throw(error))))
    }

    /// Ends the generator wherever it is suspended: its locals and arguments are dropped within
    /// this call. Closing a finished generator does nothing.
    ///
    /// # Errors
    ///
    /// What the body's cleanup failed with: in this version a body has none that could.
    ///
    /// # Panics
    ///
    /// Where a destructor of the body's locals panics.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled closes nothing. One that was polled will close the generator.
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen]
    /// async fn two() -> u32 {
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let mut numbers = pin!(two());
    /// assert_eq!(numbers.next().await, Some(1));
    /// assert_eq!(numbers.close().await, Ok(()));
    /// assert_eq!(numbers.next().await, None);
    /// # });
    /// ```
    pub fn close(&mut self) -> Call<'_, P::Target, Close<Error<P>>> {
        self.call(Close(Some(Interrupt::Close)))
    }
}
