//! The consumer's side: the handle and its calls.

use core::fmt;
use core::ops::{Deref, DerefMut};
use core::panic::Location;
use core::pin::Pin;

use crate::call::{Close, Finish, Next, Throw, TryNext};
use crate::fallible::IsResult;
use crate::generator::AsyncGenerator;
use crate::position::{self, Position};
use crate::request::{Interrupt, Request};
use crate::state::State;

/// The consumer's side of a generator: a pinned pointer to it, with Python's protocol.
///
/// [`pin!`](crate::pin) makes one on the stack, `Handle::boxed` (feature `alloc`) on the heap, and [`Handle::new`] from any
/// pinned pointer. The methods that run the body return futures, which do nothing until they are polled.
///
/// # Dropping
///
/// Dropping a generator drops its locals, then its arguments, and runs no `defer!`. A handle from `pin!` is a
/// pointer: the generator is dropped at the end of the scope, not with the handle.
///
/// # Cancel safety
///
/// A call that was never polled has no effect. A call that is dropped while it is pending, for instance by a
/// timeout, leaves the generator [`InFlight`](State::InFlight): the next [`next`](Handle::next) or
/// [`resume`](Handle::resume) continues, and no item is lost. The value of a `send` has been delivered by then. For
/// `throw` and `close` see [`cancellation`](crate::guide::cancellation#dropped-calls).
///
/// # Examples
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
    /// Public for `pin!` only: rustc extends the life of a temporary in the field of a struct literal, and, before
    /// Rust 1.89, in no call of a function.
    #[doc(hidden)]
    pub __pointer: Pin<P>,
}

/// Pins a generator to the stack, and evaluates to a [`Handle`] to it.
///
/// The generator lives to the end of the enclosing block, as with [`core::pin::pin!`].
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, pin};
///
/// #[async_gen]
/// async fn greetings() -> &'static str {
///     yield_!("hello");
/// }
///
/// let mut greetings = pin!(greetings());
/// assert_eq!(greetings.next().await, Some("hello"));
/// # });
/// ```
#[macro_export]
macro_rules! pin {
    ($generator:expr $(,)?) => {
        $crate::Handle {
            __pointer: $crate::__private::pin!($generator),
        }
    };
}

type Sent<P> = <<P as Deref>::Target as AsyncGenerator>::Sent;
type Error<P> = <<P as Deref>::Target as AsyncGenerator>::Error;

impl<P> Handle<P> {
    /// Makes a handle of a pinned pointer to a generator.
    ///
    /// # Examples
    ///
    /// An unsized pointer makes a boxed form:
    ///
    /// ```
    /// use gen_runtime::{BoxGenerator, Handle, async_gen};
    ///
    /// #[async_gen]
    /// async fn up_to(n: u32) -> u32 {
    ///     for i in 1..=n {
    ///         yield_!(i);
    ///     }
    /// }
    ///
    /// let numbers: BoxGenerator<'_, u32> = Handle::new(Box::pin(up_to(3)));
    /// ```
    pub const fn new(pointer: Pin<P>) -> Self {
        Handle { __pointer: pointer }
    }

    /// Returns the pinned pointer.
    ///
    /// # Examples
    ///
    /// The pointer of `Handle::boxed` is a boxed stream:
    ///
    /// ```
    /// use futures::stream::BoxStream;
    /// use gen_runtime::{Handle, async_gen};
    ///
    /// #[async_gen]
    /// async fn up_to(n: u32) -> u32 {
    ///     for i in 1..=n {
    ///         yield_!(i);
    ///     }
    /// }
    ///
    /// let stream: BoxStream<'_, u32> = Handle::boxed(up_to(3)).into_inner();
    /// ```
    pub fn into_inner(self) -> Pin<P> {
        self.__pointer
    }
}

impl<P> Handle<P>
where
    P: DerefMut<Target: AsyncGenerator>,
{
    /// Runs the body to its next yield, sending `S::default()` to the one that is waiting.
    ///
    /// Evaluates to `Some` of the next item: the yielded value or, with `throws`, `Ok` of it or an `Err`. Evaluates to
    /// `None` forever once the generator is finished.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// Safe: if the future is dropped while it is pending, the next call continues and returns the item.
    ///
    /// # Examples
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
        reason = "the name of Python's method, and of every stream's"
    )]
    pub fn next(&mut self) -> Next<'_, P::Target>
    where
        Sent<P>: Default,
    {
        Next::new(self.pinned(), Request::Next(Default::default()))
    }

    /// [`next`](Handle::next), transposed for `?`. For generators with `throws`.
    ///
    /// # Errors
    ///
    /// The error that the body failed with, or that it yielded. The generator is finished only in the first case.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// Safe, as [`next`](Handle::next).
    ///
    /// # Examples
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
    pub fn try_next(&mut self) -> TryNext<'_, P::Target>
    where
        P::Target: AsyncGenerator<Sent: Default, Item: IsResult>,
    {
        TryNext::new(self.pinned(), Request::Next(Default::default()))
    }

    /// Runs the body on where no yield is waiting for a value: starts a created generator, or continues a call or a
    /// close whose future was dropped.
    ///
    /// Evaluates to the same as [`next`](Handle::next).
    ///
    /// # Panics
    ///
    /// When it is called while a yield is waiting for a value. And if the body panics: the generator is then
    /// finished.
    ///
    /// # Cancel safety
    ///
    /// Safe, as [`next`](Handle::next).
    ///
    /// # Examples
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
    /// // No yield is waiting for a value yet.
    /// assert_eq!(doubler.resume().await, Some(0));
    /// assert_eq!(doubler.send(4).await, Some(8));
    /// # });
    /// ```
    #[track_caller]
    pub fn resume(&mut self) -> Next<'_, P::Target> {
        self.state().check_resume();
        Next::new(self.pinned(), Request::Resume)
    }

    /// Resumes the waiting yield with `value`, and runs the body to its next one.
    ///
    /// If the generator is closing or finished, `value` is dropped and the future is ready with `None` at once. A
    /// close under way is not affected.
    ///
    /// # Panics
    ///
    /// When it is called while no yield is waiting for a value: the generator is created or in flight.
    /// [`try_send`](Handle::try_send) returns the value instead. And if the body panics: the generator is then
    /// finished.
    ///
    /// # Cancel safety
    ///
    /// The value is delivered by the first poll. If the future is dropped later, continue with
    /// [`resume`](Handle::resume).
    ///
    /// # Examples
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
    pub fn send(&mut self, value: Sent<P>) -> Next<'_, P::Target> { // takes the `S` of `send = S`
        self.state().check_send();
        Next::new(self.pinned(), Request::Send(value))
    }

    /// [`send`](Handle::send), which returns the value if no yield is waiting for one.
    ///
    /// # Errors
    ///
    /// `value`, if the generator is created, in flight, closing or finished.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// As [`send`](Handle::send).
    ///
    /// # Examples
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
    ///     unreachable!("a yield is waiting");
    /// };
    /// assert_eq!(call.await, Some(8));
    /// # });
    /// ```
    #[rustfmt::skip]
    pub fn try_send(&mut self, value: Sent<P>) -> Result<Next<'_, P::Target>, Sent<P>> { // takes the `S` of `send = S`
        if self.state() == State::Suspended {
            Ok(Next::new(self.pinned(), Request::Send(value)))
        } else {
            Err(value)
        }
    }

    /// Runs the body to its end, dropping the items, and returns its return value.
    ///
    /// Evaluates to `Ok(None)` if there is no return value: it was taken before, or the generator was ended by an
    /// error, a panic or a close.
    ///
    /// # Errors
    ///
    /// The first error among the items. If the body yielded it, the generator is suspended, and another
    /// `finish` continues.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// Safe: if the future is dropped while it is pending, another `finish` continues. The items up to then are
    /// dropped.
    ///
    /// # Examples
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
    /// let mut words = pin!(words("to be or not"));
    /// assert_eq!(words.next().await, Some("to"));
    /// assert_eq!(words.finish().await, Ok(Some(4)));
    /// # });
    /// ```
    pub fn finish(&mut self) -> Finish<'_, P::Target>
    where
        Sent<P>: Default,
    {
        Finish::new(self.pinned(), Request::Next(Default::default()))
    }

    /// Raises `error` where the body is suspended: at its yield or, if an earlier call was dropped while it was
    /// pending, at its `.await`.
    ///
    /// The innermost `attempt!` catches it, and the body continues. Each `defer!` that the error leaves runs. The result
    /// is the next item, or `None` at the end of the body. If nothing catches the error, the generator ends, and its
    /// locals and arguments are dropped within this call.
    ///
    /// While a `defer!` runs, `error` waits for its end: see [`interrupts`](crate::guide::interrupts). If the generator
    /// is created, closing or finished, the body does not run. A created one is then finished, and a close under way
    /// is not affected.
    ///
    /// # Errors
    ///
    /// `error` if nothing caught it, or another one that left the body.
    ///
    /// # Panics
    ///
    /// If the body panics, or a destructor of its locals does: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled raises nothing and drops `error`. So does a call that is dropped while `error` waits
    /// for the end of a `defer!`. If it is dropped later, the next [`next`](Handle::next) or
    /// [`resume`](Handle::resume) continues on the way that the error took.
    ///
    /// # Examples
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
    /// // A finished generator returns the error.
    /// assert_eq!(numbers.throw("too late").await, Err("too late"));
    /// assert_eq!(numbers.state(), State::Finished);
    /// # });
    /// ```
    #[rustfmt::skip]
    pub fn throw(&mut self, error: Error<P>) -> Throw<'_, P::Target> { // takes the `E` of `throws = E`
        Throw::new(self.pinned(), Interrupt::Throw(error))
    }

    /// Ends the body where it is suspended, and runs every `defer!` that it has reached. Its locals and arguments are dropped
    /// within this call.
    ///
    /// It ends when the cleanups end: no `attempt!` catches it, and no yield is reached. Closing a finished generator
    /// does nothing. See [`interrupts`](crate::guide::interrupts).
    ///
    /// # Errors
    ///
    /// The error that a `defer!` failed with, if it left the body.
    ///
    /// # Panics
    ///
    /// If the body panics, or a destructor of its locals does: the generator is then finished.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled closes nothing. If it is dropped while it is pending, the generator is
    /// [`Closing`](State::Closing), and another `close` continues.
    ///
    /// # Examples
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
    pub fn close(&mut self) -> Close<'_, P::Target> {
        Close::new(self.pinned(), Interrupt::Close)
    }

    /// Returns the state of the generator.
    ///
    /// # Examples
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
        self.shared().state()
    }

    /// Returns the location of the yield, await, `yield_from!` or loop at which the body is suspended.
    ///
    /// It is always `None` without the feature `locations`; see [`Position::location`](crate::Position::location) for the
    /// other cases. If the body delegates, [`positions`](Handle::positions) shows the inner generators, too. The guide has a
    /// page about [positions](crate::guide::positions).
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
    /// assert_eq!(numbers.suspended_at(), None);
    /// numbers.next().await;
    /// let at = numbers.suspended_at();
    /// # #[cfg(feature = "locations")]
    /// assert!(at.is_some_and(|at| at.file() == file!()));
    /// # });
    /// ```
    #[must_use]
    pub fn suspended_at(&self) -> Option<&'static Location<'static>> {
        self.shared().position().location()
    }

    /// Calls a closure with the [`Position`](crate::Position) of this generator and of each one that it delegates to: from
    /// the innermost one outward, as in a backtrace.
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
    /// let numbers = pin!(one());
    /// let mut functions = Vec::new();
    /// numbers.positions(|position| functions.push(position.function()));
    /// assert_eq!(functions.len(), 1);
    /// assert!(functions[0].ends_with("::one"));
    /// # });
    /// ```
    pub fn positions(&self, mut visit: impl FnMut(Position)) {
        self.shared().positions(&mut visit);
    }

    /// Takes the return value of the body: once, and only if the body ended by itself and without an error.
    ///
    /// # Examples
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
        self.pinned().take_return()
    }

    /// Makes a handle that borrows this one.
    ///
    /// # Examples
    ///
    /// A function that takes its handle by value can be lent one:
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{AsyncGenerator, Handle, async_gen, pin};
    ///
    /// #[async_gen]
    /// async fn numbers() -> u32 {
    ///     for n in 1..=4 {
    ///         yield_!(n);
    ///     }
    /// }
    ///
    /// async fn sum_of_two<G>(mut numbers: Handle<&mut G>) -> u32
    /// where
    ///     G: AsyncGenerator<Yield = u32, Sent = (), Item = u32>,
    /// {
    ///     numbers.next().await.unwrap_or(0) + numbers.next().await.unwrap_or(0)
    /// }
    ///
    /// let mut numbers = pin!(numbers());
    /// assert_eq!(sum_of_two(numbers.as_mut()).await, 1 + 2);
    /// assert_eq!(sum_of_two(numbers.as_mut()).await, 3 + 4);
    /// # });
    /// ```
    pub fn as_mut(&mut self) -> Handle<&mut P::Target> {
        Handle::new(self.pinned())
    }

    pub(crate) fn pinned(&mut self) -> Pin<&mut P::Target> {
        self.__pointer.as_mut()
    }

    pub(crate) fn shared(&self) -> &P::Target {
        &self.__pointer
    }
}

/// A handle is a pointer: moving it does not move the generator.
impl<P> Unpin for Handle<P> {}

/// Shows the state and, with the feature `locations`, the [`positions`](Handle::positions).
impl<P> fmt::Debug for Handle<P>
where
    P: DerefMut<Target: AsyncGenerator>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        position::show(self.shared(), f)
    }
}
