//! A task of a scope, and how it ended.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::panic::{AssertUnwindSafe, catch_unwind};

use pin_project_lite::pin_project;
use tokio_util::task::task_tracker::TaskTrackerToken;

use super::{AnyError, Cause, Scope};

pin_project! {
    /// Runs a future to its end, and notes in the scope how it ended. Catches its panics.
    pub(super) struct Cleanup<F> {
        // Dropped first, so that it is gone when the scope learns of its end.
        #[pin]
        future: F,
        ending: Ending,
    }
}

/// Notes in the scope how a future ended, when it is dropped. After that, the scope does not count the future any more.
struct Ending {
    scope: Scope,
    function: &'static str,
    outcome: Result<(), Cause>,
    _token: TaskTrackerToken,
}

impl<F> Cleanup<F> {
    pub(super) const fn new(
        scope: Scope,
        token: TaskTrackerToken,
        function: &'static str,
        future: F,
    ) -> Self {
        let ending = Ending {
            scope,
            function,
            outcome: Err(Cause::Dropped),
            _token: token,
        };
        Cleanup { future, ending }
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
        this.ending.outcome = match poll {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(closed)) => closed.map_err(Cause::Error),
            Err(payload) => Err(Cause::Panicked(payload)),
        };
        Poll::Ready(())
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        let outcome = core::mem::replace(&mut self.outcome, Ok(()));
        self.scope.note(self.function, outcome);
    }
}
