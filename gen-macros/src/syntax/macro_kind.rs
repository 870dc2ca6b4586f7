//! The macros that a body may call.

use proc_macro2::Ident;
use syn::{Macro, Path};

/// The meaning of a macro in a body, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MacroKind {
    /// `yield_!(v)`
    Yield,
    /// `yield_result!(r)`
    YieldResult,
    /// `yield_from!(generator)`
    YieldFrom,
    /// `yield_all!(stream)`
    YieldAll,
    /// `attempt! { .. }`
    Attempt,
    /// `defer! { .. }`
    Defer,
    /// `async_gen_block!`, `generator_block!` and the like: the tokens are bodies of their own.
    Generator,
    /// A macro of another crate that gives `yield` and `for await` a meaning of its own.
    OtherGenerator,
    /// `select!` and `select_biased!`
    Select,
    /// `join!` and `try_join!`
    Join,
    /// `matches!`
    Matches,
    /// `vec!`
    Vec,
    /// A macro of the standard library that takes expressions between commas.
    List,
    /// Such a macro that never returns.
    Panic,
    /// Any other macro. Its tokens are not parsed.
    Opaque,
}

impl MacroKind {
    /// Classifies a name.
    pub(crate) fn named(name: &Ident) -> Self {
        match name.to_string().as_str() {
            "yield_" => MacroKind::Yield,
            "yield_result" => MacroKind::YieldResult,
            "yield_from" => MacroKind::YieldFrom,
            "yield_all" => MacroKind::YieldAll,
            "attempt" => MacroKind::Attempt,
            "defer" => MacroKind::Defer,
            "async_gen_block" | "async_gen_body" | "async_gen_items" | "generator_block" => {
                MacroKind::Generator
            }
            "generator" | "iter" | "stream" | "stream_block" | "try_stream" => {
                MacroKind::OtherGenerator
            }
            "select" | "select_biased" => MacroKind::Select,
            "join" | "try_join" => MacroKind::Join,
            "matches" => MacroKind::Matches,
            "vec" => MacroKind::Vec,
            "panic" | "todo" | "unimplemented" | "unreachable" => MacroKind::Panic,
            "assert" | "assert_eq" | "assert_ne" | "dbg" | "debug_assert" | "debug_assert_eq"
            | "debug_assert_ne" | "eprint" | "eprintln" | "format" | "print" | "println"
            | "write" | "writeln" => MacroKind::List,
            _ => MacroKind::Opaque,
        }
    }

    /// Classifies a path. The macros of a body have no path, or that of the runtime, `krate`; those of other crates
    /// are known by their last name.
    pub(crate) fn of(path: &Path, krate: &Path) -> Self {
        let mut prefix: Vec<_> = path.segments.iter().map(|segment| &segment.ident).collect();
        let Some(name) = prefix.pop() else {
            return MacroKind::Opaque;
        };
        let runtime = krate.segments.iter().map(|segment| &segment.ident);
        let is_ours = prefix.is_empty()
            || prefix.iter().copied().eq(runtime)
            || matches!(prefix[..], [krate] if krate == "gen_runtime");
        match MacroKind::named(name) {
            kind if kind.is_of_bodies() && !is_ours => MacroKind::Opaque,
            kind => kind,
        }
    }

    /// Classifies a macro call by its last name alone.
    pub(crate) fn called(mac: &Macro) -> Self {
        let name = mac.path.segments.last().map(|segment| &segment.ident);
        name.map_or(MacroKind::Opaque, MacroKind::named)
    }

    /// Returns whether this is a yield.
    pub(crate) const fn is_yield(self) -> bool {
        matches!(self, MacroKind::Yield | MacroKind::YieldResult)
    }

    /// Returns whether this is `yield_from!` or `yield_all!`.
    pub(crate) const fn is_delegation(self) -> bool {
        matches!(self, MacroKind::YieldFrom | MacroKind::YieldAll)
    }

    /// Returns whether this is `select!` or `join!`, which await.
    pub(crate) const fn awaits(self) -> bool {
        matches!(self, MacroKind::Select | MacroKind::Join)
    }

    /// Returns whether this is `attempt!` or `defer!`.
    pub(crate) const fn is_region(self) -> bool {
        matches!(self, MacroKind::Attempt | MacroKind::Defer)
    }

    /// Returns whether a body gives this macro its meaning.
    pub(crate) const fn is_of_bodies(self) -> bool {
        self.is_yield() || self.is_delegation() || self.is_region()
    }
}
