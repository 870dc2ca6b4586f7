//! The boxed forms without the feature `alloc`: errors that name it.

use core::convert::Infallible;

use crate::frame::Body;

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "`boxed` needs the feature `alloc` of `gen-runtime`",
    label = "a boxed generator is on the heap"
)]
pub trait Alloc {}

/// Defines methods so that no trait of a user's is called instead, with the right to yield.
macro_rules! refused {
    ($($method:ident)*) => {
        impl<P> Body<P> {
            $(
                /// Refused.
                pub fn $method<F: Alloc>(self, _body: F) -> Infallible {
                    unreachable!("nothing implements `Alloc`")
                }
            )*
        }
    };
}

refused!(boxed boxed_local boxed_regular boxed_local_regular);
