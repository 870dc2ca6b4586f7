#![doc = include_str!("../README.md")]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;

mod call;
mod closing;
mod frame;
mod generator;
mod handle;
mod hint;
mod interrupt;
mod keywords;
mod landing;
mod machine;
mod pin;
mod pointer;
mod protocol;
mod region;
mod request;
mod source;
mod state;
mod stream;
mod unpinned;

/// A guide, in pages.
pub mod guide {
    #[doc = include_str!("../docs/bodies.md")]
    pub mod bodies {}

    #[doc = include_str!("../docs/macros.md")]
    pub mod macros {}

    #[doc = include_str!("../docs/interrupts.md")]
    pub mod interrupts {}

    #[doc = include_str!("../docs/expansion.md")]
    pub mod expansion {}

    #[doc = include_str!("../docs/performance.md")]
    pub mod performance {}
}

#[cfg(feature = "alloc")]
mod boxed;
#[cfg(not(feature = "alloc"))]
mod unboxed;

#[cfg(feature = "alloc")]
pub use crate::boxed::{BoxGenerator, BoxTryGenerator, LocalBoxGenerator, LocalBoxTryGenerator};
pub use crate::call::Call;
pub use crate::closing::{Closed, ClosingItem, closing};
pub use crate::generator::AsyncGenerator;
pub use crate::handle::Handle;
pub use crate::interrupt::Interrupt;
pub use crate::request::Request;
pub use crate::state::State;
pub use crate::unpinned::PinFirst;
pub use gen_runtime_macros::{async_gen, async_gen_block, async_gen_items, for_await};
// What the attribute leaves in the place of a body: messages name it.
#[doc(hidden)]
pub use gen_runtime_macros::async_gen_body;
// Not for users: where these have no short path, messages about a generator's type spell out a long one.
#[doc(hidden)]
pub use futures_core::{FusedStream, Stream};

/// What the macro's output names. Not covered by semantic versioning: the two crates pin each
/// other's version.
#[doc(hidden)]
pub mod __private {
    pub use core::convert::Infallible;
    pub use core::option::Option::Some;
    pub use core::pin::pin;
    pub use core::result::Result::{self, Err, Ok};

    pub use futures_core::FusedStream;

    pub use crate::frame::Body;
    pub use crate::hint::{Types, item, refuted, syntax_unknown_to_async_gen};
    #[expect(deprecated, reason = "to warn of its callers")]
    pub use crate::hint::{result_in_result, stream_of_streams};
    pub use crate::region::Exit;
}
