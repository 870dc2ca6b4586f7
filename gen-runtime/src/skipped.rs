//! Reports of cleanups that were skipped.

use core::fmt;
use core::panic::Location;

use std::sync::{PoisonError, RwLock};

/// The type of the hook.
type Hook = fn(&SkippedCleanup);

static HOOK: RwLock<Option<Hook>> = RwLock::new(None);

/// A `defer!` that was reached but did not run to its end, since its generator was dropped or panicked.
///
/// See [`set_skipped_cleanup_hook`].
#[derive(Clone, Copy, Debug)]
pub struct SkippedCleanup {
    function: &'static str,
    location: &'static Location<'static>,
    began: bool,
}

impl SkippedCleanup {
    /// Returns the path of the function that made the generator or, for a block, of the function around it.
    ///
    /// It is for people to read: a [`type_name`](core::any::type_name), whose form may change with the compiler.
    #[must_use]
    pub const fn function(&self) -> &'static str {
        self.function
    }

    /// Returns the location of the `defer!`.
    #[must_use]
    pub const fn location(&self) -> &'static Location<'static> {
        self.location
    }

    /// Returns whether the cleanup had begun: it was suspended at an `.await`, or it panicked.
    #[must_use]
    pub const fn began(&self) -> bool {
        self.began
    }
}

/// Describes what happened, for a log: `the cleanup at src/main.rs:12:5 in app::rows was skipped`.
impl fmt::Display for SkippedCleanup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SkippedCleanup {
            function,
            location,
            began,
        } = self;
        let outcome = if *began { "did not end" } else { "was skipped" };
        write!(f, "the cleanup at {location} in {function} {outcome}")
    }
}

/// Sets the function that is called whenever a cleanup is skipped. There is one for the whole program; it replaces an
/// earlier one.
///
/// A generator that is dropped between its first call and its end runs no `defer!`, since Rust has no async drop. For some
/// generators this is intended, and for others it is a leak. The hook reports them all, so that those that leak can be
/// [closed](crate::closing), or adopted by a scope: see [`on_drop`](crate::on_drop). Without a hook, nothing is reported.
/// Python has a similar warning, for a coroutine that was never awaited.
///
/// The hook is called while the generator is dropped, for the innermost `defer!` first, which is the order in which the
/// cleanups would have run. It should not panic: if the generator is dropped during another panic, the program aborts.
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
///
/// use gen_runtime::{Handle, async_gen, set_skipped_cleanup_hook};
///
/// #[async_gen]
/// async fn rows() -> u32 {
///     defer! { println!("the connection goes back"); }
///     yield_!(1);
/// }
///
/// static SKIPPED: AtomicU32 = AtomicU32::new(0);
/// set_skipped_cleanup_hook(|skipped| {
///     eprintln!("{skipped}");
///     SKIPPED.fetch_add(1, Relaxed);
/// });
///
/// let mut rows = Handle::boxed(rows());
/// rows.next().await;
/// drop(rows);
/// assert_eq!(SKIPPED.load(Relaxed), 1);
/// # });
/// ```
pub fn set_skipped_cleanup_hook(hook: fn(&SkippedCleanup)) {
    *HOOK.write().unwrap_or_else(PoisonError::into_inner) = Some(hook);
}

/// Calls the hook.
#[cold]
pub(crate) fn report(function: &'static str, location: &'static Location<'static>, began: bool) {
    let hook = *HOOK.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(hook) = hook {
        hook(&SkippedCleanup {
            function,
            location,
            began,
        });
    }
}
