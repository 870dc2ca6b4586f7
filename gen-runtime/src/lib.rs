// The README's picture and links for docs.rs. They precede it, because the first definition of a link is the one that counts.
#![doc = include_str!("../docs/picture.md")]
#![cfg_attr(not(feature = "tokio"), doc = "[`Scope`]: guide::abandoned")]
#![cfg_attr(
    not(feature = "alloc"),
    doc = "[`Handle::boxed`]: Handle\n[`on_drop`]: guide::abandoned"
)]
#![cfg_attr(
    not(feature = "std"),
    doc = "[`set_skipped_cleanup_hook`]: guide::abandoned"
)]
#![doc = include_str!("../README.md")]
#![no_std]
#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

// One round trip of a request, from the consumer to the body:
//
// | module | |
// |---|---|
// | `handle` | the consumer's side: a pinned pointer with methods |
// | `call` | the futures of these methods |
// | `request` | a request to run on, or to interrupt |
// | `generator` | the trait that takes requests |
// | `machine` | the state machine, which polls the body |
// | `frame` | the waker that the body is polled with; yields; with `frame::chain`, all `unsafe` code |
// | `wait`, `for_await`, `region` | awaits, loops over streams, `attempt!` and `defer!`, inside the body |
// | `delegation` | generators that run in place of the body |
// | `concurrent` | the futures of a `select!` or a `join!` |
// | `links` | what a body that delegates keeps for that |
// | `skipped` | the report of a cleanup that did not run |
// | `landing` | an interrupt on its way to a region |
//
// The types: `protocol` (of a generator and its consumer), `fallible` (values, or `Result`s of them), `state`, `position`.
// Generators around others: `context`.
// More consumers: `boxed` (generators on the heap), `closing`, `pointer`, `stream`.
// Regular generators: `sync`.
// After the consumer has left: `on_drop`, and with tokio `scope`. Before it asks: `ahead`.
// For documentation and messages: `guide`, `keywords`, `hint` (for the type checker), `unpinned` (a missing `pin!`), `unboxed`
// (a missing feature `alloc`).
#[cfg(feature = "tokio")]
mod ahead;
#[cfg(feature = "alloc")]
mod boxed;
pub mod call;
mod closing;
#[expect(unnameable_types, reason = "for generated code")]
mod concurrent;
mod context;
#[expect(unnameable_types, reason = "for generated code")]
mod delegation;
#[expect(unnameable_types, reason = "bounds of items")]
mod fallible;
#[expect(unnameable_types, reason = "for generated code")]
mod for_await;
#[expect(unnameable_types, reason = "for generated code")]
#[expect(
    unsafe_code,
    reason = "argued in this file and in `frame/chain.rs`, and in no other"
)]
mod frame;
#[expect(unnameable_types, reason = "a sealed trait")]
mod generator;
pub mod guide;
mod handle;
#[expect(unnameable_types, reason = "for generated code")]
mod hint;
mod keywords;
#[expect(unnameable_types, reason = "associated types of generated code")]
mod landing;
#[expect(unnameable_types, reason = "associated types of generated code")]
mod links;
mod machine;
#[cfg(feature = "alloc")]
#[expect(unnameable_types, reason = "a trait for bounds of items")]
mod on_drop;
mod pointer;
mod position;
#[expect(unnameable_types, reason = "for generated code")]
mod protocol;
#[expect(unnameable_types, reason = "for generated code")]
mod region;
#[expect(unnameable_types, reason = "arguments of hidden methods")]
mod request;
#[cfg(feature = "tokio")]
#[cfg_attr(docsrs, doc(cfg(feature = "tokio")))]
pub mod scope;
#[cfg(feature = "std")]
mod skipped;
mod state;
mod stream;
pub mod sync;
#[cfg(not(feature = "alloc"))]
#[expect(unnameable_types, reason = "for an error message")]
mod unboxed;
pub mod unpinned;
mod wait;

#[cfg(feature = "tokio")]
pub use crate::ahead::{Ahead, Landed};
#[cfg(feature = "alloc")]
pub use crate::boxed::{BoxGenerator, BoxTryGenerator, LocalBoxGenerator, LocalBoxTryGenerator};
pub use crate::closing::{closing, try_closing};
pub use crate::context::{InContext, Polled, in_context};
pub use crate::generator::AsyncGenerator;
pub use crate::handle::Handle;
#[cfg(feature = "alloc")]
pub use crate::on_drop::{Abandoned, OnDrop, on_drop};
pub use crate::position::Position;
#[cfg(feature = "tokio")]
pub use crate::scope::Scope;
#[cfg(feature = "std")]
pub use crate::skipped::{SkippedCleanup, set_skipped_cleanup_hook};
pub use crate::state::State;
pub use gen_runtime_macros::{
    async_gen, async_gen_block, async_gen_items, for_await, generator, generator_block,
};
// The attributes replace a body by a call of it. Messages name it.
#[doc(hidden)]
pub use gen_runtime_macros::async_gen_body;
// Not for users: without these short paths, rustc prints long ones in messages about the type of a generator.
#[doc(hidden)]
pub use futures_core::{FusedStream, Stream};

/// Names for generated code. Not covered by semantic versioning: the two crates pin each other's version.
#[doc(hidden)]
pub mod __private {
    pub use core::convert::Infallible;
    pub use core::option::Option::Some;
    pub use core::pin::pin;
    pub use core::result::Result::{self, Err, Ok};

    pub use futures_core::FusedStream;

    pub use crate::concurrent::{joined, pair, selected, split};
    pub use crate::frame::Body;
    pub use crate::hint::{Types, item, refuted, syntax_unknown_to_async_gen};
    #[expect(deprecated, reason = "to warn of its callers")]
    pub use crate::hint::{iterator_of_iterators, result_in_result, stream_of_streams};
    pub use crate::region::Either;
}
