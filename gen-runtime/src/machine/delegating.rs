//! The polls of a machine whose body delegates: those of the generators in its chain, and of the body when they have
//! ended.

use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{FinishOnUnwind, Life, LifeProjection, Stage};
use crate::frame::chain::{Link, Signal};
use crate::links::Chained as _;
use crate::protocol::{Item, Output, Protocol};
use crate::request::Request;

impl<F, P> Life<F, P>
where
    F: Future<Output = Output<P>>,
    P: Protocol,
{
    /// Runs the innermost generator, or the body, to the next yield.
    #[inline]
    pub(super) fn resume(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<P::Sent>,
        signal: Option<&mut Signal<Item<P>, P::Sent, P::Error>>,
    ) -> Poll<Option<Item<P>>> {
        if self.is_root() {
            if !signal.as_ref().is_some_and(|signal| signal.is_linked) {
                return self.resume_chain(cx, request, signal);
            }
            // It is not a root any more. The nodes register again.
            if let LifeProjection::Live { chain, .. } = self.as_mut().project() {
                chain.forget();
            }
        }
        self.resume_body(cx, request, signal, false)
    }

    /// The same, with an interrupt.
    pub(super) fn interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        thrown: &mut Option<P::Error>,
        outer: Option<&mut Link<Item<P>, P::Sent, P::Error>>,
    ) -> Poll<Option<Item<P>>> {
        let mut signal = Signal::new(thrown.take(), outer.is_some());
        let poll = self.resume(cx, &mut Request::Resume, Some(&mut signal));
        *thrown = signal.thrown;
        if let Some(outer) = outer {
            *outer = signal.link;
        }
        poll
    }

    /// Runs the body. If it delegates, the generators in the chain follow; if `is_driven`, the caller runs them.
    fn resume_body(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<P::Sent>,
        mut signal: Option<&mut Signal<Item<P>, P::Sent, P::Error>>,
        is_driven: bool,
    ) -> Poll<Option<Item<P>>> {
        let LifeProjection::Live { stage, .. } = self.as_mut().project() else {
            return Poll::Ready(None);
        };
        if *stage == Stage::Closing && matches!(request, Request::Send(_)) {
            drop(request.take());
            return Poll::Ready(None);
        }
        let mut thrown = signal.as_mut().and_then(|signal| signal.thrown.take());
        // Whether a value is for a yield: of this body, or of a generator in a chain that registers again.
        let is_awaited =
            *stage == Stage::Suspended || signal.as_ref().is_some_and(|signal| signal.is_linked);
        let sent = match request.take() {
            _ if thrown.is_some() => None,
            Request::Next(value) if is_awaited => Some(value),
            request => stage.admit(request),
        };
        let mut delegation = None;
        let poll = self
            .as_mut()
            .advance(cx, sent, &mut thrown, &mut delegation);
        if let Some(signal) = &mut signal {
            signal.thrown = thrown;
        }
        let Some((link, sent)) = delegation else {
            return poll;
        };
        let sent = sent.filter(|_| is_awaited);
        *request = sent.map_or(Request::Resume, Request::Next);
        match &mut signal {
            Some(signal) if signal.is_linked => signal.link = link,
            _ => {
                let mut life = FinishOnUnwind(self.as_mut());
                if let LifeProjection::Live { chain, .. } = life.0.as_mut().project() {
                    chain.push(link, request);
                }
                mem::forget(life);
                if !is_driven {
                    return self.resume_chain(cx, request, signal);
                }
            }
        }
        Poll::Pending
    }

    /// Runs the innermost generator, and the body when all of them have ended.
    fn resume_chain(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<P::Sent>,
        mut signal: Option<&mut Signal<Item<P>, P::Sent, P::Error>>,
    ) -> Poll<Option<Item<P>>> {
        loop {
            let mut life = FinishOnUnwind(self.as_mut());
            let LifeProjection::Live { stage, chain, .. } = life.0.as_mut().project() else {
                return Poll::Ready(None);
            };
            let closing = *stage == Stage::Closing;
            if closing && matches!(request, Request::Send(_)) {
                mem::forget(life);
                drop(request.take());
                return Poll::Ready(None);
            }
            let thrown = signal.as_mut().map(|signal| &mut signal.thrown);
            let poll = chain.run(cx, request, thrown, closing);
            mem::forget(life);
            if !matches!(poll, Poll::Ready(None)) {
                return poll;
            }
            let poll = self
                .as_mut()
                .resume_body(cx, request, signal.as_deref_mut(), true);
            if !self.is_root() {
                return poll;
            }
        }
    }

    /// Returns whether this is the root of a chain.
    #[inline]
    fn is_root(&self) -> bool {
        matches!(self, Life::Live { chain, .. } if chain.is_linked())
    }
}
