//! Generators that are closed by a task after their consumer has left.
//!
//! See [`Scope`].

#[expect(unnameable_types, reason = "named by `Adopted`")]
mod adopted; // the hook of a generator in a scope
mod cleanup; // a tracked task, and how it ended
mod report; // the outcome, for users

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::future::Future;
use core::mem;
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::runtime;
use tokio_util::task::{TaskTracker, task_tracker::TaskTrackerToken};

use self::adopted::Adoption;
pub(crate) use self::adopted::function_of;
use self::cleanup::Cleanup;
pub use self::report::{Cause, Failure, Report};
use crate::generator::AsyncGenerator;
use crate::handle::Handle;
use crate::on_drop::OnDrop;

/// The error of a cleanup, of any type.
pub(crate) type AnyError = Box<dyn Error + Send + Sync>;

/// The generator in the handle that [`Scope::adopt`] returns.
pub type Adopted<G> = OnDrop<G, Adoption>;

/// Closes generators that are dropped before their end, each by a task of its own, and waits for them at shutdown.
#[derive(Clone, Default)]
pub struct Scope {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Counts the generators that have not ended.
    tracker: TaskTracker,
    ended: Mutex<Ended>,
}

/// The tasks that have ended, and were not reported yet.
#[derive(Default)]
struct Ended {
    closed: usize,
    failures: Vec<Failure>,
}

impl Scope {
    /// Makes an empty scope.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a generator on the heap, and closes it by a task if its handle is dropped before the generator has ended.
    pub fn adopt<G>(&self, generator: G) -> Handle<Box<Adopted<G>>>
    where
        G: AsyncGenerator<Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    {
        OnDrop::boxed(generator, Adoption::new(self, function_of::<G>()))
    }

    /// Returns the number of generators that have not ended: those that have a handle, and those that are being closed.
    #[must_use]
    pub fn live(&self) -> usize {
        self.shared.tracker.len()
    }

    /// Waits until all generators have ended, and reports how those that were abandoned did.
    pub async fn shutdown(&self, timeout: Duration) -> Report {
        self.shared.tracker.close();
        // The report counts those that are left.
        let _ = tokio::time::timeout(timeout, self.shared.tracker.wait()).await;
        let Ended { closed, failures } = mem::take(&mut *self.ended());
        Report {
            closed,
            failures,
            live: self.live(),
        }
    }

    /// Takes the failures that were not reported yet.
    #[must_use]
    pub fn take_failures(&self) -> Vec<Failure> {
        mem::take(&mut self.ended().failures)
    }

    /// Runs a future as a task of the current runtime, which is counted like a generator, and notes how it ends. If there
    /// is no runtime, the future is dropped.
    #[expect(dead_code, reason = "for generators that run ahead")]
    pub(crate) fn spawn<F>(&self, function: &'static str, future: F)
    where
        F: Future<Output = Result<(), AnyError>> + Send + 'static,
    {
        self.spawn_counted(self.token(), function, None, future);
    }

    /// Runs a future as a task of the current runtime or, if there is none, of `home`.
    fn spawn_counted<F>(
        &self,
        token: TaskTrackerToken,
        function: &'static str,
        home: Option<runtime::Handle>,
        future: F,
    ) where
        F: Future<Output = Result<(), AnyError>> + Send + 'static,
    {
        let cleanup = Cleanup::new(self.clone(), token, function, future);
        // Without a runtime the cleanup is dropped, and notes that.
        if let Some(runtime) = runtime::Handle::try_current().ok().or(home) {
            runtime.spawn(cleanup);
        }
    }

    pub(crate) fn token(&self) -> TaskTrackerToken {
        self.shared.tracker.token()
    }

    /// Notes how a task has ended.
    pub(crate) fn note(&self, function: &'static str, outcome: Result<(), Cause>) {
        let mut ended = self.ended();
        match outcome {
            Ok(()) => ended.closed += 1,
            Err(cause) => ended.failures.push(Failure { function, cause }),
        }
    }

    /// Locks the tasks that have ended. No code of users runs meanwhile, so it does not deadlock.
    fn ended(&self) -> MutexGuard<'_, Ended> {
        let ended = self.shared.ended.lock();
        ended.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows the number of generators that have not ended.
impl fmt::Debug for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope")
            .field("live", &self.live())
            .finish_non_exhaustive()
    }
}
