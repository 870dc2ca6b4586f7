//! A guide, in pages that can be read in any order.
//!
//! The table lists them in the order in which a new user needs them. Each page is complete in itself, and links to the others.
//! All examples are compiled and run as tests.
//!
//! # First steps
//!
//! | page | read it to |
//! |---|---|
//! | [`start`] | write and consume a first generator, in five minutes |
//! | [`forms`] | choose between functions, blocks, methods and traits, and between stack and box |
//! | [`kinds`] | choose between regular and async generators |
//! | [`python`] | start from Python's generators |
//! | [`coming_from`] | move code over from async-stream, genawaiter, channels, `unfold` or `poll_next` |
//!
//! # Bodies
//!
//! | page | read it to |
//! |---|---|
//! | [`yields`] | pass values to the consumer, and receive values from it |
//! | [`errors`] | fail, catch errors, report some and continue, and throw errors in |
//! | [`closing`] | clean up, in which order, and learn what a drop does not run |
//! | [`composition`] | make generators of others: recursion, delegation, loops that close |
//! | [`macros`] | use `select!`, `join!`, `println!`, `#[instrument]` and other macros with generators |
//! | [`bodies`] | look up which functions may be generators, and what is not supported in them |
//! | [`arguments`] | look up an argument of the attributes |
//!
//! # Consumers
//!
//! | page | read it to |
//! |---|---|
//! | [`cancellation`] | put a call into a timeout or a `select!` |
//! | [`types`] | name, store, box, send and borrow generators, and take them as parameters |
//! | [`interrupts`] | look up what each call does in each state, and the rules of `attempt!` and `defer!` |
//!
//! # Services
//!
//! | page | read it to |
//! |---|---|
//! | [`service`] | see the parts below together |
//! | [`abandoned`] | close generators whose consumers have left |
//! | [`ahead`] | run a generator on a task, ahead of its consumer |
//! | [`context`] | put a body into a span, a task-local or a timer |
//! | [`positions`] | find out where a generator hangs |
//!
//! # Background
//!
//! | page | read it to |
//! |---|---|
//! | [`troubleshooting`] | understand an error message |
//! | [`expansion`] | understand how generators work, and what the macros generate |
//! | [`performance`] | see what an item costs, beside other libraries |

#[doc = include_str!("../docs/start.md")]
#[doc = include_str!("../docs/states.svg")]
pub mod start {}

#[doc = include_str!("../docs/forms.md")]
pub mod forms {}

#[doc = include_str!("../docs/kinds.md")]
pub mod kinds {}

#[doc = include_str!("../docs/python.md")]
pub mod python {}

#[doc = include_str!("../docs/coming_from.md")]
pub mod coming_from {
    #[doc = include_str!("../docs/coming_from/async_stream.md")]
    pub mod async_stream {}

    #[doc = include_str!("../docs/coming_from/genawaiter.md")]
    pub mod genawaiter {}

    #[doc = include_str!("../docs/coming_from/futures_async_stream.md")]
    pub mod futures_async_stream {}

    #[doc = include_str!("../docs/coming_from/unfold.md")]
    pub mod unfold {}

    #[cfg_attr(feature = "tokio", doc = include_str!("../docs/coming_from/channel.md"))]
    #[cfg_attr(not(feature = "tokio"), doc = "This page needs the feature `tokio`.")]
    pub mod channel {}

    #[doc = include_str!("../docs/coming_from/poll_next.md")]
    pub mod poll_next {}
}

#[doc = include_str!("../docs/yields.md")]
pub mod yields {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/closing.md")]
pub mod closing {}

#[doc = include_str!("../docs/composition.md")]
#[doc = include_str!("../docs/chain.svg")]
#[doc = include_str!("../docs/delegation.svg")]
pub mod composition {}

#[doc = include_str!("../docs/macros.md")]
pub mod macros {}

#[doc = include_str!("../docs/bodies.md")]
pub mod bodies {}

#[doc = include_str!("../docs/arguments.md")]
pub mod arguments {
    #[doc = include_str!("../docs/arguments/send.md")]
    pub mod send {}

    #[doc = include_str!("../docs/arguments/throws.md")]
    pub mod throws {}

    #[doc = include_str!("../docs/arguments/returns.md")]
    pub mod returns {}

    #[doc = include_str!("../docs/arguments/bounds.md")]
    pub mod bounds {}

    #[doc = include_str!("../docs/arguments/boxed.md")]
    pub mod boxed {}

    #[doc = include_str!("../docs/arguments/local.md")]
    pub mod local {}

    #[doc = include_str!("../docs/arguments/crate_path.md")]
    pub mod crate_path {}
}

#[doc = include_str!("../docs/cancellation.md")]
pub mod cancellation {}

#[cfg_attr(feature = "alloc", doc = include_str!("../docs/types.md"))]
#[cfg_attr(not(feature = "alloc"), doc = "This page needs the feature `alloc`.")]
pub mod types {}

#[doc = include_str!("../docs/interrupts.md")]
pub mod interrupts {}

#[cfg_attr(feature = "tokio", doc = include_str!("../docs/service.md"))]
#[cfg_attr(not(feature = "tokio"), doc = "This page needs the feature `tokio`.")]
pub mod service {}

#[cfg_attr(feature = "tokio", doc = include_str!("../docs/abandoned.md"))]
#[cfg_attr(not(feature = "tokio"), doc = "This page needs the feature `tokio`.")]
pub mod abandoned {}

#[cfg_attr(feature = "tokio", doc = include_str!("../docs/ahead.md"))]
#[cfg_attr(not(feature = "tokio"), doc = "This page needs the feature `tokio`.")]
pub mod ahead {}

#[doc = include_str!("../docs/context.md")]
pub mod context {}

#[doc = include_str!("../docs/positions.md")]
pub mod positions {}

#[cfg_attr(feature = "alloc", doc = include_str!("../docs/troubleshooting.md"))]
#[cfg_attr(not(feature = "alloc"), doc = "This page needs the feature `alloc`.")]
pub mod troubleshooting {}

#[doc = include_str!("../docs/expansion.md")]
#[doc = include_str!("../docs/round_trip.svg")]
pub mod expansion {}

#[doc = include_str!("../docs/performance.md")]
pub mod performance {}
