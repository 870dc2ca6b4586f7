//! The items of a `yield_all!`.

use crate::frame::Body;
use crate::protocol::Protocol;

/// The items of a `yield_all!` in a body that throws: values, or `Result`s of them.
#[diagnostic::on_unimplemented(
    message = "`yield_all!` of a stream of `{Self}` is not supported here",
    label = "expected items `{Y}`, or `Result`s of them",
    note = "the error of a `Result` must convert into the one of `throws`"
)]
pub trait Forwarded<Y, E> {
    fn forwarded(self) -> Result<Y, E>;
}

impl<Y, E> Forwarded<Y, E> for Y {
    #[inline]
    fn forwarded(self) -> Result<Y, E> {
        Ok(self)
    }
}

impl<Y, E: From<F>, F> Forwarded<Y, E> for Result<Y, F> {
    #[inline]
    fn forwarded(self) -> Result<Y, E> {
        Ok(self?)
    }
}

impl<P: Protocol> Body<P> {
    /// Converts an item of a stream, which may be an error.
    ///
    /// # Errors
    ///
    /// The error that the item is.
    #[inline]
    pub fn forwarded<I>(self, item: I) -> Result<P::Yield, P::Error>
    where
        I: Forwarded<P::Yield, P::Error>,
    {
        item.forwarded()
    }
}
