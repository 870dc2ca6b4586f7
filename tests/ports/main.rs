//! Functions modelled on public applications, each with async-stream's macro, with `async_gen_block!`, and
//! with the attribute. All three must yield the same items. Their sources follow scripts.

#![allow(dead_code, reason = "only `Debug` shows the values")]
#![allow(clippy::needless_continue, reason = "written as in the applications")]

mod filter;
mod frames;
mod listing;
mod local_macro;
mod script;
mod sync_loop;
mod websocket;
