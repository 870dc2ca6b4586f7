//! The regions of a body: `attempt!` and `defer!`.
//!
//! A region is an async block inside the body, wrapped in one of the futures here. These poll the block with the body's
//! own waker, and take a waiting interrupt when it is pending.

mod deferred; // a `defer!` from the time it is reached to the end of its cleanup

use core::future::Future;
use core::marker::PhantomData;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use self::deferred::{Deferred, Pending};
use crate::fallible::Fallible as _;
use crate::frame::{Body, Place};
use crate::landing::{Landing as _, Raised, Waiting};
use crate::position::At;
use crate::protocol::Protocol;

/// One of two values: the output of a block that a jump may leave, or of a `select!`. More values are nested.
pub enum Either<V, X> {
    /// The value at its end.
    Left(V),
    /// The value of a jump.
    Right(X),
}

impl<P> Body<P>
where
    P: Protocol<Landing = Waiting<<P as Protocol>::Error>>,
{
    /// Makes an `attempt!` of its block.
    pub const fn attempt<F, V>(self, region: F) -> Attempt<P, F>
    where
        F: Future<Output = Result<V, P::Error>>,
    {
        Attempt { body: self, region }
    }

    /// Guards the rest of a block after a `defer!`.
    #[cfg_attr(feature = "std", track_caller)]
    pub const fn guard<F, V>(self, rest: F) -> Guard<P, F, V>
    where
        F: Future<Output = P::Fallible<V>>,
    {
        Guard {
            body: self,
            rest,
            pending: Pending::new(Deferred::caller()),
            value: PhantomData,
        }
    }

    /// Takes an interrupt for a region, which is left: the body is not suspended any more where the interrupt landed.
    #[inline]
    fn leave<T>(
        self,
        cx: &Context<'_>,
        take: impl FnOnce(&mut Waiting<P::Error>) -> Option<T>,
    ) -> Option<T> {
        let taken = self.landing(cx, take)?;
        Place::<P>::of(cx).suspended(At::NONE);
        Some(taken)
    }
}

pin_project! {
    /// The region of an `attempt!`: takes errors, and lets a close pass.
    #[must_use = "futures do nothing unless polled"]
    pub struct Attempt<P, F> {
        body: Body<P>,
        #[pin]
        region: F,
    }
}

impl<P, F, V> Future for Attempt<P, F>
where
    P: Protocol<Landing = Waiting<<P as Protocol>::Error>>,
    F: Future<Output = Result<V, P::Error>>,
{
    type Output = Result<V, P::Error>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(result) = poll_within(this.region, cx) {
            return Poll::Ready(result);
        }
        // When this is ready, the body drops it, and everything it holds, before it continues.
        match this.body.leave(cx, Waiting::take_due_error) {
            Some(error) => Poll::Ready(Err(error)),
            None => Poll::Pending,
        }
    }
}

pin_project! {
    /// The region after a `defer!`: takes every interrupt. Its cleanup follows.
    #[must_use = "futures do nothing unless polled"]
    pub struct Guard<P, F, V> {
        body: Body<P>,
        #[pin]
        rest: F,
        // Dropped after the rest, so that the inner cleanups are reported first.
        pending: Pending<F, false>,
        value: PhantomData<fn() -> V>,
    }
}

impl<P, F, V> Future for Guard<P, F, V>
where
    P: Protocol<Landing = Waiting<<P as Protocol>::Error>>,
    F: Future<Output = P::Fallible<V>>,
{
    type Output = Left<P, V>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Left<P, V>> {
        let this = self.project();
        let how = match poll_within(this.rest, cx) {
            Poll::Ready(value) => Some(value.into_result().map_err(Raised::Error)),
            Poll::Pending => this.body.leave(cx, Waiting::take_due).map(Err),
        };
        match how {
            Some(how) => Poll::Ready(Left {
                body: *this.body,
                deferred: this.pending.end(),
                how,
            }),
            None => Poll::Pending,
        }
    }
}

/// A guarded region that was left: its value, or the reason.
#[must_use = "its cleanup must run"]
pub struct Left<P: Protocol, V> {
    body: Body<P>,
    deferred: Deferred,
    how: Result<V, Raised<P::Error>>,
}

impl<P: Protocol, V> Left<P, V> {
    /// Runs the block of the `defer!`. Then evaluates to the value of the region, or passes on the reason.
    pub fn cleanup<F>(self, deferred: F) -> Cleanup<P, V, F>
    where
        F: Future<Output = P::Fallible<()>>,
    {
        Cleanup {
            body: self.body,
            left: self.how,
            deferred,
            pending: Pending::new(self.deferred),
        }
    }
}

pin_project! {
    /// A cleanup, shielded from interrupts.
    #[must_use = "futures do nothing unless polled"]
    pub struct Cleanup<P: Protocol, V, F> {
        body: Body<P>,
        left: Result<V, Raised<P::Error>>,
        #[pin]
        deferred: F,
        // Dropped after the block, so that the cleanups inside it are reported first.
        pending: Pending<F, true>,
    }
}

impl<P, V, F> Future for Cleanup<P, V, F>
where
    P: Protocol<Landing = Waiting<<P as Protocol>::Error>>,
    F: Future<Output = P::Fallible<()>>,
{
    type Output = P::Fallible<V>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<P::Fallible<V>> {
        let this = self.project();
        let body = *this.body;
        let nested = body.landing(cx, Waiting::shield);
        let cleaned = ready!(poll_within(this.deferred, cx));
        let _ = this.pending.end();
        let ends_close = body.landing(cx, |landing| landing.unshield(nested));
        let left = match cleaned.into_result() {
            Ok(()) => mem::replace(this.left, Err(Raised::Close)),
            Err(error) if ends_close => Err(Raised::CloseFailed(error)),
            Err(error) => Err(Raised::Error(error)),
        };
        let result = match left {
            Ok(value) => Ok(value),
            Err(Raised::Error(error)) => Err(error),
            Err(raised) => {
                // The region around this one, or the machine, takes it and drops this future.
                body.landing(cx, |landing| landing.raise(raised));
                return Poll::Pending;
            }
        };
        Poll::Ready(P::Fallible::<V>::from_result(result))
    }
}

/// Polls with a context of its own: a future that replaces its context does not replace that of the region.
#[inline]
fn poll_within<F: Future>(future: Pin<&mut F>, cx: &Context<'_>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(cx.waker()))
}
