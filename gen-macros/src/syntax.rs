//! Tools for syntax trees and tokens, which know nothing of generators but the names of their macros.

pub(crate) mod attributes; // `#[async_gen]`, tools, and the compiler's own
pub(crate) mod bind_in_match; // `match value { name => .. }`
pub(crate) mod invisible_groups; // the fragments of `macro_rules!`
pub(crate) mod macro_kind; // which macros there are
pub(crate) mod opaque_macros; // tokens of macros that are not parsed
