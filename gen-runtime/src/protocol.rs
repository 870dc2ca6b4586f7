//! What a generator and its consumer exchange, told as types.

use core::convert::Infallible;
use core::marker::PhantomData;

use crate::landing::{Landing, Waiting};

/// The types of one generator, as the machine and the futures of its body share them.
pub trait Protocol {
    type Yield;
    type Sent;
    type Error;
    type Return;
    /// What may fail where the body may: `V`, or `Result<V, Error>`.
    type Fallible<V>;
    /// What a frame knows of interrupts.
    type Landing: Landing<Self::Error>;

    fn into_result<V>(fallible: Self::Fallible<V>) -> Result<V, Self::Error>;

    fn from_result<V>(result: Result<V, Self::Error>) -> Self::Fallible<V>;
}

/// What the body evaluates to.
pub(crate) type Output<P> = <P as Protocol>::Fallible<<P as Protocol>::Return>;

/// What a consumer is shown of a value or an error.
pub(crate) type Item<P> = <P as Protocol>::Fallible<<P as Protocol>::Yield>;

/// The protocol of a body that cannot fail. Only a name for types: it has no values.
pub struct Plain<Y, S, R>(Infallible, PhantomData<(Y, S, R)>);

/// The protocol of a body that may fail with `E`. Only a name for types: it has no values.
pub struct Throws<Y, S, E, R>(Infallible, PhantomData<(Y, S, E, R)>);

/// The protocol `P` of a body with regions, which interrupts are shown to. A body without them pays
/// nothing for it. Only a name for types: it has no values.
pub struct Regions<P>(Infallible, PhantomData<P>);

impl<Y, S, R> Protocol for Plain<Y, S, R> {
    type Yield = Y;
    type Sent = S;
    type Error = Infallible;
    type Return = R;
    type Fallible<V> = V;
    type Landing = ();

    #[inline]
    fn into_result<V>(value: V) -> Result<V, Infallible> {
        Ok(value)
    }

    #[inline]
    fn from_result<V>(result: Result<V, Infallible>) -> V {
        let Ok(value) = result;
        value
    }
}

impl<Y, S, E, R> Protocol for Throws<Y, S, E, R> {
    type Yield = Y;
    type Sent = S;
    type Error = E;
    type Return = R;
    type Fallible<V> = Result<V, E>;
    type Landing = ();

    #[inline]
    fn into_result<V>(result: Result<V, E>) -> Result<V, E> {
        result
    }

    #[inline]
    fn from_result<V>(result: Result<V, E>) -> Result<V, E> {
        result
    }
}

impl<P: Protocol> Protocol for Regions<P> {
    type Yield = P::Yield;
    type Sent = P::Sent;
    type Error = P::Error;
    type Return = P::Return;
    type Fallible<V> = P::Fallible<V>;
    type Landing = Waiting<P::Error>;

    #[inline]
    fn into_result<V>(fallible: P::Fallible<V>) -> Result<V, P::Error> {
        P::into_result(fallible)
    }

    #[inline]
    fn from_result<V>(result: Result<V, P::Error>) -> P::Fallible<V> {
        P::from_result(result)
    }
}
