//! Delegation: `yield_from!` and `yield_all!`.

use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomPinned;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::fallible::Fallible as _;
use crate::frame::chain::{Hook, Link, Node, Signal};
use crate::frame::{Body, Place};
use crate::generator::AsyncGenerator;
use crate::landing::Raised;
use crate::protocol::{Delegates, Item, Plain, Protocol, Throws};
use crate::request::{Interrupt, Request};
use crate::state::State;

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
    struct Delegate<P: Protocol, G: AsyncGenerator> {
        body: Body<Delegates<P>>,
        hook: Hook<Item<P>, P::Sent, P::Error>,
        // The value for a yield of an inner generator that was started before.
        first: Option<P::Sent>,
        progress: Progress<G::Return, P::Error>,
        #[pin]
        generator: G,
        #[pin]
        pinned: PhantomPinned,
    }

    impl<P: Protocol, G: AsyncGenerator> PinnedDrop for Delegate<P, G> {
        // Before the generator is dropped, which contains the nodes.
        fn drop(this: Pin<&mut Self>) {
            let chain = this.project().hook.take_chain();
            chain.end_chain();
        }
    }
}

impl<P: Protocol> Body<Delegates<P>> {
    /// Delegates to a generator. The type is opaque, so that rustc checks the bounds once, at the operand.
    pub fn delegate<G>(
        self,
        generator: G,
        scope: (),
    ) -> impl Future<Output = (P::Fallible<G::Return>, Place<Delegates<P>>)>
    where
        G: AsyncGenerator<Sent = ()>,
        P: Accepts<G::Yield, G::Item, G::Error> + Protocol<Sent = ()>,
    {
        let () = scope;
        Delegate::new(self, generator, Some(()))
    }

    /// Delegates to a generator that is sent values.
    pub fn delegate_sending<G>(
        self,
        generator: G,
        scope: (),
    ) -> impl Future<Output = (P::Fallible<G::Return>, Place<Delegates<P>>)>
    where
        G: AsyncGenerator<Sent = <P as Protocol>::Sent>,
        P: Accepts<
                <G as AsyncGenerator>::Yield,
                <G as AsyncGenerator>::Item,
                <G as AsyncGenerator>::Error,
            >,
    {
        let () = scope;
        Delegate::new(self, generator, None)
    }
}

impl<P: Protocol, G: AsyncGenerator> Delegate<P, G> {
    const fn new(body: Body<Delegates<P>>, generator: G, first: Option<P::Sent>) -> Self {
        Delegate {
            body,
            hook: Hook::new(),
            first,
            progress: Progress::Running,
            generator,
            pinned: PhantomPinned,
        }
    }
}

impl<P, G> Delegate<P, G>
where
    P: Accepts<
            <G as AsyncGenerator>::Yield,
            <G as AsyncGenerator>::Item,
            <G as AsyncGenerator>::Error,
        >,
    G: AsyncGenerator<Sent = <P as Protocol>::Sent>,
{
    /// Passes on an item, or keeps the error that the generator failed with.
    fn item(
        self: Pin<&mut Self>,
        item: Result<P::Yield, P::Error>,
        closing: bool,
    ) -> Poll<Option<Item<P>>> {
        let this = self.project();
        match item {
            Err(error) if G::state(&this.generator) == State::Finished => {
                let raised = if closing {
                    Raised::CloseFailed(error)
                } else {
                    Raised::Error(error)
                };
                *this.progress = Progress::Ended(Err(raised));
                Poll::Ready(None)
            }
            item => Poll::Ready(Some(P::Fallible::from_result(item))),
        }
    }

    /// Keeps the return value of the generator, which has ended.
    ///
    /// # Panics
    ///
    /// If there is none, and nothing ends the generator.
    fn end(self: Pin<&mut Self>, closing: bool) -> Poll<Option<Item<P>>> {
        let this = self.project();
        let value = this.generator.take_return();
        let outcome = match (mem::replace(this.progress, Progress::Delivered), value) {
            (Progress::Raising(error), _) => Err(Raised::Error(error)),
            (_, Some(value)) => Ok(value),
            (_, None) if closing => Err(Raised::Close),
            (_, None) => {
                panic!("`yield_from!` of a generator that has ended, and has no return value")
            }
        };
        *this.progress = Progress::Ended(outcome);
        Poll::Ready(None)
    }
}

impl<P, G> Future for Delegate<P, G>
where
    P: Accepts<
            <G as AsyncGenerator>::Yield,
            <G as AsyncGenerator>::Item,
            <G as AsyncGenerator>::Error,
        >,
    G: AsyncGenerator<Sent = <P as Protocol>::Sent>,
{
    type Output = (P::Fallible<G::Return>, Place<Delegates<P>>);

    #[inline]
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
                // The nodes of that chain register again.
                let _ = this.hook.take_chain();
                body.register(cx, self);
                Poll::Pending
            }
        }
    }
}

impl<P, G> Node<Item<P>, P::Sent, P::Error> for Delegate<P, G>
where
    P: Accepts<
            <G as AsyncGenerator>::Yield,
            <G as AsyncGenerator>::Item,
            <G as AsyncGenerator>::Error,
        >,
    G: AsyncGenerator<Sent = <P as Protocol>::Sent>,
{
    #[inline]
    fn resume(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<P::Sent>,
        signal: &mut Signal<Item<P>, P::Sent, P::Error>,
    ) -> Poll<Option<Item<P>>> {
        let this = self.as_mut().project();
        if !P::LINKS && matches!(this.progress, Progress::Raising(_)) {
            return self.interrupt(cx, &mut Interrupt::Landed, &mut signal.link);
        }
        match ready!(P::resume(this.generator, cx, request, signal)) {
            Some(item) if item.is_error() => self.item(item.into_result(), false),
            None => self.end(false),
            item => Poll::Ready(item),
        }
    }

    fn interrupt(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Interrupt<P::Error>,
        link: &mut Link<Item<P>, P::Sent, P::Error>,
    ) -> Poll<Option<Item<P>>> {
        let this = self.as_mut().project();
        let closing = matches!(interrupt, Interrupt::Close);
        if !P::LINKS && !closing && matches!(this.progress, Progress::Running) {
            // The error lands here, and is kept: a call that is dropped while the generator closes does not lose it.
            if let Interrupt::Throw(error) = interrupt.take() {
                *this.progress = Progress::Raising(error);
            }
        }
        match ready!(P::interrupt(this.generator, cx, interrupt, link)).transpose() {
            Some(item) => self.item(item, closing),
            None => self.end(closing),
        }
    }

    fn prepare(self: Pin<&mut Self>, request: &mut Request<P::Sent>) {
        let this = self.project();
        let was_linked = this.hook.link(G::is_owned(&this.generator));
        match (&request, G::state(&this.generator)) {
            (Request::Resume, State::Suspended) => {
                if let Some(first) = this.first.take() {
                    *request = Request::Next(first);
                }
            }
            // One that registers again may be closing together with its root.
            (_, State::Closing) if !was_linked => {
                panic!("`yield_from!` of a generator that is closing");
            }
            _ => {}
        }
    }

    fn hook(self: Pin<&mut Self>) -> &mut Hook<Item<P>, P::Sent, P::Error> {
        self.project().hook
    }

    fn state(&self) -> State {
        match self.progress {
            Progress::Raising(_) => State::InFlight,
            _ => G::state(&self.generator),
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
