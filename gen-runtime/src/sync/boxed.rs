//! Regular generators on the heap, with types that can be named.

use alloc::boxed::Box;
use core::convert::Infallible;
use core::future::Future;

use crate::boxed::erase;
use crate::frame::Body;
use crate::protocol::{Item, Output, Protocol};
use crate::sync::generator::Generator;
use crate::sync::handle::Handle;

/// A boxed regular generator that yields `Y`: what `#[generator(boxed)]` returns.
///
/// Its type can be named, for instance in a struct, and it is [`Unpin`] and [`Send`]. Every handle on the heap converts
/// into it: `Handle::boxed(generator).into()`.
///
/// # Examples
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// #[generator(boxed)]
/// fn letters(word: &str) -> char {
///     for letter in word.chars() {
///         yield_!(letter);
///     }
/// }
///
/// let two: Vec<sync::BoxGenerator<'_, char>> = vec![letters("ab"), letters("xy")];
/// assert_eq!(two.into_iter().flatten().collect::<String>(), "abxy");
/// ```
pub type BoxGenerator<'a, Y, S = (), R = ()> = Handle<
    Box<dyn Generator<Yield = Y, Sent = S, Error = Infallible, Return = R, Item = Y> + Send + 'a>,
>;

/// A [`BoxGenerator`] that is not [`Send`]: what `#[generator(boxed, local)]` returns.
pub type LocalBoxGenerator<'a, Y, S = (), R = ()> =
    Handle<Box<dyn Generator<Yield = Y, Sent = S, Error = Infallible, Return = R, Item = Y> + 'a>>;

/// A [`BoxGenerator`] that may fail with `E`: its items are `Result<Y, E>`.
pub type BoxTryGenerator<'a, Y, E, S = (), R = ()> = Handle<
    Box<dyn Generator<Yield = Y, Sent = S, Error = E, Return = R, Item = Result<Y, E>> + Send + 'a>,
>;

/// A [`BoxTryGenerator`] that is not [`Send`].
pub type LocalBoxTryGenerator<'a, Y, E, S = (), R = ()> = Handle<
    Box<dyn Generator<Yield = Y, Sent = S, Error = E, Return = R, Item = Result<Y, E>> + 'a>,
>;

/// A generator of protocol `P`, as the aliases erase it.
type Erased<'a, P> = dyn Generator<
        Yield = <P as Protocol>::Yield,
        Sent = <P as Protocol>::Sent,
        Error = <P as Protocol>::Error,
        Return = <P as Protocol>::Return,
        Item = Item<P>,
    > + 'a;

/// An [`Erased`] generator that is [`Send`].
type ErasedSend<'a, P> = dyn Generator<
        Yield = <P as Protocol>::Yield,
        Sent = <P as Protocol>::Sent,
        Error = <P as Protocol>::Error,
        Return = <P as Protocol>::Return,
        Item = Item<P>,
    > + Send
    + 'a;

impl<G> Handle<Box<G>> {
    /// Puts a generator on the heap. The handle owns it, and may be moved and returned.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{generator, sync};
    ///
    /// #[generator]
    /// fn powers_of_two() -> u64 {
    ///     let mut power = 1;
    ///     loop {
    ///         yield_!(power);
    ///         power *= 2;
    ///     }
    /// }
    ///
    /// fn powers_up_to(limit: u64) -> impl Iterator<Item = u64> {
    ///     sync::Handle::boxed(powers_of_two()).take_while(move |&power| power <= limit)
    /// }
    ///
    /// assert_eq!(powers_up_to(10).sum::<u64>(), 15);
    /// ```
    pub fn boxed(generator: G) -> Self {
        Handle::new(Box::pin(generator))
    }
}

erase!(Generator: BoxGenerator<Y, S, R>, Infallible, Y, Send);
erase!(Generator: LocalBoxGenerator<Y, S, R>, Infallible, Y);
erase!(Generator: BoxTryGenerator<Y, E, S, R>, E, Result<Y, E>, Send);
erase!(Generator: LocalBoxTryGenerator<Y, E, S, R>, E, Result<Y, E>);

impl<P: Protocol> Body<P> {
    /// Makes the regular generator of this body, boxed. rustc shows the bound if a body is not `Send`.
    #[rustfmt::skip]
    pub fn boxed_regular<'a, F>(self, body: F) -> Handle<Box<ErasedSend<'a, P>>>
    where
        F: Future<Output = Output<P>> + Send + 'a, // to keep it on one thread, write `boxed, local`
        P: Protocol<Return: Send> + 'a,
    {
        Handle::new(Box::pin(self.regular(body)))
    }

    /// Makes the regular generator of this body, boxed, which need not be `Send`.
    pub fn boxed_local_regular<'a, F>(self, body: F) -> Handle<Box<Erased<'a, P>>>
    where
        F: Future<Output = Output<P>> + 'a,
        P: 'a,
    {
        Handle::new(Box::pin(self.regular(body)))
    }
}
