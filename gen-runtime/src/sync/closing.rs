//! Closing a regular generator however a closure returns.

use crate::fallible::Never;
use crate::sync::generator::Generator;
use crate::sync::handle::Handle;

/// Runs a closure with a handle to `generator`, and closes the generator however the closure returns.
///
/// This is Python's [`contextlib.closing`]. For a generator with `throws` use [`try_closing`].
///
/// # Panics
///
/// If the closure panics: then the generator is dropped and not closed. And if the body panics.
///
/// # Examples
///
/// ```
/// use std::cell::Cell;
///
/// use gen_runtime::{generator, sync};
///
/// #[generator]
/// fn numbers(open: &Cell<bool>) -> u32 {
///     open.set(true);
///     defer! { open.set(false); }
///     for n in 1.. {
///         yield_!(n);
///     }
/// }
///
/// let open = Cell::new(false);
/// let sum: u32 = sync::closing(numbers(&open), |numbers| numbers.take(3).sum());
/// assert_eq!(sum, 1 + 2 + 3);
/// assert!(!open.get());
/// ```
///
/// [`contextlib.closing`]: https://docs.python.org/3/library/contextlib.html#contextlib.closing
pub fn closing<G, V>(generator: G, closure: impl FnOnce(&mut Handle<&mut G>) -> V) -> V
where
    G: Generator<Error: Never>,
{
    let mut generator = core::pin::pin!(generator);
    let value = closure(&mut Handle::new(generator.as_mut()));
    // Not through the handle of the closure, which may have replaced it by another one.
    let Ok(()) = Handle::new(generator).close().map_err(Never::never);
    value
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
/// # Panics
///
/// As [`closing`].
///
/// # Examples
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// #[generator(throws = std::num::ParseIntError)]
/// fn numbers(text: &str) -> i32 {
///     for word in text.split_whitespace() {
///         yield_!(word.parse()?);
///     }
/// }
///
/// let first_even = sync::try_closing(numbers("3 4 five"), |numbers| {
///     while let Some(n) = numbers.try_next()? {
///         if n % 2 == 0 {
///             return Ok(Some(n));
///         }
///     }
///     Ok(None)
/// });
/// assert_eq!(first_even, Ok(Some(4)));
/// ```
pub fn try_closing<G, V>(
    generator: G,
    closure: impl FnOnce(&mut Handle<&mut G>) -> Result<V, G::Error>,
) -> Result<V, G::Error>
where
    G: Generator,
{
    let mut generator = core::pin::pin!(generator);
    let value = closure(&mut Handle::new(generator.as_mut()));
    // Not through the handle of the closure, which may have replaced it by another one.
    let closed = Handle::new(generator).close();
    let value = value?;
    closed?;
    Ok(value)
}
