//! Regular generators.

mod bodies;
