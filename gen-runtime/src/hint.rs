//! What only the compiler's type checker looks at: these are never run, or do nothing.

use crate::frame::Body;
use crate::protocol::{Output, Protocol};

impl<P: Protocol> Body<P> {
    /// The value of a yield that is hidden in the tokens of another macro: of the type that is asked
    /// for, or else the error is shown where the user wrote it.
    #[inline]
    pub fn value(self, value: P::Yield) -> P::Yield {
        value
    }

    /// What the unreachable `break` of a yield carries.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never<T>(self) -> T {
        unreachable!("the scope check of a yield is not meant to run")
    }

    /// What the unreachable `return` carries that tells the compiler the type of the body, before
    /// it meets a `?` or a `return` of the user's.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never_output(self) -> Output<P> {
        self.never()
    }

    /// What the unreachable `return` carries that tells the compiler the type of a value at the end of
    /// the body, where a region gives it.
    ///
    /// # Panics
    ///
    /// Always.
    #[cold]
    #[must_use]
    pub fn never_return(self) -> P::Return {
        self.never()
    }
}
