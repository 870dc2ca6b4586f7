//! Regular generators.

mod async_handles;
mod attributes;
mod blocks;
mod delegation;
mod depth;
mod forwarding;
mod frames;
mod functions;
mod handles;
mod hidden_awaits;
mod iterators;
mod kinds;
mod methods;
mod operations;
mod panics;
mod regions;
