//! Generators on the heap, with types that can be named.

use alloc::boxed::Box;
use core::convert::Infallible;
use core::future::Future;

use crate::frame::Body;
use crate::generator::AsyncGenerator;
use crate::handle::Handle;
use crate::protocol::{Item, Output, Protocol};

/// A boxed generator that yields `Y`: what `#[async_gen(boxed)]` returns.
///
/// Its type can be named, for instance in a struct, and it is [`Unpin`] and [`Send`]. Every handle on the heap converts
/// into it: `Handle::boxed(generator).into()`.
///
/// It is a `Stream`. Where a `Pin<Box<dyn Stream>>` is asked for, `futures::StreamExt::boxed` makes one of it, with another
/// allocation. For a generator that is not boxed yet, [`Handle::into_inner`] makes one without.
///
/// # Examples
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

/// A [`BoxGenerator`] that is not [`Send`]: what `#[async_gen(boxed, local)]` returns.
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

/// A [`BoxTryGenerator`] that is not [`Send`].
pub type LocalBoxTryGenerator<'a, Y, E, S = (), R = ()> = Handle<
    Box<dyn AsyncGenerator<Yield = Y, Sent = S, Error = E, Return = R, Item = Result<Y, E>> + 'a>,
>;

/// A generator of protocol `P`, as the aliases erase it.
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
    /// Puts a generator on the heap. The handle owns it, and may be moved and returned.
    ///
    /// # Examples
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

/// Converts a handle to a generator on the heap, of one kind, into a nameable one.
macro_rules! erase {
    ($kind:ident: $alias:ident<$($param:ident),*>, $error:ty, $item:ty $(, $send:ident)?) => {
        impl<'a, G, $($param),*> From<Handle<Box<G>>> for $alias<'a, $($param),*>
        where
            G: $kind<Yield = Y, Sent = S, Error = $error, Return = R, Item = $item> $(+ $send)? + 'a,
        {
            /// Erases the type of the generator. Allocates nothing.
            fn from(handle: Handle<Box<G>>) -> Self {
                Handle::new(handle.into_inner())
            }
        }
    };
}
pub(crate) use erase;

erase!(AsyncGenerator: BoxGenerator<Y, S, R>, Infallible, Y, Send);
erase!(AsyncGenerator: LocalBoxGenerator<Y, S, R>, Infallible, Y);
erase!(AsyncGenerator: BoxTryGenerator<Y, E, S, R>, E, Result<Y, E>, Send);
erase!(AsyncGenerator: LocalBoxTryGenerator<Y, E, S, R>, E, Result<Y, E>);

impl<P: Protocol> Body<P> {
    /// Makes the generator of this body, boxed. rustc shows the bound if a body is not `Send`.
    #[rustfmt::skip]
    pub fn boxed<'a, F>(self, body: F) -> Handle<Box<ErasedSend<'a, P>>>
    where
        F: Future<Output = Output<P>> + Send + 'a, // to keep it on one thread, write `boxed, local`
        P: Protocol<Return: Send> + 'a,
    {
        Handle::new(Box::pin(self.generator(body)))
    }

    /// Makes the generator of this body, boxed, which need not be `Send`.
    pub fn boxed_local<'a, F>(self, body: F) -> Handle<Box<Erased<'a, P>>>
    where
        F: Future<Output = Output<P>> + 'a,
        P: 'a,
    {
        Handle::new(Box::pin(self.generator(body)))
    }
}
