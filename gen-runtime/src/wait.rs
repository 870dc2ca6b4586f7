//! The awaits of a body.

use core::future::{Future, IntoFuture};
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::frame::{Body, Place, consumer_context};
use crate::position::At;
use crate::protocol::Protocol;

impl<P: Protocol> Body<P> {
    /// Awaits a future, which is polled with the consumer's context. Evaluates to its output and a new place.
    #[inline]
    #[cfg_attr(feature = "locations", track_caller)]
    pub fn wait<F: IntoFuture>(self, future: F) -> Await<P, F::IntoFuture> {
        Await {
            body: self,
            at: At::caller(),
            future: future.into_future(),
        }
    }

    /// Adds a new place to the output of a region.
    #[inline]
    pub const fn placed<F>(self, region: F) -> Placed<P, F> {
        Placed { body: self, region }
    }
}

pin_project! {
    /// A region, and a new place.
    #[must_use = "futures do nothing unless polled"]
    pub struct Placed<P, F> {
        body: Body<P>,
        #[pin]
        region: F,
    }
}

impl<P: Protocol, F: Future> Future for Placed<P, F> {
    type Output = (F::Output, Place<P>);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let output = self.project().region.poll(cx);
        output.map(|output| (output, Place::of(cx)))
    }
}

pin_project! {
    /// An await. Polls its future with the context of the consumer's executor.
    #[must_use = "futures do nothing unless polled"]
    pub struct Await<P, F> {
        body: Body<P>,
        at: At,
        #[pin]
        future: F,
    }
}

impl<P: Protocol, F: Future> Future for Await<P, F> {
    type Output = (F::Output, Place<P>);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let (cx, place) = consumer_context(cx);
        let poll = cx.map_or(Poll::Pending, |cx| this.future.poll(cx));
        if poll.is_pending() {
            place.suspended(*this.at);
        }
        poll.map(|output| (output, place))
    }
}
