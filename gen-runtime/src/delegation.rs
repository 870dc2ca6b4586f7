//! Delegation: `yield_from!` and `yield_all!`.

mod forwarded; // the items of a `yield_all!`
mod inner; // the generators that a body may delegate to, and how they are polled

use core::future::Future;
use core::marker::PhantomPinned;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use self::inner::Accepts;
use crate::fallible::Fallible as _;
use crate::frame::chain::{Hook, Link, Node, Signal};
use crate::frame::{Body, Place};
use crate::generator::AsyncGenerator;
use crate::landing::Raised;
use crate::position::{At, Position};
use crate::protocol::{Delegates, Item, Protocol};
use crate::request::{Interrupt, Request};
use crate::state::State;

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
        at: At,
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
    /// Delegates to a generator. The type is opaque, so that rustc reports at the operand if its types do not fit.
    #[cfg_attr(feature = "locations", track_caller)]
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
        Delegate::new(self, At::caller(), generator, Some(()))
    }

    /// Delegates to a generator that is sent values.
    #[cfg_attr(feature = "locations", track_caller)]
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
        Delegate::new(self, At::caller(), generator, None)
    }
}

impl<P: Protocol, G: AsyncGenerator> Delegate<P, G> {
    const fn new(body: Body<Delegates<P>>, at: At, generator: G, first: Option<P::Sent>) -> Self {
        Delegate {
            body,
            at,
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
                let at = *this.at;
                body.register(cx, self, at);
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

    fn positions(&self, visit: &mut dyn FnMut(Position)) {
        G::positions(&self.generator, visit);
    }

    fn parent(&self) -> Link<Item<P>, P::Sent, P::Error> {
        self.hook.parent()
    }

    fn leave(self: Pin<&mut Self>, state: State) {
        if P::LINKS || state == State::Finished {
            self.project().generator.leave(state);
        }
    }
}
