//! A task of a scope, and how it ended.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::{AssertUnwindSafe, catch_unwind};

use pin_project_lite::pin_project;

use super::{AnyError, Cause, Counted};

pin_project! {
    /// Runs a future to its end, and notes in the scope how it ended. Catches its panics.
    pub(super) struct Cleanup<F> {
        // Dropped first, so that it is gone when the scope learns of its end.
        #[pin]
        future: F,
        counted: Counted,
    }
}

impl<F> Cleanup<F> {
    pub(super) fn new(mut counted: Counted, future: F) -> Self {
        // Unless it runs to its end.
        counted.set(Err(Cause::Dropped));
        Cleanup { future, counted }
    }
}

impl<F> Future for Cleanup<F>
where
    F: Future<Output = Result<(), AnyError>>,
{
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let poll = catch_unwind(AssertUnwindSafe(|| this.future.poll(cx)));
        this.counted.set(match poll {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(closed)) => closed.map_err(Cause::Error),
            Err(payload) => Err(Cause::Panicked(payload)),
        });
        Poll::Ready(())
    }
}
