//! Values of generators that may fail, and of those that cannot.

use core::convert::Infallible;

/// A `V` where nothing fails, or a `Result<V, E>` where `E` is the error.
///
/// The items of a generator are `Fallible<Yield, Error>`, and its body evaluates to a `Fallible<Return, Error>`. Not a
/// bound of `AsyncGenerator::Item`: each `impl AsyncGenerator<Item = T>` would have to name the error, too.
pub trait Fallible<V, E>: Sized {
    fn into_result(self) -> Result<V, E>;

    fn from_result(result: Result<V, E>) -> Self;

    fn is_error(&self) -> bool;
}

impl<V> Fallible<V, Infallible> for V {
    #[inline]
    fn into_result(self) -> Result<V, Infallible> {
        Ok(self)
    }

    #[inline]
    fn from_result(result: Result<V, Infallible>) -> V {
        let Ok(value) = result;
        value
    }

    #[inline]
    fn is_error(&self) -> bool {
        false
    }
}

impl<V, E> Fallible<V, E> for Result<V, E> {
    #[inline]
    fn into_result(self) -> Result<V, E> {
        self
    }

    #[inline]
    fn from_result(result: Result<V, E>) -> Result<V, E> {
        result
    }

    #[inline]
    fn is_error(&self) -> bool {
        self.is_err()
    }
}

/// The error of a generator that cannot fail.
#[diagnostic::on_unimplemented(
    message = "`closing` is not supported with `throws`; call `try_closing`",
    label = "the generator may fail with `{Self}`"
)]
pub trait Never {
    fn never(self) -> Infallible;
}

impl Never for Infallible {
    fn never(self) -> Infallible {
        self
    }
}

/// Implemented for the items of generators with `throws`, for the error message.
#[diagnostic::on_unimplemented(
    message = "`try_next` is not supported without `throws`; call `next`, or add `throws = E` to the attribute",
    label = "the items are `{Self}`, not `Result`s"
)]
pub trait IsResult {}

impl<V, E> IsResult for Result<V, E> {}
