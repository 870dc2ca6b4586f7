//! The same where the user forbids `unsafe`.

#![forbid(unsafe_code)]

#[path = "unsafe_calls.rs"]
mod unsafe_calls;

fn main() {}
