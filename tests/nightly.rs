//! Bare `yield` under the attribute, which only nightly compilers accept. Needs `--cfg nightly`: no
//! other compiler can even parse the file with the tests.

#![cfg_attr(nightly, feature(yield_expr))]

#[cfg(nightly)]
#[path = "nightly/bare_yield.rs"]
mod bare_yield;
