//! The boxed forms without the feature `alloc`: errors that name it.

use core::convert::Infallible;

use crate::frame::Body;

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`boxed` needs the feature `alloc` of `gen-runtime`",
    label = "a boxed generator is on the heap"
)]
pub trait Alloc {}

/// These methods exist so that no trait of a user's is called instead, with the right to yield.
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
