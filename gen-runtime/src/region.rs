//! The regions of a body: what `attempt!` and `defer!` guard.
//!
//! A region is an async block of its own inside the body, and one of the futures here, which polls
//! it with the body's own waker and looks for an interrupt when it is pending.

use core::future::Future;
use core::marker::PhantomData;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::frame::Body;
use crate::landing::{Landing as _, Raised, Waiting};
use crate::protocol::{Protocol, Regions};

/// How a region was left, whose block holds a `return`, `break` or `continue` that crosses it.
pub enum Exit<V, X> {
    /// At its end.
    End(V),
    /// By what carries this value. Several of them are one `Exit` in the other.
    Leave(X),
}

impl<P: Protocol> Body<Regions<P>> {
    /// `attempt! { .. }`.
    pub const fn attempt<F, V>(self, region: F) -> Attempt<P, F>
    where
        F: Future<Output = Result<V, P::Error>>,
    {
        Attempt { body: self, region }
    }

    /// What stands behind a `defer!` in its block.
    pub const fn guard<F, V>(self, rest: F) -> Guard<P, F, V>
    where
        F: Future<Output = P::Fallible<V>>,
    {
        Guard {
            body: self,
            rest,
            value: PhantomData,
        }
    }
}

pin_project! {
    /// A region that takes what is thrown, and lets a close pass.
    #[must_use = "futures do nothing unless polled"]
    pub struct Attempt<P, F> {
        body: Body<Regions<P>>,
        #[pin]
        region: F,
    }
}

impl<P, F, V> Future for Attempt<P, F>
where
    P: Protocol,
    F: Future<Output = Result<V, P::Error>>,
{
    type Output = Result<V, P::Error>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(result) = poll_within(this.region, cx) {
            return Poll::Ready(result);
        }
        // Ready, this future and what it holds are dropped before the body goes on.
        match this.body.landing(cx, Waiting::take_due_error) {
            Some(error) => Poll::Ready(Err(error)),
            None => Poll::Pending,
        }
    }
}

pin_project! {
    /// A region that takes every interrupt, and whose cleanup comes next.
    #[must_use = "futures do nothing unless polled"]
    pub struct Guard<P, F, V> {
        body: Body<Regions<P>>,
        #[pin]
        rest: F,
        value: PhantomData<fn() -> V>,
    }
}

impl<P, F, V> Future for Guard<P, F, V>
where
    P: Protocol,
    F: Future<Output = P::Fallible<V>>,
{
    type Output = Left<P, V>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Left<P, V>> {
        let this = self.project();
        let how = match poll_within(this.rest, cx) {
            Poll::Ready(value) => Some(P::into_result(value).map_err(Raised::Error)),
            Poll::Pending => this.body.landing(cx, Waiting::take_due).map(Err),
        };
        match how {
            Some(how) => Poll::Ready(Left {
                body: *this.body,
                how,
            }),
            None => Poll::Pending,
        }
    }
}

/// How a guarded region was left.
#[must_use = "its cleanup is to run"]
pub struct Left<P: Protocol, V> {
    body: Body<Regions<P>>,
    how: Result<V, Raised<P::Error>>,
}

impl<P: Protocol, V> Left<P, V> {
    /// The block of `defer!`. It evaluates to the value of the region, or goes on with what left it.
    pub fn cleanup<F>(self, deferred: F) -> Cleanup<P, V, F>
    where
        F: Future<Output = P::Fallible<()>>,
    {
        Cleanup {
            body: self.body,
            left: self.how,
            deferred,
        }
    }
}

pin_project! {
    /// A cleanup, shielded from interrupts.
    #[must_use = "futures do nothing unless polled"]
    pub struct Cleanup<P: Protocol, V, F> {
        body: Body<Regions<P>>,
        left: Result<V, Raised<P::Error>>,
        #[pin]
        deferred: F,
    }
}

impl<P, V, F> Future for Cleanup<P, V, F>
where
    P: Protocol,
    F: Future<Output = P::Fallible<()>>,
{
    type Output = P::Fallible<V>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<P::Fallible<V>> {
        let this = self.project();
        let body = *this.body;
        let nested = body.landing(cx, Waiting::shield);
        let cleaned = ready!(poll_within(this.deferred, cx));
        let ends_close = body.landing(cx, |landing| landing.unshield(nested));
        let left = match P::into_result(cleaned) {
            Ok(()) => mem::replace(this.left, Err(Raised::Close)),
            Err(error) if ends_close => Err(Raised::CloseFailed(error)),
            Err(error) => Err(Raised::Error(error)),
        };
        let result = match left {
            Ok(value) => Ok(value),
            Err(Raised::Error(error)) => Err(error),
            Err(raised) => {
                // The region around this one takes it, or the machine: nobody polls this again.
                body.landing(cx, |landing| landing.raise(raised));
                return Poll::Pending;
            }
        };
        Poll::Ready(P::from_result(result))
    }
}

/// Polls with a context that ends here, whatever a future makes of it.
#[inline]
fn poll_within<F: Future>(future: Pin<&mut F>, cx: &Context<'_>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(cx.waker()))
}
