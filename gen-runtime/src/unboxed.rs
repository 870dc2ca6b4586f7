//! The boxed forms without the feature `alloc`: refused.

use core::convert::Infallible;

use crate::frame::Body;

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`boxed` needs the feature `alloc` of `gen-runtime`",
    label = "there is no heap to put it on"
)]
pub trait Alloc {}

/// They are there, so that no trait of a user's can answer in their place: it would be given the
/// right to yield.
impl<P> Body<P> {
    /// Refused.
    pub fn boxed<F: Alloc>(self, _body: F) -> Infallible {
        unreachable!("nothing implements `Alloc`")
    }

    /// Refused.
    pub fn boxed_local<F: Alloc>(self, _body: F) -> Infallible {
        unreachable!("nothing implements `Alloc`")
    }
}
