//! The consumer's side.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::pin::Pin;

use crate::call::{Call, Fallible, Next, TryNext};
use crate::generator::AsyncGenerator;
use crate::request::Request;
use crate::state::State;

/// The consumer's side of a generator: a pinned pointer to it, with Python's protocol.
///
/// Made by [`pin!`](crate::pin) on the stack, by `Handle::boxed` on the heap, by [`Handle::new`]
/// from any pinned pointer. The methods that run the body return a [`Call`], a future that does
/// nothing until it is polled.
///
/// # Dropping
///
/// A handle from `pin!` is a pointer: dropping it does not drop the generator, the end of the scope
/// does. Dropping a generator drops its locals, then its arguments.
///
/// # Cancel safety
///
/// A call that was never polled has no effect. One that is dropped halfway, say by a timeout,
/// leaves the generator [`InFlight`](State::InFlight): the next [`next`](Handle::next) or
/// [`resume`](Handle::resume) goes on from there, and no item is lost. The value of a `send` has
/// then been delivered. What becomes of a `throw` or a `close` stands in
/// [`interrupts`](crate::guide::interrupts#cancellation).
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, pin};
///
/// #[async_gen(send = f64)]
/// async fn average() -> f64 {
///     let (mut sum, mut count) = (0.0, 0.0);
///     loop {
///         sum += yield_!(sum / f64::max(count, 1.0));
///         count += 1.0;
///     }
/// }
///
/// let mut mean = pin!(average());
/// mean.resume().await;
/// assert_eq!(mean.send(10.0).await, Some(10.0));
/// assert_eq!(mean.send(20.0).await, Some(15.0));
/// # });
/// ```
#[must_use = "a generator does nothing until a consumer asks it for items"]
pub struct Handle<P> {
    #[doc(hidden)]
    pub pointer: Pin<P>,
}

type Sent<P> = <<P as Deref>::Target as AsyncGenerator>::Sent;
type NextCall<'a, P> = Call<'a, <P as Deref>::Target, Next<Sent<P>>>;

impl<P> Handle<P>
where
    P: DerefMut<Target: AsyncGenerator>,
{
    /// Runs to the next yield, sending `S::default()` to the one that waits.
    ///
    /// `Some` is the next item: the yielded value, or, with `throws`, `Ok` of it or the `Err` that
    /// ended the generator. `None` says that the generator is finished, for ever.
    ///
    /// # Panics
    ///
    /// Where the body panics: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// Safe: dropped halfway, the next call goes on, and the item in flight is its result.
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
    /// assert_eq!(numbers.next().await, Some(2));
    /// assert_eq!(numbers.next().await, None);
    /// # });
    /// ```
    #[expect(
        clippy::should_implement_trait,
        reason = "Python's name, and every stream's"
    )]
    pub fn next(&mut self) -> NextCall<'_, P>
    where
        Sent<P>: Default,
    {
        self.call(Next(Request::Next(Default::default())))
    }

    /// Runs on without a value, where none is waited for: starts a created generator, or goes on
    /// with a call, or a close, whose future was dropped halfway.
    ///
    /// The result is that of [`next`](Handle::next); `None` when the generator is finished.
    ///
    /// # Panics
    ///
    /// At the call, where a yield waits for a value. And where the body panics: the generator is then
    /// finished.
    ///
    /// # Cancel safety
    ///
    /// Safe, as [`next`](Handle::next).
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(send = u32)]
    /// async fn doubler() -> u32 {
    ///     let mut number = 0;
    ///     loop {
    ///         number = yield_!(number * 2);
    ///     }
    /// }
    ///
    /// let mut doubler = pin!(doubler());
    /// // Nothing waits for a value yet.
    /// assert_eq!(doubler.resume().await, Some(0));
    /// assert_eq!(doubler.send(4).await, Some(8));
    /// # });
    /// ```
    #[track_caller]
    pub fn resume(&mut self) -> NextCall<'_, P> {
        assert!(
            self.state() != State::Suspended,
            "`resume` where a yield waits for a value; use `send` or `next`"
        );
        self.call(Next(Request::Resume))
    }

    /// Resumes the yield that waits with `value`, and runs to the next one.
    ///
    /// On a generator that is closing or finished `value` is dropped and the result is `None` at
    /// once; a close under way stays under way.
    ///
    /// # Panics
    ///
    /// At the call, where no yield waits for a value: the generator is just created, or in flight.
    /// [`try_send`](Handle::try_send) gives the value back instead. And where the body panics: the
    /// generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// Once polled, the value is delivered. Dropped halfway, go on with [`resume`](Handle::resume).
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(send = u32)]
    /// async fn doubler() -> u32 {
    ///     let mut number = 0;
    ///     loop {
    ///         number = yield_!(number * 2);
    ///     }
    /// }
    ///
    /// let mut doubler = pin!(doubler());
    /// doubler.resume().await;
    /// assert_eq!(doubler.send(4).await, Some(8));
    /// assert_eq!(doubler.send(5).await, Some(10));
    /// # });
    /// ```
    #[track_caller]
    #[rustfmt::skip]
    pub fn send(&mut self, value: Sent<P>) -> NextCall<'_, P> { // takes the `S` of `send = S`
        if self.state() != State::Suspended {
            self.refuse_send();
        }
        self.call(Next(Request::Send(value)))
    }

    /// [`send`](Handle::send), where a yield waits for a value.
    ///
    /// # Errors
    ///
    /// Gives `value` back wherever no yield waits for it: on a generator that is created, in
    /// flight, closing or finished.
    ///
    /// # Panics
    ///
    /// Where the body panics: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// As [`send`](Handle::send).
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(send = u32)]
    /// async fn doubler() -> u32 {
    ///     let mut number = 0;
    ///     loop {
    ///         number = yield_!(number * 2);
    ///     }
    /// }
    ///
    /// let mut doubler = pin!(doubler());
    /// assert_eq!(doubler.try_send(4).err(), Some(4));
    /// doubler.resume().await;
    /// let Ok(call) = doubler.try_send(4) else {
    ///     unreachable!("a yield waits");
    /// };
    /// assert_eq!(call.await, Some(8));
    /// # });
    /// ```
    #[rustfmt::skip]
    pub fn try_send(&mut self, value: Sent<P>) -> Result<NextCall<'_, P>, Sent<P>> { // takes the `S` of `send = S`
        if self.state() == State::Suspended {
            Ok(self.call(Next(Request::Send(value))))
        } else {
            Err(value)
        }
    }

    /// [`next`](Handle::next), transposed for `?`: of a generator with `throws`.
    ///
    /// # Errors
    ///
    /// What the body failed with.
    ///
    /// # Panics
    ///
    /// Where the body panics: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// Safe, as [`next`](Handle::next).
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(throws = &'static str)]
    /// async fn fails() -> u32 {
    ///     yield_!(1);
    ///     Err("out of numbers")
    /// }
    ///
    /// let mut numbers = pin!(fails());
    /// assert_eq!(numbers.try_next().await, Ok(Some(1)));
    /// assert_eq!(numbers.try_next().await, Err("out of numbers"));
    /// assert_eq!(numbers.try_next().await, Ok(None));
    /// # });
    /// ```
    pub fn try_next<T>(&mut self) -> Call<'_, P::Target, TryNext<Sent<P>, T>>
    where
        P::Target: AsyncGenerator<Sent: Default, Item: Fallible<Transposed = T>>,
    {
        self.call(TryNext(Request::Next(Default::default()), PhantomData))
    }

    /// Where the generator stands.
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{State, async_gen, pin};
    ///
    /// #[async_gen]
    /// async fn two() -> u32 {
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let mut numbers = pin!(two());
    /// assert_eq!(numbers.state(), State::Created);
    /// numbers.next().await;
    /// assert_eq!(numbers.state(), State::Suspended);
    /// # });
    /// ```
    #[must_use]
    pub fn state(&self) -> State {
        self.pointer.state()
    }

    /// The value that the body ended with: once, and only if it ended by itself without an error.
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{async_gen, pin};
    ///
    /// #[async_gen(returns = usize)]
    /// async fn words(text: &str) -> &str {
    ///     let mut count = 0;
    ///     for word in text.split(' ') {
    ///         yield_!(word);
    ///         count += 1;
    ///     }
    ///     count
    /// }
    ///
    /// let mut words = pin!(words("to be"));
    /// while words.next().await.is_some() {}
    /// assert_eq!(words.take_return(), Some(2));
    /// assert_eq!(words.take_return(), None);
    /// # });
    /// ```
    pub fn take_return(&mut self) -> Option<<P::Target as AsyncGenerator>::Return> {
        self.pointer.as_mut().take_return()
    }

    /// Panics where `send` does.
    #[cold]
    #[track_caller]
    fn refuse_send(&self) {
        match self.state() {
            State::Created => {
                panic!("`send` to a generator that was not started; use `resume` first")
            }
            State::InFlight => panic!("`send` while a call is in flight; use `resume` first"),
            State::Suspended | State::Closing | State::Finished => {}
        }
    }

    pub(crate) fn call<Q>(&mut self, query: Q) -> Call<'_, P::Target, Q> {
        Call::new(self.pointer.as_mut(), query)
    }
}

/// A handle is a pointer: moving it does not move the generator.
impl<P> Unpin for Handle<P> {}

/// Shows the state.
impl<P> fmt::Debug for Handle<P>
where
    P: DerefMut<Target: AsyncGenerator>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
