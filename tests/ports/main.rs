//! Functions modelled on public applications, each with async-stream's macro, with `async_gen_block!`, and
//! with the attribute. All three must yield the same items. Their sources follow scripts.

#![allow(dead_code, reason = "only `Debug` shows the values")]
#![allow(
    clippy::manual_async_fn,
    clippy::needless_continue,
    clippy::semicolon_if_nothing_returned,
    reason = "written as in the applications"
)]

#[macro_use]
mod both;

mod balances;
mod cached;
mod conversation;
mod delays;
mod duplex;
mod epochs;
mod expiry;
mod filter;
mod filters;
mod finalizer;
mod follower;
mod frames;
mod listing;
mod local_macro;
mod pager;
mod parse_first;
mod peeked;
mod prefix;
mod range_scan;
mod reflector;
mod rooms;
mod script;
mod search;
mod signals;
mod spans;
mod subscription;
mod sync_loop;
mod transaction;
mod transform;
mod triage;
mod websocket;
