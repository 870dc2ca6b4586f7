//! What a generator and its consumer exchange, told as types.

use core::convert::Infallible;
use core::marker::PhantomData;

/// The types of one generator, as the machine and the yields of its body share them.
pub trait Protocol {
    type Yield;
    type Sent;
    type Error;
    type Return;
    /// What a consumer is shown of a value or an error: `Yield`, or `Result<Yield, Error>`.
    type Item;
    /// What the body evaluates to.
    type Output;

    fn result(output: Self::Output) -> Result<Self::Return, Self::Error>;

    fn item(result: Result<Self::Yield, Self::Error>) -> Self::Item;
}

/// The protocol of a body that cannot fail. Only a name for types: it has no values.
pub struct Plain<Y, S, R>(Infallible, PhantomData<(Y, S, R)>);

/// The protocol of a body that may fail with `E`. Only a name for types: it has no values.
pub struct Throws<Y, S, E, R>(Infallible, PhantomData<(Y, S, E, R)>);

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

    fn item(result: Result<Y, Infallible>) -> Y {
        let Ok(value) = result;
        value
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

    fn item(result: Result<Y, E>) -> Result<Y, E> {
        result
    }
}
