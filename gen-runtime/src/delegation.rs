//! Delegation: `yield_from!` and `yield_all!`.

use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomPinned;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::fallible::Fallible as _;
use crate::frame::chain::{Link, Node, Signal, Step};
use crate::frame::{Body, Place};
use crate::generator::AsyncGenerator;
use crate::landing::Raised;
use crate::protocol::{Delegates, Item, Plain, Protocol, Throws};
use crate::request::{Interrupt, Request};
use crate::state::State;

/// The protocol of a body that may delegate to generators of items `I` that fail with `E`.
#[diagnostic::on_unimplemented(
    message = "`yield_from!` of a generator that fails with `{E}` is not supported here",
    label = "its items are `{I}`",
    note = "the body and the inner generator must have the same `throws`, or the inner one must have none"
)]
pub trait Accepts<I, E>: Protocol {
    /// Whether the inner generator is a part of the chain. If not, it is a root itself.
    const LINKS: bool;

    /// Polls the inner generator.
    fn poll<G>(
        generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        signal: &mut Signal<Item<Self>, Self::Sent, Self::Error>,
        closing: bool,
    ) -> Step
    where
        G: AsyncGenerator<Sent = Self::Sent, Item = I, Error = E>;
}

impl<Y, S, R> Accepts<Y, Infallible> for Plain<Y, S, R> {
    const LINKS: bool = true;

    #[inline]
    fn poll<G>(
        generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        signal: &mut Signal<Y, S, Infallible>,
        _: bool,
    ) -> Step
    where
        G: AsyncGenerator<Sent = S, Item = Y, Error = Infallible>,
    {
        generator.poll_linked(cx, signal)
    }
}

impl<Y, S, E, R> Accepts<Result<Y, E>, E> for Throws<Y, S, E, R> {
    const LINKS: bool = true;

    #[inline]
    fn poll<G>(
        generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        signal: &mut Signal<Result<Y, E>, S, E>,
        _: bool,
    ) -> Step
    where
        G: AsyncGenerator<Sent = S, Item = Result<Y, E>, Error = E>,
    {
        generator.poll_linked(cx, signal)
    }
}

/// A generator that cannot fail, in a body that throws: nothing can be thrown into it.
impl<Y, S, E, R> Accepts<Y, Infallible> for Throws<Y, S, E, R> {
    const LINKS: bool = false;

    fn poll<G>(
        mut generator: Pin<&mut G>,
        cx: &mut Context<'_>,
        signal: &mut Signal<Result<Y, E>, S, E>,
        closing: bool,
    ) -> Step
    where
        G: AsyncGenerator<Sent = S, Item = Y, Error = Infallible>,
    {
        let item = if closing {
            let closed = generator
                .as_mut()
                .poll_interrupt(cx, &mut Interrupt::Close);
            closed.map(|_| None)
        } else {
            let mut request = signal.sent.take().map_or(Request::Resume, Request::Next);
            generator.as_mut().poll_resume(cx, &mut request)
        };
        match item {
            Poll::Pending => Step::Pending,
            Poll::Ready(Some(item)) => {
                signal.item = Some(Ok(item));
                Step::Yielded
            }
            Poll::Ready(None) if closing => {
                signal.raised = Some(Raised::Close);
                Step::Raised
            }
            Poll::Ready(None) => Step::Returned,
        }
    }
}

/// An inner generator, from its first poll to its outcome.
enum Progress<R, E> {
    Running,
    /// It is being closed, and the error that was thrown follows.
    Raising(E),
    Ended(Result<R, Raised<E>>),
    Delivered,
}

pin_project! {
    /// A `yield_from!`: runs an inner generator in place of the body, and evaluates to its return value.
    #[must_use = "futures do nothing unless polled"]
    pub struct Delegate<P: Protocol, G: AsyncGenerator> {
        body: Body<Delegates<P>>,
        parent: Link<Item<P>, P::Sent, P::Error>,
        is_owned: bool,
        // The value for a yield of an inner generator that was started before.
        first: Option<P::Sent>,
        progress: Progress<G::Return, P::Error>,
        #[pin]
        generator: G,
        #[pin]
        pinned: PhantomPinned,
    }
}

impl<P: Protocol> Body<Delegates<P>> {
    /// Delegates to a generator.
    pub fn delegate<G>(self, generator: G, scope: ()) -> Delegate<P, G>
    where
        G: AsyncGenerator<Yield = <P as Protocol>::Yield, Sent = <P as Protocol>::Sent>,
        P: Accepts<<G as AsyncGenerator>::Item, <G as AsyncGenerator>::Error> + Protocol<Sent = ()>,
    {
        self.delegate_sending(generator, scope).with_first(())
    }

    /// Delegates to a generator that is sent values.
    pub fn delegate_sending<G>(self, generator: G, scope: ()) -> Delegate<P, G>
    where
        G: AsyncGenerator<Yield = <P as Protocol>::Yield, Sent = <P as Protocol>::Sent>,
        P: Accepts<<G as AsyncGenerator>::Item, <G as AsyncGenerator>::Error>,
    {
        let () = scope;
        Delegate {
            body: self,
            parent: Link::NONE,
            is_owned: true,
            first: None,
            progress: Progress::Running,
            generator,
            pinned: PhantomPinned,
        }
    }
}

impl<P: Protocol, G: AsyncGenerator> Delegate<P, G> {
    fn with_first(mut self, first: P::Sent) -> Self {
        self.first = Some(first);
        self
    }
}

impl<P, G> Future for Delegate<P, G>
where
    P: Accepts<<G as AsyncGenerator>::Item, <G as AsyncGenerator>::Error>,
    G: AsyncGenerator<Yield = <P as Protocol>::Yield, Sent = <P as Protocol>::Sent>,
{
    type Output = (P::Fallible<G::Return>, Place<Delegates<P>>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.as_mut().project();
        let body = *this.body;
        match mem::replace(this.progress, Progress::Delivered) {
            Progress::Ended(Ok(value)) => {
                Poll::Ready((P::Fallible::from_result(Ok(value)), Place::of(cx)))
            }
            Progress::Ended(Err(Raised::Error(error))) => {
                Poll::Ready((P::Fallible::from_result(Err(error)), Place::of(cx)))
            }
            Progress::Ended(Err(raised)) => {
                // The region around this one, or the machine, takes it and drops this future.
                body.landing(cx, |landing| landing.raise(raised));
                Poll::Pending
            }
            progress => {
                *this.progress = progress;
                body.register(cx, self);
                Poll::Pending
            }
        }
    }
}

impl<P, G> Node<Item<P>, P::Sent, P::Error> for Delegate<P, G>
where
    P: Accepts<<G as AsyncGenerator>::Item, <G as AsyncGenerator>::Error>,
    G: AsyncGenerator<Yield = <P as Protocol>::Yield, Sent = <P as Protocol>::Sent>,
{
    #[inline]
    fn poll(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Signal<Item<P>, P::Sent, P::Error>,
    ) -> Step {
        let mut this = self.project();
        let mut closing = signal.closing;
        if !P::LINKS {
            // The error has landed: a call that is dropped from here on does not lose it.
            if let Progress::Running = this.progress {
                if let Some(error) = signal.thrown.take() {
                    *this.progress = Progress::Raising(error);
                }
            }
            closing |= matches!(this.progress, Progress::Raising(_));
        }
        let step = P::poll(this.generator.as_mut(), cx, signal, closing);
        if step == Step::Returned || step == Step::Raised {
            let outcome = match mem::replace(this.progress, Progress::Delivered) {
                Progress::Raising(error) => Err(Raised::Error(error)),
                _ if step == Step::Returned => Ok(this
                    .generator
                    .take_return()
                    .expect("`yield_from!` of a generator that has ended, and has no return value")),
                _ => Err(signal.raised.take().unwrap_or(Raised::Close)),
            };
            *this.progress = Progress::Ended(outcome);
        }
        step
    }

    fn link(
        self: Pin<&mut Self>,
        parent: Link<Item<P>, P::Sent, P::Error>,
        signal: &mut Signal<Item<P>, P::Sent, P::Error>,
    ) {
        let this = self.project();
        *this.parent = parent;
        *this.is_owned = this.generator.is_owned();
        if signal.sent.is_none()
            && !signal.interrupts()
            && this.generator.state() == State::Suspended
        {
            signal.sent = this.first.take();
            assert!(
                signal.sent.is_some(),
                "`yield_from!` of a generator that waits for a value; use `send` before"
            );
        }
    }

    fn parent(&self) -> Link<Item<P>, P::Sent, P::Error> {
        self.parent
    }

    fn is_owned(&self) -> bool {
        self.is_owned
    }

    fn state(&self) -> State {
        match self.progress {
            Progress::Raising(_) => State::InFlight,
            _ => self.generator.state(),
        }
    }

    fn leave(self: Pin<&mut Self>, state: State) {
        if P::LINKS || state == State::Finished {
            self.project().generator.leave(state);
        }
    }
}

/// The items of a `yield_all!` in a body that throws: values, or `Result`s of them.
#[diagnostic::on_unimplemented(
    message = "`yield_all!` of a stream of `{Self}` is not supported here",
    label = "expected items `{Y}`, or `Result`s of them",
    note = "the error of a `Result` must convert into the one of `throws`"
)]
pub trait Forwarded<Y, E> {
    fn forwarded(self) -> Result<Y, E>;
}

impl<Y, E> Forwarded<Y, E> for Y {
    #[inline]
    fn forwarded(self) -> Result<Y, E> {
        Ok(self)
    }
}

impl<Y, E: From<F>, F> Forwarded<Y, E> for Result<Y, F> {
    #[inline]
    fn forwarded(self) -> Result<Y, E> {
        Ok(self?)
    }
}

impl<P: Protocol> Body<P> {
    /// Converts an item of a stream, which may be an error.
    ///
    /// # Errors
    ///
    /// The error that the item is.
    #[inline]
    pub fn forwarded<I>(self, item: I) -> Result<P::Yield, P::Error>
    where
        I: Forwarded<P::Yield, P::Error>,
    {
        item.forwarded()
    }
}
