//! A `defer!` from the time it is reached to the end of its cleanup.

use core::marker::PhantomData;
use core::mem;
#[cfg(feature = "std")]
use core::panic::Location;

#[cfg(feature = "std")]
use crate::{position, skipped};

/// The location of a `defer!` whose cleanup has to run, or none. Of no size without the feature `std`, which has the hook.
#[derive(Clone, Copy)]
pub(super) struct Deferred {
    #[cfg(feature = "std")]
    location: Option<&'static Location<'static>>,
}

impl Deferred {
    const NONE: Self = Deferred {
        #[cfg(feature = "std")]
        location: None,
    };

    /// Returns that of the code that called the function that calls this.
    #[inline]
    #[cfg_attr(feature = "std", track_caller)]
    pub(super) const fn caller() -> Self {
        Deferred {
            #[cfg(feature = "std")]
            location: Some(Location::caller()),
        }
    }
}

/// Reports, when it is dropped, a cleanup that has to run. `F` is the async block that it is dropped with, and `BEGAN` is
/// whether that is the cleanup itself.
pub(super) struct Pending<F, const BEGAN: bool> {
    deferred: Deferred,
    block: PhantomData<fn() -> F>,
}

impl<F, const BEGAN: bool> Pending<F, BEGAN> {
    #[inline]
    pub(super) const fn new(deferred: Deferred) -> Self {
        Pending {
            deferred,
            block: PhantomData,
        }
    }

    /// Takes the `defer!`, since the block has ended.
    #[inline]
    pub(super) const fn end(&mut self) -> Deferred {
        mem::replace(&mut self.deferred, Deferred::NONE)
    }
}

#[cfg(feature = "std")]
impl<F, const BEGAN: bool> Drop for Pending<F, BEGAN> {
    #[inline]
    fn drop(&mut self) {
        if let Some(location) = self.deferred.location {
            skipped::report(position::function::<F>(), location, BEGAN);
        }
    }
}
