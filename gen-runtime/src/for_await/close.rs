//! `#[for_await(close)]`: loops that close their generator.

use core::convert::Infallible;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::frame::Body;
use crate::generator::AsyncGenerator;
use crate::protocol::{Delegates, Plain, Protocol, Regions, Throws};
use crate::request::Interrupt;

/// The protocol of a body that may close generators that yield `Y`, of items `I`, that fail with `E`.
#[diagnostic::on_unimplemented(
    message = "`#[for_await(close)]` of a generator that fails with `{E}` is not supported here",
    label = "closing it may fail",
    note = "the body must declare a `throws` into which `{E}` converts"
)]
pub trait Closes<Y, I, E>: Protocol {
    /// Converts the outcome of a close.
    fn closed(closed: Result<(), E>) -> Self::Fallible<()>;
}

impl<X, Y, S, R> Closes<X, X, Infallible> for Plain<Y, S, R> {
    fn closed(closed: Result<(), Infallible>) {
        let Ok(()) = closed;
    }
}

impl<X, Y, S, E, R> Closes<X, X, Infallible> for Throws<Y, S, E, R> {
    fn closed(closed: Result<(), Infallible>) -> Result<(), E> {
        let Ok(()) = closed;
        Ok(())
    }
}

impl<X, Y, S, E: From<F>, F, R> Closes<X, Result<X, F>, F> for Throws<Y, S, E, R> {
    fn closed(closed: Result<(), F>) -> Result<(), E> {
        Ok(closed?)
    }
}

impl<Y, I, E, P: Closes<Y, I, E>> Closes<Y, I, E> for Regions<P> {
    fn closed(closed: Result<(), E>) -> P::Fallible<()> {
        P::closed(closed)
    }
}

impl<Y, I, E, P: Closes<Y, I, E>> Closes<Y, I, E> for Delegates<P> {
    fn closed(closed: Result<(), E>) -> P::Fallible<()> {
        P::closed(closed)
    }
}

impl<P: Protocol> Body<P> {
    /// Lends a pinned generator to a loop.
    #[inline]
    pub fn lend<'a, G: ?Sized>(self, generator: &'a mut Pin<&mut G>) -> Pin<&'a mut G> {
        generator.as_mut()
    }

    /// Closes the generator of a loop. rustc reports at the `.await` that it cannot, and only there.
    pub fn closes<'a, G>(self, generator: &'a mut Pin<&mut G>) -> Closing<'a, P, G> {
        Closing {
            body: self,
            generator: generator.as_mut(),
        }
    }
}

/// The close of a generator.
#[must_use = "futures do nothing unless polled"]
pub struct Closing<'a, P, G> {
    #[expect(dead_code, reason = "for its type")]
    body: Body<P>,
    generator: Pin<&'a mut G>,
}

impl<P, G> Future for Closing<'_, P, G>
where
    G: AsyncGenerator,
    P: Closes<
            <G as AsyncGenerator>::Yield,
            <G as AsyncGenerator>::Item,
            <G as AsyncGenerator>::Error,
        >,
{
    type Output = P::Fallible<()>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let generator = self.get_mut().generator.as_mut();
        let closed = generator.poll_interrupt(cx, &mut Interrupt::Close, None);
        closed.map(|closed| P::closed(closed.map(|_| ())))
    }
}
