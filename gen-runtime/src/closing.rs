//! Closing a generator however a closure returns.

use core::ops::AsyncFnOnce;

use crate::fallible::Never;
use crate::generator::AsyncGenerator;
use crate::handle::Handle;

/// Runs a closure with a handle to `generator`, and closes the generator however the closure returns.
///
/// This is Python's [`contextlib.aclosing`]. For a generator with `throws` use [`try_closing`].
///
/// # Cancel safety
///
/// If the future is dropped, the generator is dropped and not closed: Rust has no async drop. The same holds if the
/// closure panics.
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use std::cell::Cell;
///
/// use gen_runtime::{async_gen, closing};
///
/// #[async_gen]
/// async fn numbers(open: &Cell<bool>) -> u32 {
///     open.set(true);
///     defer! { open.set(false); }
///     for n in 1.. {
///         yield_!(n);
///     }
/// }
///
/// let open = Cell::new(false);
/// let first = closing(numbers(&open), async |numbers| numbers.next().await).await;
/// assert_eq!(first, Some(1));
/// assert!(!open.get());
/// # });
/// ```
///
/// [`contextlib.aclosing`]: https://docs.python.org/3/library/contextlib.html#contextlib.aclosing
pub async fn closing<G, V>(generator: G, closure: impl AsyncFnOnce(&mut Handle<&mut G>) -> V) -> V
where
    G: AsyncGenerator<Error: Never>,
{
    let mut generator = core::pin::pin!(generator);
    let value = closure(&mut Handle::new(generator.as_mut())).await;
    // Not through the handle of the closure, which may have replaced it by another one.
    match Handle::new(generator).close().await {
        Ok(()) => value,
        Err(error) => match error.never() {},
    }
}

/// Runs a closure with a handle to a `generator` with `throws`, and closes the generator however the closure returns.
///
/// A `?` in the closure returns from the closure, and the generator is closed. For a generator that cannot fail use
/// [`closing`].
///
/// # Errors
///
/// The error of the closure or, if there is none, that of the close.
///
/// # Cancel safety
///
/// As [`closing`].
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, try_closing};
///
/// #[async_gen(throws = std::num::ParseIntError)]
/// async fn numbers(text: &str) -> i32 {
///     for word in text.split_whitespace() {
///         yield_!(word.parse()?);
///     }
/// }
///
/// let first_even = try_closing(numbers("3 4 five"), async |numbers| {
///     while let Some(n) = numbers.try_next().await? {
///         if n % 2 == 0 {
///             return Ok(Some(n));
///         }
///     }
///     Ok(None)
/// });
/// assert_eq!(first_even.await, Ok(Some(4)));
/// # });
/// ```
pub async fn try_closing<G, V>(
    generator: G,
    closure: impl AsyncFnOnce(&mut Handle<&mut G>) -> Result<V, G::Error>,
) -> Result<V, G::Error>
where
    G: AsyncGenerator,
{
    let mut generator = core::pin::pin!(generator);
    let value = closure(&mut Handle::new(generator.as_mut())).await;
    // Not through the handle of the closure, which may have replaced it by another one.
    let closed = Handle::new(generator).close().await;
    let value = value?;
    closed?;
    Ok(value)
}
