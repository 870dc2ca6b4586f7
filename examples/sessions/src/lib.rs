//! A notice board over TCP, with a line protocol whose sessions are generators.
//!
//! A [`session`](session::session) yields its replies, and is sent the lines of its client. It contains no input or
//! output, so its tests need no sockets. The [`server`] connects sessions to sockets.

pub mod board;
pub mod client;
pub mod server;
pub mod session;
