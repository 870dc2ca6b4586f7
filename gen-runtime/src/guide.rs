//! A guide, in pages.

#[doc = include_str!("../docs/start.md")]
#[doc = include_str!("../docs/states.svg")]
pub mod start {}

#[doc = include_str!("../docs/forms.md")]
pub mod forms {}

#[doc = include_str!("../docs/yields.md")]
pub mod yields {}

#[doc = include_str!("../docs/errors.md")]
pub mod errors {}

#[doc = include_str!("../docs/closing.md")]
pub mod closing {}

#[doc = include_str!("../docs/cancellation.md")]
pub mod cancellation {}

#[cfg_attr(feature = "alloc", doc = include_str!("../docs/types.md"))]
#[cfg_attr(not(feature = "alloc"), doc = "This page needs the feature `alloc`.")]
pub mod types {}

#[cfg_attr(feature = "tokio", doc = include_str!("../docs/service.md"))]
#[cfg_attr(not(feature = "tokio"), doc = "This page needs the feature `tokio`.")]
pub mod service {}

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

#[doc = include_str!("../docs/bodies.md")]
pub mod bodies {}

#[doc = include_str!("../docs/macros.md")]
pub mod macros {}

#[doc = include_str!("../docs/interrupts.md")]
pub mod interrupts {}

#[doc = include_str!("../docs/composition.md")]
#[doc = include_str!("../docs/delegation.svg")]
pub mod composition {}

#[doc = include_str!("../docs/context.md")]
pub mod context {}

#[doc = include_str!("../docs/kinds.md")]
pub mod kinds {}

#[cfg_attr(feature = "tokio", doc = include_str!("../docs/abandoned.md"))]
#[cfg_attr(not(feature = "tokio"), doc = "This page needs the feature `tokio`.")]
pub mod abandoned {}

#[cfg_attr(feature = "tokio", doc = include_str!("../docs/ahead.md"))]
#[cfg_attr(not(feature = "tokio"), doc = "This page needs the feature `tokio`.")]
pub mod ahead {}

#[doc = include_str!("../docs/positions.md")]
pub mod positions {}

#[doc = include_str!("../docs/expansion.md")]
pub mod expansion {}

#[doc = include_str!("../docs/performance.md")]
pub mod performance {}
