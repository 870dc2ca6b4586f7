//! How a generator comes into a handle.

use core::pin::Pin;

use crate::handle::Handle;

/// Pins a generator to the stack, and gives the [`Handle`] to it.
///
/// The generator lives to the end of the enclosing block, as with [`core::pin::pin!`].
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
    // A struct literal and not `Handle::new`: only there does the pinned temporary live on.
    ($generator:expr $(,)?) => {
        $crate::Handle {
            pointer: $crate::__private::pin!($generator),
        }
    };
}

impl<P> Handle<P> {
    /// A handle from a pinned pointer to a generator.
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
        Handle { pointer }
    }
}
