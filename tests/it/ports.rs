//! The shapes of functions of public applications, each with async-stream's macro, with our block and with the
//! attribute: all show the same items. The sources are scripts.

#![allow(dead_code, reason = "values are shown by `Debug`")]
#![allow(clippy::needless_continue, reason = "the shapes have them")]

mod filter;
mod frames;
mod listing;
mod local_macro;
mod script;
mod sync_loop;
mod websocket;
