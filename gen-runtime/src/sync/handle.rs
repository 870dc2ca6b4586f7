//! The consumer's side of a regular generator.

use core::fmt;
use core::iter::FusedIterator;
use core::ops::{Deref, DerefMut};
use core::panic::Location;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use crate::fallible::{Fallible, IsResult};
use crate::generator::AsyncGenerator;
use crate::position::{self, Position};
use crate::request::{Interrupt, Request};
use crate::state::State;
use crate::sync::generator::Generator;

/// The consumer's side of a regular generator: a pinned pointer to it, with Python's protocol.
///
/// [`sync::pin!`](crate::sync::pin) makes one on the stack, `Handle::boxed` on the heap, and [`Handle::new`] from any pinned
/// pointer. Its methods are those of the async [`Handle`](crate::Handle), without futures: each runs the body before it
/// returns. So it leaves the generator `Created`, `Suspended` or `Finished`.
///
/// It is an [`Iterator`] where a yield is sent `()`, or another type with a default value. By itself an iterator does not
/// close the generator: use [`by_ref`](Iterator::by_ref), then [`close`](Handle::close).
///
/// # Dropping
///
/// Dropping a generator drops its locals, then its arguments, and runs no `defer!`, as for an async generator: use
/// [`closing`](crate::sync::closing) where cleanup must happen. A handle from `pin!` is a pointer: the generator is dropped
/// at the end of the scope, not with the handle.
///
/// # Panics
///
/// Each method that runs the body panics if the body does. Then the generator is finished. It also panics if the body
/// waits: `.await` does not compile in a regular generator, but the expansion of a macro in it may contain one.
///
/// # Examples
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// #[generator(send = f64)]
/// fn average() -> f64 {
///     let (mut sum, mut count) = (0.0, 0.0);
///     loop {
///         sum += yield_!(sum / f64::max(count, 1.0));
///         count += 1.0;
///     }
/// }
///
/// let mut mean = sync::pin!(average());
/// mean.resume();
/// assert_eq!(mean.send(10.0), Some(10.0));
/// assert_eq!(mean.send(20.0), Some(15.0));
/// ```
///
/// An iterator:
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// #[generator]
/// fn naturals() -> u32 {
///     for n in 0.. {
///         yield_!(n);
///     }
/// }
///
/// let mut numbers = sync::pin!(naturals());
/// assert_eq!(numbers.by_ref().skip(1).step_by(2).take(3).sum::<u32>(), 1 + 3 + 5);
/// assert_eq!(numbers.next(), Some(6));
/// let Ok(()) = numbers.close();
/// assert_eq!(numbers.next(), None);
/// ```
#[must_use = "a generator does nothing until a consumer asks it for items"]
pub struct Handle<P> {
    /// Public for `pin!` only, as that of the async handle.
    #[doc(hidden)]
    pub __pointer: Pin<P>,
}

/// Pins a regular generator to the stack, and evaluates to a [`sync::Handle`](crate::sync::Handle) to it.
///
/// The generator lives to the end of the enclosing block, or, in the head of a `for` loop, to the end of the loop.
///
/// # Examples
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// #[generator]
/// fn greetings() -> &'static str {
///     yield_!("hello");
/// }
///
/// for greeting in sync::pin!(greetings()) {
///     assert_eq!(greeting, "hello");
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __sync_pin {
    ($generator:expr $(,)?) => {
        $crate::sync::Handle {
            __pointer: $crate::__private::pin!($generator),
        }
    };
}

type Item<P> = <<P as Deref>::Target as AsyncGenerator>::Item;
type Yield<P> = <<P as Deref>::Target as AsyncGenerator>::Yield;
type Sent<P> = <<P as Deref>::Target as AsyncGenerator>::Sent;
type Error<P> = <<P as Deref>::Target as AsyncGenerator>::Error;
type Return<P> = <<P as Deref>::Target as AsyncGenerator>::Return;

impl<P> Handle<P> {
    /// Makes a handle of a pinned pointer to a generator.
    ///
    /// # Examples
    ///
    /// An unsized pointer makes a boxed form:
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn up_to(n: u32) -> u32 {
    ///     for i in 1..=n {
    ///         yield_!(i);
    ///     }
    /// }
    ///
    /// let numbers: sync::BoxGenerator<'_, u32> = sync::Handle::new(Box::pin(up_to(3)));
    /// ```
    pub const fn new(pointer: Pin<P>) -> Self {
        Handle { __pointer: pointer }
    }

    /// Returns the pinned pointer.
    ///
    /// # Examples
    ///
    /// An async handle of the same generator:
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{Handle, generator, sync};
    ///
    /// #[generator]
    /// fn up_to(n: u32) -> u32 {
    ///     for i in 1..=n {
    ///         yield_!(i);
    ///     }
    /// }
    ///
    /// let numbers = sync::Handle::boxed(up_to(3));
    /// let mut numbers = Handle::new(numbers.into_inner());
    /// assert_eq!(numbers.next().await, Some(1));
    /// # });
    /// ```
    pub fn into_inner(self) -> Pin<P> {
        self.__pointer
    }
}

impl<P> Handle<P>
where
    P: DerefMut<Target: Generator>,
{
    /// Runs the body to its next yield, sending `S::default()` to the one that is waiting.
    ///
    /// Returns `Some` of the next item: the yielded value or, with `throws`, `Ok` of it or an `Err`. Returns `None` forever
    /// once the generator is finished.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn two() -> u32 {
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let mut numbers = sync::pin!(two());
    /// assert_eq!(numbers.next(), Some(1));
    /// assert_eq!(numbers.next(), Some(2));
    /// assert_eq!(numbers.next(), None);
    /// ```
    #[expect(
        clippy::should_implement_trait,
        reason = "it does; this one is for bounds and messages like those of the other methods"
    )]
    #[inline]
    #[track_caller]
    pub fn next(&mut self) -> Option<Item<P>>
    where
        Sent<P>: Default,
    {
        self.run(Default::default())
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
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator(throws = &'static str)]
    /// fn fails() -> u32 {
    ///     yield_!(1);
    ///     Err("out of numbers")
    /// }
    ///
    /// let mut numbers = sync::pin!(fails());
    /// assert_eq!(numbers.try_next(), Ok(Some(1)));
    /// assert_eq!(numbers.try_next(), Err("out of numbers"));
    /// assert_eq!(numbers.try_next(), Ok(None));
    /// ```
    #[track_caller]
    pub fn try_next(&mut self) -> Result<Option<Yield<P>>, Error<P>>
    where
        P::Target: AsyncGenerator<
                Sent: Default,
                Item: IsResult
                          + Fallible<
                    <P::Target as AsyncGenerator>::Yield,
                    <P::Target as AsyncGenerator>::Error,
                >,
            >,
    {
        self.next().map(Fallible::into_result).transpose()
    }

    /// Starts a generator that was created, and runs the body to its first yield.
    ///
    /// Returns the same as [`next`](Handle::next).
    ///
    /// # Panics
    ///
    /// When it is called while a yield is waiting for a value. And if the body panics: the generator is then
    /// finished.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator(send = u32)]
    /// fn doubler() -> u32 {
    ///     let mut number = 0;
    ///     loop {
    ///         number = yield_!(number * 2);
    ///     }
    /// }
    ///
    /// let mut doubler = sync::pin!(doubler());
    /// // No yield is waiting for a value yet.
    /// assert_eq!(doubler.resume(), Some(0));
    /// assert_eq!(doubler.send(4), Some(8));
    /// ```
    #[track_caller]
    pub fn resume(&mut self) -> Option<Item<P>> {
        self.state().check_resume();
        let mut cx = Context::from_waker(Waker::noop());
        let poll = self
            .pinned()
            .poll_resume(&mut cx, &mut Request::Resume, None);
        self.ready(poll)
    }

    /// Resumes the waiting yield with `value`, and runs the body to its next one.
    ///
    /// If the generator is finished, `value` is dropped, and the result is `None`.
    ///
    /// # Panics
    ///
    /// When it is called before the generator was started. [`try_send`](Handle::try_send) returns the value instead. And if
    /// the body panics: the generator is then finished.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator(send = u32)]
    /// fn doubler() -> u32 {
    ///     let mut number = 0;
    ///     loop {
    ///         number = yield_!(number * 2);
    ///     }
    /// }
    ///
    /// let mut doubler = sync::pin!(doubler());
    /// doubler.resume();
    /// assert_eq!(doubler.send(4), Some(8));
    /// assert_eq!(doubler.send(5), Some(10));
    /// ```
    #[inline]
    #[track_caller]
    #[rustfmt::skip]
    pub fn send(&mut self, value: Sent<P>) -> Option<Item<P>> { // takes the `S` of `send = S`
        let state = self.state();
        state.check_send();
        // Where no yield waits for the value it is dropped.
        if state == State::Suspended {
            self.run(value)
        } else {
            None
        }
    }

    /// [`send`](Handle::send), which returns the value if no yield is waiting for one.
    ///
    /// # Errors
    ///
    /// `value`, if the generator is created or finished.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator(send = u32)]
    /// fn doubler() -> u32 {
    ///     let mut number = 0;
    ///     loop {
    ///         number = yield_!(number * 2);
    ///     }
    /// }
    ///
    /// let mut doubler = sync::pin!(doubler());
    /// assert_eq!(doubler.try_send(4), Err(4));
    /// doubler.resume();
    /// assert_eq!(doubler.try_send(4), Ok(Some(8)));
    /// ```
    #[track_caller]
    #[rustfmt::skip]
    pub fn try_send(&mut self, value: Sent<P>) -> Result<Option<Item<P>>, Sent<P>> { // takes the `S` of `send = S`
        if self.state() == State::Suspended {
            Ok(self.run(value))
        } else {
            Err(value)
        }
    }

    /// Runs the body to its end, dropping the items, and returns its return value.
    ///
    /// Returns `Ok(None)` if there is no return value: it was taken before, or the generator was ended by an error, a panic
    /// or a close.
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
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator(returns = usize)]
    /// fn words(text: &str) -> &str {
    ///     let mut count = 0;
    ///     for word in text.split(' ') {
    ///         yield_!(word);
    ///         count += 1;
    ///     }
    ///     count
    /// }
    ///
    /// let mut words = sync::pin!(words("to be or not"));
    /// assert_eq!(words.next(), Some("to"));
    /// assert_eq!(words.finish(), Ok(Some(4)));
    /// ```
    #[track_caller]
    pub fn finish(&mut self) -> Result<Option<Return<P>>, Error<P>>
    where
        P::Target: AsyncGenerator<
                Sent: Default,
                Item: Fallible<
                    <P::Target as AsyncGenerator>::Yield,
                    <P::Target as AsyncGenerator>::Error,
                >,
            >,
    {
        while let Some(item) = self.next() {
            item.into_result()?;
        }
        Ok(self.take_return())
    }

    /// Raises `error` at the yield where the body is suspended.
    ///
    /// The innermost `attempt!` catches it, and the body continues. Each `defer!` that the error leaves runs. The result
    /// is the next item, or `None` at the end of the body. If nothing catches the error, the generator ends, and its
    /// locals and arguments are dropped within this call.
    ///
    /// If the generator is created or finished, the body does not run. A created one is then finished.
    ///
    /// # Errors
    ///
    /// `error` if nothing caught it, or another one that left the body.
    ///
    /// # Panics
    ///
    /// If the body panics, or a destructor of its locals does: the generator is then finished.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{State, generator, sync};
    ///
    /// #[generator(throws = &'static str)]
    /// fn counts() -> u32 {
    ///     for n in 1.. {
    ///         let order = attempt! { yield_!(n) };
    ///         if order == Err("stop") {
    ///             return;
    ///         }
    ///     }
    /// }
    ///
    /// let mut numbers = sync::pin!(counts());
    /// assert_eq!(numbers.next(), Some(Ok(1)));
    /// assert_eq!(numbers.throw("go on"), Ok(Some(2)));
    /// assert_eq!(numbers.throw("stop"), Ok(None));
    /// // A finished generator returns the error.
    /// assert_eq!(numbers.throw("too late"), Err("too late"));
    /// assert_eq!(numbers.state(), State::Finished);
    /// ```
    #[track_caller]
    #[rustfmt::skip]
    pub fn throw(&mut self, error: Error<P>) -> Result<Option<Yield<P>>, Error<P>> { // takes the `E` of `throws = E`
        self.interrupt(Interrupt::Throw(error))
    }

    /// Ends the body at the yield where it is suspended, and runs every `defer!` that it has reached. Its locals and
    /// arguments are dropped within this call.
    ///
    /// No `attempt!` catches it, and no yield is reached. Closing a finished generator does nothing.
    ///
    /// # Errors
    ///
    /// The error that a `defer!` failed with, if it left the body.
    ///
    /// # Panics
    ///
    /// If the body panics, or a destructor of its locals does: the generator is then finished.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::cell::Cell;
    ///
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn two(open: &Cell<bool>) -> u32 {
    ///     open.set(true);
    ///     defer! { open.set(false); }
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let open = Cell::new(false);
    /// let mut numbers = sync::pin!(two(&open));
    /// assert_eq!(numbers.next(), Some(1));
    /// assert!(open.get());
    /// assert_eq!(numbers.close(), Ok(()));
    /// assert!(!open.get());
    /// assert_eq!(numbers.next(), None);
    /// ```
    #[track_caller]
    pub fn close(&mut self) -> Result<(), Error<P>> {
        // A generator that is closing cannot yield.
        self.interrupt(Interrupt::Close).map(|_| ())
    }

    /// Returns the state of the generator: `Created`, `Suspended` or `Finished`.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{State, generator, sync};
    ///
    /// #[generator]
    /// fn two() -> u32 {
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// let mut numbers = sync::pin!(two());
    /// assert_eq!(numbers.state(), State::Created);
    /// numbers.next();
    /// assert_eq!(numbers.state(), State::Suspended);
    /// ```
    #[must_use]
    pub fn state(&self) -> State {
        self.shared().state()
    }

    /// Returns the location of the yield or `yield_from!` where the body is suspended.
    ///
    /// It is `None` without the feature `locations`, and where [`Position::location`](crate::Position::location) is. If the
    /// body delegates, [`positions`](Handle::positions) shows the inner generators, too.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn one() -> u32 {
    ///     yield_!(1);
    /// }
    ///
    /// let mut numbers = sync::pin!(one());
    /// assert_eq!(numbers.suspended_at(), None);
    /// numbers.next();
    /// let at = numbers.suspended_at();
    /// # #[cfg(feature = "locations")]
    /// assert!(at.is_some_and(|at| at.file() == file!()));
    /// ```
    #[must_use]
    pub fn suspended_at(&self) -> Option<&'static Location<'static>> {
        self.shared().position().location()
    }

    /// Passes the functions of this generator and of those that it delegates to, with the locations where they are
    /// suspended, to a closure: from the innermost one outward, as in a backtrace.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn one() -> u32 {
    ///     yield_!(1);
    /// }
    ///
    /// let numbers = sync::pin!(one());
    /// let mut functions = Vec::new();
    /// numbers.positions(|position| functions.push(position.function()));
    /// assert_eq!(functions.len(), 1);
    /// assert!(functions[0].ends_with("::one"));
    /// ```
    pub fn positions(&self, mut visit: impl FnMut(Position)) {
        self.shared().positions(&mut visit);
    }

    /// Takes the return value of the body: once, and only if the body ended by itself and without an error.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator(returns = usize)]
    /// fn words(text: &str) -> &str {
    ///     let mut count = 0;
    ///     for word in text.split(' ') {
    ///         yield_!(word);
    ///         count += 1;
    ///     }
    ///     count
    /// }
    ///
    /// let mut words = sync::pin!(words("to be"));
    /// assert_eq!(words.by_ref().collect::<Vec<_>>(), ["to", "be"]);
    /// assert_eq!(words.take_return(), Some(2));
    /// assert_eq!(words.take_return(), None);
    /// ```
    pub fn take_return(&mut self) -> Option<Return<P>> {
        self.pinned().take_return()
    }

    /// Makes a handle that borrows this one.
    ///
    /// # Examples
    ///
    /// A function that takes its handle by value can be lent one:
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn numbers() -> u32 {
    ///     for n in 1..=4 {
    ///         yield_!(n);
    ///     }
    /// }
    ///
    /// fn sum_of_two<G>(numbers: sync::Handle<&mut G>) -> u32
    /// where
    ///     G: sync::Generator<Yield = u32, Sent = (), Item = u32>,
    /// {
    ///     numbers.take(2).sum()
    /// }
    ///
    /// let mut numbers = sync::pin!(numbers());
    /// assert_eq!(sum_of_two(numbers.as_mut()), 1 + 2);
    /// assert_eq!(sum_of_two(numbers.as_mut()), 3 + 4);
    /// ```
    pub fn as_mut(&mut self) -> Handle<&mut P::Target> {
        Handle::new(self.pinned())
    }

    #[inline]
    pub(crate) fn pinned(&mut self) -> Pin<&mut P::Target> {
        self.__pointer.as_mut()
    }

    #[inline]
    pub(crate) fn shared(&self) -> &P::Target {
        &self.__pointer
    }

    #[inline]
    #[track_caller]
    fn run(&mut self, value: Sent<P>) -> Option<Item<P>> {
        let poll = self.pinned().poll_run(value);
        self.ready(poll)
    }

    #[inline]
    #[track_caller]
    fn interrupt(
        &mut self,
        mut interrupt: Interrupt<Error<P>>,
    ) -> Result<Option<Yield<P>>, Error<P>> {
        let mut cx = Context::from_waker(Waker::noop());
        let poll = self.pinned().poll_interrupt(&mut cx, &mut interrupt, None);
        self.ready(poll)
    }

    /// Returns the outcome of a poll.
    ///
    /// # Panics
    ///
    /// If the body waits.
    #[inline]
    #[track_caller]
    fn ready<T>(&mut self, poll: Poll<T>) -> T {
        match poll {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => refuse_wait(self.pinned()),
        }
    }
}

/// Finishes a generator whose body waits, as if the await had panicked.
#[cold]
#[track_caller]
fn refuse_wait<G: AsyncGenerator + ?Sized>(generator: Pin<&mut G>) -> ! {
    generator.abort();
    panic!(
        "a macro in the body of a regular generator awaited a future that was not ready; use `#[async_gen]` on an `async fn`"
    )
}

/// Calls [`next`](Handle::next).
impl<P> Iterator for Handle<P>
where
    P: DerefMut<Target: Generator<Sent: Default>>,
{
    type Item = Item<P>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Handle::next(self)
    }

    /// Exact once the generator is finished; before, any number of items may follow.
    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.state() {
            State::Finished => (0, Some(0)),
            _ => (0, None),
        }
    }
}

impl<P> FusedIterator for Handle<P> where P: DerefMut<Target: Generator<Sent: Default>> {}

/// A handle is a pointer: moving it does not move the generator.
impl<P> Unpin for Handle<P> {}

/// Shows the state and, with the feature `locations`, the [`positions`](Handle::positions).
impl<P> fmt::Debug for Handle<P>
where
    P: DerefMut<Target: Generator>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        position::show(self.shared(), f)
    }
}
