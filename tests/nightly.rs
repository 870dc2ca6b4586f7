//! Bare `yield` under the attribute, where the compiler lets it through: with `--cfg nightly`, on a
//! nightly toolchain. Elsewhere the file with the tests cannot even be parsed.

#![cfg_attr(nightly, feature(yield_expr))]

#[cfg(nightly)]
#[path = "nightly/bare_yield.rs"]
mod bare_yield;
