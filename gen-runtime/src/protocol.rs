//! What a generator and its consumer exchange, told as types.

use core::convert::Infallible;
use core::marker::PhantomData;

/// What a consumer that asks for items is shown of a generator that yields `Y` and fails with `E`.
///
/// A generator without an error shows its values as they are; one with `throws = E` shows
/// `Result<Y, E>`. These are the only two, so there is nothing to implement: the trait is written
/// in bounds, and only through [`AsyncGenerator`](crate::AsyncGenerator).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the item of a generator that yields `{Y}` and throws `{E}`",
    note = "the item is `{Y}` without `throws`, and `Result<{Y}, {E}>` with it"
)]
pub trait Item<Y, E>: Sized {
    /// What [`closing`](crate::closing) gives, and its closure: `V`, or `Result<V, E>`.
    type Closed<V>;

    #[doc(hidden)]
    fn from_result(result: Result<Y, E>) -> Self;

    /// The closure's result and the close's, whose error is the weaker one.
    #[doc(hidden)]
    fn join<V>(closed: Self::Closed<V>, close: Result<(), E>) -> Self::Closed<V>;
}

impl<Y> Item<Y, Infallible> for Y {
    type Closed<V> = V;

    fn from_result(result: Result<Y, Infallible>) -> Self {
        let Ok(value) = result;
        value
    }

    fn join<V>(closed: V, close: Result<(), Infallible>) -> V {
        let Ok(()) = close;
        closed
    }
}

impl<Y, E> Item<Y, E> for Result<Y, E> {
    type Closed<V> = Result<V, E>;

    fn from_result(result: Result<Y, E>) -> Self {
        result
    }

    fn join<V>(closed: Result<V, E>, close: Result<(), E>) -> Result<V, E> {
        closed.and_then(|value| close.map(|()| value))
    }
}

/// The types of one generator, as the machine and the yields of its body share them.
pub trait Protocol {
    type Yield;
    type Sent;
    type Error;
    type Return;
    type Item: Item<Self::Yield, Self::Error>;
    /// What the body evaluates to.
    type Output;

    fn result(output: Self::Output) -> Result<Self::Return, Self::Error>;
}

/// The protocol of a body that cannot fail. Only a name for types: it has no values.
pub struct Plain<Y, S, R>(Infallible, PhantomData<fn() -> (Y, S, R)>);

/// The protocol of a body that may fail with `E`. Only a name for types: it has no values.
pub struct Throws<Y, S, E, R>(Infallible, PhantomData<fn() -> (Y, S, E, R)>);

impl<Y, S, R> Protocol for Plain<Y, S, R> {
    type Yield = Y;
    type Sent = S;
    type Error = Infallible;
    type Return = R;
    type Item = Y;
    type Output = R;

    fn result(output: R) -> Result<R, Infallible> {
        Ok(output)
    }
}

impl<Y, S, E, R> Protocol for Throws<Y, S, E, R> {
    type Yield = Y;
    type Sent = S;
    type Error = E;
    type Return = R;
    type Item = Result<Y, E>;
    type Output = Result<R, E>;

    fn result(output: Result<R, E>) -> Result<R, E> {
        output
    }
}
