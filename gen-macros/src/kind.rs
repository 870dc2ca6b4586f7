//! The two kinds of generators.

use proc_macro2::Ident;

/// The kind of a generator.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Under `#[async_gen]`.
    #[default]
    Async,
    /// Under `#[generator]`: it does not await.
    Regular,
}

impl Kind {
    /// The name of the attribute.
    pub(crate) const fn attribute(self) -> &'static str {
        match self {
            Kind::Async => "async_gen",
            Kind::Regular => "generator",
        }
    }

    /// The beginning of the functions that the attribute is for.
    pub(crate) const fn function(self) -> &'static str {
        match self {
            Kind::Async => "async fn",
            Kind::Regular => "fn",
        }
    }

    /// Returns the kind whose attribute has this name.
    pub(crate) fn named(name: &Ident) -> Option<Self> {
        [Kind::Async, Kind::Regular]
            .into_iter()
            .find(|kind| name == kind.attribute())
    }
}
