//! The futures of a `select!` or a `join!`, pinned in the body.
//!
//! The macro polls them through references. If they were moved into it, they would be stored twice: where the async
//! block around the macro captures them, and where the macro pins them.

use core::future::{Future, IntoFuture};
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

/// Futures that are stored together. Dropped in the order of their branches, as those of the macro are.
pub trait Futures {
    /// The pinned futures, in pairs.
    type Pinned<'a>
    where
        Self: 'a;

    fn split(self: Pin<&mut Self>) -> Self::Pinned<'_>;
}

/// Returns the pinned futures, in pairs.
#[inline]
#[must_use]
pub fn split<F: Futures>(futures: Pin<&mut F>) -> F::Pinned<'_> {
    futures.split()
}

pin_project! {
    /// Two futures or groups of them. Groups are balanced, since rustc is superlinear in the depth of a type.
    pub struct Pair<A, B> {
        #[pin]
        left: A,
        #[pin]
        right: B,
    }
}

/// Stores two futures or groups of them together.
#[inline]
pub const fn pair<A, B>(left: A, right: B) -> Pair<A, B> {
    Pair { left, right }
}

impl<A: Futures, B: Futures> Futures for Pair<A, B> {
    type Pinned<'a>
        = (A::Pinned<'a>, B::Pinned<'a>)
    where
        Self: 'a;

    #[inline]
    fn split(self: Pin<&mut Self>) -> Self::Pinned<'_> {
        let this = self.project();
        (this.left.split(), this.right.split())
    }
}

pin_project! {
    /// The future of a branch of a `select!`. Kept to the end of the macro, also when it is ready.
    pub struct Selected<F> {
        #[pin]
        future: F,
    }
}

/// Stores the future of a branch of a `select!`.
#[inline]
pub fn selected<F: IntoFuture>(future: F) -> Selected<F::IntoFuture> {
    Selected {
        future: future.into_future(),
    }
}

impl<F> Futures for Selected<F> {
    type Pinned<'a>
        = Pin<&'a mut F>
    where
        F: 'a;

    #[inline]
    fn split(self: Pin<&mut Self>) -> Pin<&mut F> {
        self.project().future
    }
}

pin_project! {
    /// A future of a `join!`. Dropped when it is ready.
    pub struct Joined<F> {
        #[pin]
        future: Option<F>,
    }
}

/// Stores a future of a `join!`.
#[inline]
pub fn joined<F: IntoFuture>(future: F) -> Joined<F::IntoFuture> {
    Joined {
        future: Some(future.into_future()),
    }
}

impl<F> Futures for Joined<F> {
    type Pinned<'a>
        = Pin<&'a mut Self>
    where
        F: 'a;

    #[inline]
    fn split(self: Pin<&mut Self>) -> Pin<&mut Self> {
        self
    }
}

impl<F: Future> Future for Joined<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut slot = self.project().future;
        let future = slot.as_mut().as_pin_mut();
        let output = ready!(
            future
                .expect("a future of `join!` is polled until it is ready")
                .poll(cx)
        );
        slot.set(None);
        Poll::Ready(output)
    }
}
