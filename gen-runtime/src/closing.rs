//! Closing on every way out.

use core::convert::Infallible;
use core::ops::AsyncFnOnce;

use crate::generator::AsyncGenerator;
use crate::handle::Handle;

/// What a generator shows its consumer, and what [`closing`] gives for that.
///
/// Items are of two kinds: plain values of a generator that cannot fail, and `Result`s. There is
/// nothing to implement: the bound holds for every generator whose types are known.
///
/// ```
/// # futures::executor::block_on(async {
/// use std::convert::Infallible;
///
/// use gen_runtime::{AsyncGenerator, async_gen, closing};
///
/// /// Generic over what is yielded: such an item is its own.
/// async fn first<G, Y>(generator: G) -> Option<Y>
/// where
///     G: AsyncGenerator<Yield = Y, Sent = (), Error = Infallible, Item = Y>,
/// {
///     closing(generator, async |items| items.next().await).await
/// }
///
/// #[async_gen]
/// async fn two() -> u32 {
///     yield_!(1);
///     yield_!(2);
/// }
///
/// assert_eq!(first(two()).await, Some(1));
/// # });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the item of a generator that yields `{Y}` and throws `{E}`",
    note = "the item is `{Y}` without `throws`, and `Result<{Y}, {E}>` with it"
)]
pub trait ClosingItem<Y, E> {
    /// `V` of a generator that cannot fail, `Result<V, E>` of one that can.
    type Closed<V>;

    #[doc(hidden)]
    fn join<V>(closed: Self::Closed<V>, close: Result<(), E>) -> Self::Closed<V>;
}

impl<Y> ClosingItem<Y, Infallible> for Y {
    type Closed<V> = V;

    fn join<V>(closed: V, close: Result<(), Infallible>) -> V {
        let Ok(()) = close;
        closed
    }
}

impl<Y, E> ClosingItem<Y, E> for Result<Y, E> {
    type Closed<V> = Result<V, E>;

    fn join<V>(closed: Result<V, E>, close: Result<(), E>) -> Result<V, E> {
        closed.and_then(|value| close.map(|()| value))
    }
}

/// What [`closing`] gives for the generator `G` and the closure's value `V`: `V`, or `Result<V, E>`
/// of a generator with `throws = E`. See [`ClosingItem`] for an example.
pub type Closed<G, V> = <<G as AsyncGenerator>::Item as ClosingItem<
    <G as AsyncGenerator>::Yield,
    <G as AsyncGenerator>::Error,
>>::Closed<V>;

/// Runs a closure with a handle to `generator`, and closes the generator on every way out of it.
///
/// This is Python's [`contextlib.aclosing`]. Without `throws` the closure gives a plain `V`, and so
/// does `closing`; with `throws = E` both give a `Result<V, E>`, so that `?` in the closure leaves
/// the closure, not the generator open.
///
/// # Errors
///
/// The closure's error; if it has none, the close's.
///
/// # Cancel safety
///
/// Dropped halfway, the generator is dropped and not closed: Rust has no async drop. A panic of
/// the closure drops it, too.
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, closing};
///
/// #[async_gen(throws = std::num::ParseIntError)]
/// async fn numbers(text: &str) -> i32 {
///     for word in text.split_whitespace() {
///         yield_!(word.parse()?);
///     }
/// }
///
/// let first_even = closing(numbers("3 4 five"), async |numbers| {
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
///
/// [`contextlib.aclosing`]: https://docs.python.org/3/library/contextlib.html#contextlib.aclosing
pub async fn closing<G, V>(
    generator: G,
    closure: impl AsyncFnOnce(&mut Handle<&mut G>) -> Closed<G, V>,
) -> Closed<G, V>
where
    G: AsyncGenerator,
    G::Item: ClosingItem<G::Yield, G::Error>,
{
    let mut generator = core::pin::pin!(generator);
    let value = closure(&mut Handle::new(generator.as_mut())).await;
    // By a handle of our own: the closure may have put another one in the place of its.
    G::Item::join(value, Handle::new(generator).close().await)
}
