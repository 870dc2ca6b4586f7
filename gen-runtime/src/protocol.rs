//! The types that a generator and its consumer exchange.

use core::convert::Infallible;
use core::marker::PhantomData;

use crate::fallible::Fallible;
use crate::frame::chain::Link;
use crate::landing::{Landing, Waiting};
use crate::links::Links;

/// The types of one generator, shared by the machine and the futures of its body.
pub trait Protocol {
    type Yield;
    type Sent;
    type Error;
    type Return;
    /// `V`, or `Result<V, Error>` if the body may fail.
    type Fallible<V>: Fallible<V, Self::Error>;
    /// `()`, or [`Waiting`] if the body has regions.
    type Landing: Landing<Self::Error>;
    /// `()`, or a [`Link`] if the body delegates.
    type Link: Links<Item<Self>, Self::Sent, Self::Error>;
}

/// The output of the body.
pub(crate) type Output<P> = <P as Protocol>::Fallible<<P as Protocol>::Return>;

/// The items that the consumer gets.
pub(crate) type Item<P> = <P as Protocol>::Fallible<<P as Protocol>::Yield>;

/// The protocol of a body that cannot fail. A type without values.
pub struct Plain<Y, S, R>(Infallible, PhantomData<(Y, S, R)>);

/// The protocol of a body that may fail with `E`. A type without values.
pub struct Throws<Y, S, E, R>(Infallible, PhantomData<(Y, S, E, R)>);

/// The protocol `P` of a body with regions. A separate type, so that a body without regions pays nothing for
/// interrupts. A type without values.
pub struct Regions<P>(Infallible, PhantomData<P>);

/// The protocol `P` of a body that delegates, and may have regions. A separate type, so that a body that does not
/// delegate pays nothing for it. A type without values.
pub struct Delegates<P>(Infallible, PhantomData<P>);

impl<Y, S, R> Protocol for Plain<Y, S, R> {
    type Yield = Y;
    type Sent = S;
    type Error = Infallible;
    type Return = R;
    type Fallible<V> = V;
    type Landing = ();
    type Link = ();
}

impl<Y, S, E, R> Protocol for Throws<Y, S, E, R> {
    type Yield = Y;
    type Sent = S;
    type Error = E;
    type Return = R;
    type Fallible<V> = Result<V, E>;
    type Landing = ();
    type Link = ();
}

impl<P: Protocol> Protocol for Regions<P> {
    type Yield = P::Yield;
    type Sent = P::Sent;
    type Error = P::Error;
    type Return = P::Return;
    type Fallible<V> = P::Fallible<V>;
    type Landing = Waiting<P::Error>;
    type Link = ();
}

impl<P: Protocol> Protocol for Delegates<P> {
    type Yield = P::Yield;
    type Sent = P::Sent;
    type Error = P::Error;
    type Return = P::Return;
    type Fallible<V> = P::Fallible<V>;
    type Landing = Waiting<P::Error>;
    type Link = Link<Item<P>, P::Sent, P::Error>;
}
