//! The outcome of a scope, for users.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::any::Any;
use core::error::Error;
use core::fmt;

/// The outcome of the abandoned generators of a [`Scope`](crate::Scope) since its last report, as
/// [`shutdown`](crate::Scope::shutdown) returns it.
///
/// Its `Display` is for a log: a line with the numbers, and a line for each failure and each function with live generators. Generators that ended while their
/// consumers had them are not counted.
#[derive(Debug)]
#[non_exhaustive]
#[must_use = "a report may contain failures"]
pub struct Report {
    /// The number of generators that were abandoned, and then closed without a failure.
    pub closed: usize,
    /// The generators that were abandoned, and whose cleanups failed, panicked or were dropped.
    pub failures: Vec<Failure>,
    /// The number of generators that had not ended at the timeout. They continue, and another
    /// [`shutdown`](crate::Scope::shutdown) may wait for them.
    pub live: usize,
    /// The functions that made these, with the number of them.
    pub live_functions: BTreeMap<&'static str, usize>,
}

/// An abandoned generator that was not closed without a failure.
///
/// Its `Display` is the function and the cause: `app::prices: the exchange did not answer`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The path of the function that made the generator, for people: see [`Position::function`](crate::Position::function).
    pub function: &'static str,
    /// The kind of failure.
    pub cause: Cause,
}

/// The kind of a [`Failure`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// The cleanup failed with this error.
    Error(Box<dyn Error + Send + Sync>),
    /// The cleanup panicked, with this payload.
    Panicked(Box<dyn Any + Send>),
    /// The cleanup did not begin or did not end, since there was no runtime to run it or the runtime was shut down.
    Dropped,
}

impl Report {
    /// Returns whether all generators have ended and no cleanup failed.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && self.live == 0
    }
}

/// Shows a line with the numbers, and a line for each failure and for each function of [`live_functions`].
///
/// [`live_functions`]: Report::live_functions
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report {
            closed,
            failures,
            live,
            live_functions,
        } = self;
        write!(
            f,
            "closed: {closed}, failed: {}, live: {live}",
            failures.len()
        )?;
        failures
            .iter()
            .try_for_each(|failure| write!(f, "\n  {failure}"))?;
        live_functions
            .iter()
            .try_for_each(|(function, live)| write!(f, "\n  {function}: live, {live}"))
    }
}

/// Shows the function, and the cause.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.function, self.cause)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Error(error) => write!(f, "{error}"),
            Cause::Panicked(payload) => {
                let message = payload.downcast_ref::<&str>().copied();
                let message = message.or_else(|| payload.downcast_ref().map(String::as_str));
                match message {
                    Some(message) => write!(f, "panicked: {message}"),
                    None => f.write_str("panicked"),
                }
            }
            Cause::Dropped => f.write_str("dropped before the cleanup ended"),
        }
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Cause::Error(error) => Some(&**error),
            Cause::Panicked(_) | Cause::Dropped => None,
        }
    }
}
