//! Generators that tasks of tokio close after their consumers have left: the parts of a [`Scope`].

#[expect(unnameable_types, reason = "named by `Adopted`")]
mod adopted; // the hook of a generator in a scope
mod cleanup; // a tracked task, and how it ended
mod counted; // a generator that has not ended
mod report; // the outcome, for users

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::mem;
use core::time::Duration;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio_util::task::TaskTracker;

use self::adopted::Adoption;
pub(crate) use self::counted::Counted;
pub use self::report::{Cause, Failure, Report};
use crate::generator::AsyncGenerator;
use crate::handle::Handle;
use crate::on_drop::OnDrop;

/// The error of a cleanup, of any type.
pub(crate) type AnyError = Box<dyn Error + Send + Sync>;

/// The generator in the handle that [`Scope::adopt`] returns.
///
/// # Examples
///
/// ```
/// use gen_runtime::{AsyncGenerator, Handle, scope::Adopted};
///
/// struct Subscription<G: AsyncGenerator<Error = std::convert::Infallible> + Send + 'static> {
///     events: Handle<Box<Adopted<G>>>,
/// }
/// ```
pub type Adopted<G> = OnDrop<G, Adoption<G>>;

/// Closes generators whose consumers have left, each on a task of its own, and waits for these tasks at shutdown.
///
/// A handle from [`adopt`](Scope::adopt) may be dropped halfway: a client has gone, a `select!` took another branch, or a
/// task was aborted. Its generator is then moved to a task, in which every `defer!` runs. A destructor cannot return the
/// errors and panics of the cleanups, so the scope keeps them.
///
/// [`ahead`](Scope::ahead) runs a generator on a task, ahead of its consumer, and closes it in the same way when the
/// consumer leaves.
///
/// Clones refer to the same scope. A service keeps one in its state, and calls [`shutdown`](Scope::shutdown) before it
/// ends. The guide has a page about [abandoned generators](crate::guide::abandoned).
///
/// A scope consists of counters, one of which is tokio's [`TaskTracker`], and a list of failures. It has no list of its
/// generators, and does not interrupt those that still have a consumer.
///
/// # Runtimes
///
/// The task is spawned on the runtime in whose context the handle is dropped. Without one, it is spawned on the runtime in
/// whose context the generator was adopted. Without either, the generator is dropped: its destructors run, but no `defer!`
/// does, and the report contains a [`Cause::Dropped`]. The same happens to a cleanup that has not ended when its runtime
/// shuts down, so await [`shutdown`](Scope::shutdown) in that runtime before it shuts down.
///
/// On a `current_thread` runtime, tasks run only while a thread is in its `block_on`. If a handle is dropped after
/// that, its task does not run until the next `block_on`, and is dropped if the runtime is dropped first.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
///
/// use gen_runtime::{Scope, async_gen};
///
/// #[async_gen(throws = std::io::Error)]
/// async fn lines() -> &'static str {
///     defer! {
///         tokio::task::yield_now().await;
///         Err(std::io::Error::other("the disk is full"))?;
///     }
///     yield_!("first");
///     yield_!("second");
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// let scope = Scope::new();
/// let mut lines = scope.adopt(lines());
/// assert_eq!(lines.try_next().await.unwrap(), Some("first"));
/// drop(lines);
///
/// let report = scope.shutdown(Duration::from_secs(10)).await;
/// assert_eq!((report.closed, report.failures.len(), report.live), (0, 1, 0));
/// assert!(report.failures[0].to_string().ends_with("lines: the disk is full"));
/// # });
/// ```
#[derive(Clone, Default)]
pub struct Scope {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// Counts the generators that have not ended.
    tracker: TaskTracker,
    records: Mutex<Records>,
}

/// The generators that have ended and were not reported yet, and the numbers of those that have not ended.
#[derive(Default)]
struct Records {
    closed: usize,
    failures: Vec<Failure>,
    live: BTreeMap<&'static str, usize>,
}

impl Scope {
    /// Makes an empty scope. It needs no runtime.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a generator on the heap, and closes it on a task if its handle is dropped before the generator has ended.
    ///
    /// A generator that was not started is dropped, since no code of its body has run. See [`on_drop`](crate::on_drop)
    /// for the other states, and [`Scope`] for the runtime of the task. After a [`shutdown`](Scope::shutdown),
    /// generators may still be adopted. They are closed too, and another `shutdown` waits for them.
    ///
    /// The handle converts into [`BoxGenerator`](crate::BoxGenerator) or [`BoxTryGenerator`](crate::BoxTryGenerator), and its
    /// [`into_inner`](Handle::into_inner) returns a boxed stream.
    ///
    /// The generator must be `Send`, since its task may run on another thread. For one that is not, use
    /// [`on_drop`](crate::on_drop) with a hook that calls [`tokio::task::spawn_local`].
    ///
    /// A panic of a cleanup is caught, and kept as a [`Cause::Panicked`].
    ///
    /// # Examples
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// use std::time::Duration;
    ///
    /// use gen_runtime::{BoxGenerator, Scope, async_gen};
    ///
    /// #[async_gen]
    /// async fn ticks() -> u32 {
    ///     defer! { println!("closed"); }
    ///     for n in 1.. {
    ///         yield_!(n);
    ///     }
    /// }
    ///
    /// let scope = Scope::new();
    /// let mut ticks: BoxGenerator<'_, u32> = scope.adopt(ticks()).into();
    /// assert_eq!(ticks.next().await, Some(1));
    /// drop(ticks);
    /// assert_eq!(scope.shutdown(Duration::from_secs(1)).await.closed, 1);
    /// # });
    /// ```
    pub fn adopt<G>(&self, generator: G) -> Handle<Box<Adopted<G>>>
    where
        G: AsyncGenerator<Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
    {
        let function = generator.position().function();
        OnDrop::boxed(generator, Adoption::new(self, function))
    }

    /// Returns the number of generators that have not ended: those that have a handle, and those that are being closed. One
    /// that runs ahead and has failed is counted until its consumer has received the failure.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{Scope, async_gen};
    ///
    /// #[async_gen]
    /// async fn one() -> u32 {
    ///     yield_!(1);
    /// }
    ///
    /// let scope = Scope::new();
    /// let numbers = scope.adopt(one());
    /// assert_eq!(scope.live(), 1);
    /// drop(numbers);
    /// assert_eq!(scope.live(), 0);
    /// ```
    #[must_use]
    pub fn live(&self) -> usize {
        self.shared.tracker.len()
    }

    /// Returns the functions that made the generators that have not ended, with the number of them: for a gauge, or to find
    /// the ones that a shutdown waits for.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{Scope, async_gen};
    ///
    /// #[async_gen]
    /// async fn one() -> u32 {
    ///     yield_!(1);
    /// }
    ///
    /// let scope = Scope::new();
    /// let (first, second) = (scope.adopt(one()), scope.adopt(one()));
    /// let functions: Vec<_> = scope.live_functions().into_iter().collect();
    /// assert!(matches!(functions[..], [(function, 2)] if function.ends_with("::one")));
    /// ```
    #[must_use]
    pub fn live_functions(&self) -> BTreeMap<&'static str, usize> {
        self.records().live.clone()
    }

    /// Waits until all generators have ended, for at most `timeout`, and reports how the abandoned ones ended.
    ///
    /// It also waits for generators whose handles are still in use, and does not interrupt their consumers: stop the
    /// consumers first. A task that awaits `shutdown` while it has such a handle waits for itself, until the timeout.
    ///
    /// [`Report::live`] counts the generators that have not ended at the timeout. They continue, and another `shutdown`
    /// may wait for them. Each closed generator is counted once, and each failure is reported once: by a `shutdown` or by
    /// [`take_failures`](Scope::take_failures).
    ///
    /// # Panics
    ///
    /// If it is polled outside of a tokio runtime with a time driver (`enable_time`), unless there is nothing to wait
    /// for.
    ///
    /// # Cancel safety
    ///
    /// Safe: if the future is dropped, another `shutdown` waits again, and reports everything.
    ///
    /// # Examples
    ///
    /// A cleanup that does not end:
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use gen_runtime::{Scope, async_gen};
    ///
    /// #[async_gen]
    /// async fn stuck() -> u32 {
    ///     defer! { std::future::pending::<()>().await; }
    ///     yield_!(1);
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
    /// let scope = Scope::new();
    /// let mut numbers = scope.adopt(stuck());
    /// numbers.next().await;
    /// drop(numbers);
    /// let report = scope.shutdown(Duration::from_millis(10)).await;
    /// let report = report.to_string();
    /// assert!(report.starts_with("closed: 0, failed: 0, live: 1\n"));
    /// assert!(report.ends_with("stuck: live, 1"));
    /// # });
    /// ```
    pub async fn shutdown(&self, timeout: Duration) -> Report {
        self.shared.tracker.close();
        // A timer needs a runtime.
        if self.live() > 0 {
            // The report counts those that are left.
            let _ = tokio::time::timeout(timeout, self.shared.tracker.wait()).await;
        }
        let mut records = self.records();
        let live = records.live.clone();
        Report {
            closed: mem::take(&mut records.closed),
            failures: mem::take(&mut records.failures),
            live: live.values().sum(),
            live_functions: live,
        }
    }

    /// Takes the failures that were not reported yet.
    ///
    /// A scope keeps each failure until it is taken, or reported by [`shutdown`](Scope::shutdown). So a service that
    /// runs for a long time calls this from time to time, and logs what it returns.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use gen_runtime::Scope;
    ///
    /// async fn log_failures(scope: Scope) {
    ///     let mut interval = tokio::time::interval(Duration::from_secs(60));
    ///     loop {
    ///         interval.tick().await;
    ///         for failure in scope.take_failures() {
    ///             eprintln!("{failure}");
    ///         }
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn take_failures(&self) -> Vec<Failure> {
        mem::take(&mut self.records().failures)
    }

    /// Counts a generator.
    fn begin(&self, function: &'static str) {
        *self.records().live.entry(function).or_insert(0) += 1;
    }

    /// Counts a generator no longer, and notes how it ended.
    fn end(&self, function: &'static str, outcome: Option<Result<(), Cause>>) {
        let mut records = self.records();
        match outcome {
            None => {}
            Some(Ok(())) => records.closed += 1,
            Some(Err(cause)) => records.failures.push(Failure { function, cause }),
        }
        if let Entry::Occupied(mut live) = records.live.entry(function) {
            *live.get_mut() -= 1;
            if *live.get() == 0 {
                live.remove();
            }
        }
    }

    /// Locks the records. No code of users runs meanwhile, so it does not deadlock.
    fn records(&self) -> MutexGuard<'_, Records> {
        let records = self.shared.records.lock();
        records.unwrap_or_else(PoisonError::into_inner)
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
