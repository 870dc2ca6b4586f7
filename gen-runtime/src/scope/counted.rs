//! A generator of a scope that has not ended.

use tokio_util::task::task_tracker::TaskTrackerToken;

use super::{Cause, Scope};

/// Counts a generator in its scope until this is dropped, and notes then how it ended.
pub(crate) struct Counted {
    scope: Scope,
    function: &'static str,
    /// How it ended; none if that is not for the report, since the consumer saw it.
    outcome: Option<Result<(), Cause>>,
    /// Dropped after the scope has noted the end, so that a shutdown that waits for it reports it.
    _token: TaskTrackerToken,
}

impl Counted {
    /// `function` is the path of the function that made the generator.
    pub(crate) fn new(scope: &Scope, function: &'static str) -> Self {
        scope.begin(function);
        Counted {
            scope: scope.clone(),
            function,
            outcome: None,
            _token: scope.shared.tracker.token(),
        }
    }

    /// Sets how the generator ended, for the report.
    pub(crate) fn set(&mut self, outcome: Result<(), Cause>) {
        self.outcome = Some(outcome);
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.scope.end(self.function, self.outcome.take());
    }
}
