//! Regular generators, which do not await: what [`#[generator]`](crate::generator) and
//! [`generator_block!`](crate::generator_block) make.
//!
//! The methods of a [`Handle`] here are those of the async one, without futures. A handle is an [`Iterator`] unless
//! the generator needs values that it is sent.
//!
//! ```
//! use gen_runtime::{generator, sync};
//!
//! #[generator]
//! fn countdown(from: u32) -> u32 {
//!     for n in (1..=from).rev() {
//!         yield_!(n);
//!     }
//! }
//!
//! for n in sync::pin!(countdown(3)) {
//!     println!("{n}");
//! }
//! ```
//!
//! The guide has a page about [the two kinds of generators](crate::guide::kinds).

// One machine runs both kinds. A regular generator is polled with a waker that does nothing, and what would wait panics.
#[cfg(feature = "alloc")]
mod boxed; // generators on the heap
mod closing; // closing however a closure returns
#[expect(unnameable_types, reason = "a sealed trait, and its machine")]
pub(crate) mod generator; // the trait, and the machine
mod handle; // the consumer's side

#[cfg(feature = "alloc")]
pub use self::boxed::{BoxGenerator, BoxTryGenerator, LocalBoxGenerator, LocalBoxTryGenerator};
pub use self::closing::{closing, try_closing};
pub use self::generator::Generator;
pub use self::handle::Handle;
#[doc(inline)]
pub use crate::__sync_pin as pin;
