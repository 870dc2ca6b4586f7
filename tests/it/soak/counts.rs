//! Counters of things that begin and end.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Counts the beginnings and the ends of things of one kind.
#[derive(Debug, Default)]
pub(super) struct Pair {
    begun: AtomicUsize,
    ended: AtomicUsize,
}

impl Pair {
    pub(super) fn begin(&self) {
        self.begun.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.ended.fetch_add(1, Ordering::Relaxed);
    }

    fn check(&self, kind: &str) -> usize {
        let begun = self.begun.load(Ordering::Relaxed);
        assert_eq!(self.ended.load(Ordering::Relaxed), begun, "{kind}");
        begun
    }
}

#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) items: Pair,
    pub(super) faults: Pair,
    /// The arguments of bodies.
    pub(super) arguments: Pair,
    /// From a `defer!` that was reached to its end.
    pub(super) cleanups: Pair,
}

impl Counts {
    /// Checks that all that began has ended, and that enough did.
    pub(super) fn check_balanced(&self, items: usize, failures: usize) {
        assert!(self.items.check("items") >= items);
        let faults = self.faults.check("faults");
        let arguments = self.arguments.check("arguments");
        let cleanups = self.cleanups.check("cleanups");
        let enough = items / 1000;
        assert!(
            faults > enough && arguments > enough && cleanups > enough && failures > enough / 10,
            "{self:?}, {failures} failures"
        );
    }
}

/// Defines a value that is counted.
macro_rules! counted {
    ($name:ident, $counter:ident) => {
        pub(super) struct $name(pub(super) Arc<Counts>);

        impl $name {
            pub(super) fn new(counts: &Arc<Counts>) -> Self {
                counts.$counter.begin();
                $name(counts.clone())
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                self.0.$counter.end();
            }
        }
    };
}

counted!(Item, items);
counted!(Fault, faults);
counted!(Argument, arguments);

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fault")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault")
    }
}

impl Error for Fault {}
