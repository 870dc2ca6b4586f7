//! The generators that a body may delegate to, and how they are polled.

use core::convert::Infallible;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::frame::chain::{Link, Signal};
use crate::generator::AsyncGenerator;
use crate::protocol::{Item, Plain, Protocol, Throws};
use crate::request::{Interrupt, Request};

/// The protocol of a body that may delegate to generators that yield `Y`, of items `I`, and fail with `E`.
#[diagnostic::on_unimplemented(
    message = "`yield_from!` of a generator that yields `{Y}` and fails with `{E}` is not supported here",
    label = "its items are `{I}`",
    note = "it must yield the type of this body, and have the same `throws` or none"
)]
pub trait Accepts<Y, I, E>: Protocol {
    /// Whether errors can be thrown into the inner generator, which is then a part of the chain. If not, it is a
    /// root.
    const LINKS: bool;

    /// Polls the inner generator.
    fn resume<G>(
        generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        request: &mut Request<Self::Sent>,
        signal: &mut Signal<Item<Self>, Self::Sent, Self::Error>,
    ) -> Poll<Option<Item<Self>>>
    where
        G: AsyncGenerator<Sent = Self::Sent, Item = I, Error = E>;

    /// Interrupts the inner generator.
    fn interrupt<G>(
        generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        interrupt: &mut Interrupt<Self::Error>,
        link: &mut Link<Item<Self>, Self::Sent, Self::Error>,
    ) -> Poll<Result<Option<Self::Yield>, Self::Error>>
    where
        G: AsyncGenerator<Yield = Y, Sent = Self::Sent, Item = I, Error = E>;
}

/// The methods of [`Accepts`] for generators of the same items and errors.
macro_rules! linked {
    () => {
        const LINKS: bool = true;

        #[inline]
        fn resume<G>(
            generator: Pin<&mut G>,
            cx: &mut Context<'_>,
            request: &mut Request<Self::Sent>,
            signal: &mut Signal<Item<Self>, Self::Sent, Self::Error>,
        ) -> Poll<Option<Item<Self>>>
        where
            G: AsyncGenerator<Sent = Self::Sent, Item = Item<Self>, Error = Self::Error>,
        {
            generator.poll_resume(cx, request, Some(signal))
        }

        fn interrupt<G>(
            generator: Pin<&mut G>,
            cx: &mut Context<'_>,
            interrupt: &mut Interrupt<Self::Error>,
            link: &mut Link<Item<Self>, Self::Sent, Self::Error>,
        ) -> Poll<Result<Option<Self::Yield>, Self::Error>>
        where
            G: AsyncGenerator<
                    Yield = Self::Yield,
                    Sent = Self::Sent,
                    Item = Item<Self>,
                    Error = Self::Error,
                >,
        {
            generator.poll_interrupt(cx, interrupt, Some(link))
        }
    };
}

impl<Y, S, R> Accepts<Y, Y, Infallible> for Plain<Y, S, R> {
    linked!();
}

impl<Y, S, E, R> Accepts<Y, Result<Y, E>, E> for Throws<Y, S, E, R> {
    linked!();
}

/// A generator that cannot fail, in a body that throws.
impl<Y, S, E, R> Accepts<Y, Y, Infallible> for Throws<Y, S, E, R> {
    const LINKS: bool = false;

    fn resume<G>(
        generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        request: &mut Request<S>,
        _: &mut Signal<Result<Y, E>, S, E>,
    ) -> Poll<Option<Result<Y, E>>>
    where
        G: AsyncGenerator<Sent = S, Item = Y, Error = Infallible>,
    {
        let item = generator.poll_resume(cx, request, None);
        item.map(|item| item.map(Ok))
    }

    /// Closes the generator: nothing can be thrown into it.
    fn interrupt<G>(
        generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        _: &mut Interrupt<E>,
        _: &mut Link<Result<Y, E>, S, E>,
    ) -> Poll<Result<Option<Y>, E>>
    where
        G: AsyncGenerator<Yield = Y, Sent = S, Item = Y, Error = Infallible>,
    {
        let closed = generator.poll_interrupt(cx, &mut Interrupt::Close, None);
        closed.map(|_| Ok(None))
    }
}
