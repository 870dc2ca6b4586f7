//! Regular generators.

mod delegation;
mod depth;
mod forwarding;
mod frames;
mod handles;
mod hidden_awaits;
mod iterators;
mod kinds;
mod operations;
mod panics;
mod regions;
