//! Generators on the heap, with types that can be named.

use alloc::boxed::Box;
use core::convert::Infallible;
use core::future::Future;

use crate::frame::Body;
use crate::generator::AsyncGenerator;
use crate::handle::Handle;
use crate::protocol::{Item, Output, Protocol};

/// A boxed generator that yields `Y`: nameable, [`Unpin`], [`Send`], and movable.
///
/// What `#[async_gen(boxed)]` returns.
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{BoxGenerator, async_gen};
///
/// #[async_gen(boxed)]
/// async fn letters(word: &str) -> char {
///     for letter in word.chars() {
///         yield_!(letter);
///     }
/// }
///
/// let mut two: Vec<BoxGenerator<'_, char>> = vec![letters("ab"), letters("xy")];
/// assert_eq!(two[0].next().await, Some('a'));
/// assert_eq!(two[1].next().await, Some('x'));
/// # });
/// ```
pub type BoxGenerator<'a, Y, S = (), R = ()> = Handle<
    Box<
        dyn AsyncGenerator<Yield = Y, Sent = S, Error = Infallible, Return = R, Item = Y>
            + Send
            + 'a,
    >,
>;

/// A [`BoxGenerator`] that need not be [`Send`]: what `#[async_gen(boxed, local)]` returns.
pub type LocalBoxGenerator<'a, Y, S = (), R = ()> = Handle<
    Box<dyn AsyncGenerator<Yield = Y, Sent = S, Error = Infallible, Return = R, Item = Y> + 'a>,
>;

/// A [`BoxGenerator`] that may fail with `E`: its items are `Result<Y, E>`.
pub type BoxTryGenerator<'a, Y, E, S = (), R = ()> = Handle<
    Box<
        dyn AsyncGenerator<Yield = Y, Sent = S, Error = E, Return = R, Item = Result<Y, E>>
            + Send
            + 'a,
    >,
>;

/// A [`BoxTryGenerator`] that need not be [`Send`].
pub type LocalBoxTryGenerator<'a, Y, E, S = (), R = ()> = Handle<
    Box<dyn AsyncGenerator<Yield = Y, Sent = S, Error = E, Return = R, Item = Result<Y, E>> + 'a>,
>;

/// The generator of a protocol, as all of the aliases erase it.
type Erased<'a, P> = dyn AsyncGenerator<
        Yield = <P as Protocol>::Yield,
        Sent = <P as Protocol>::Sent,
        Error = <P as Protocol>::Error,
        Return = <P as Protocol>::Return,
        Item = Item<P>,
    > + 'a;

/// An [`Erased`] generator that is [`Send`].
type ErasedSend<'a, P> = dyn AsyncGenerator<
        Yield = <P as Protocol>::Yield,
        Sent = <P as Protocol>::Sent,
        Error = <P as Protocol>::Error,
        Return = <P as Protocol>::Return,
        Item = Item<P>,
    > + Send
    + 'a;

impl<G> Handle<Box<G>> {
    /// Puts a generator on the heap: the handle owns it, and may be moved and returned.
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{Handle, async_gen};
    ///
    /// #[async_gen]
    /// async fn one() -> u32 {
    ///     yield_!(1);
    /// }
    ///
    /// let mut numbers = Handle::boxed(one());
    /// assert_eq!(numbers.next().await, Some(1));
    /// # });
    /// ```
    pub fn boxed(generator: G) -> Self {
        Handle::new(Box::pin(generator))
    }
}

impl<P: Protocol> Body<P> {
    /// The generator of this body, boxed. rustc shows the bound where a body is not `Send`.
    #[rustfmt::skip]
    pub fn boxed<'a, F>(self, body: F) -> Handle<Box<ErasedSend<'a, P>>>
    where
        F: Future<Output = Output<P>> + Send + 'a, // to keep it on one thread, write `boxed, local`
        P: Protocol<Return: Send> + 'a,
    {
        Handle::new(Box::pin(self.generator(body)))
    }

    /// The generator of this body, boxed, and kept to its thread if it must be.
    pub fn boxed_local<'a, F>(self, body: F) -> Handle<Box<Erased<'a, P>>>
    where
        F: Future<Output = Output<P>> + 'a,
        P: 'a,
    {
        Handle::new(Box::pin(self.generator(body)))
    }
}
