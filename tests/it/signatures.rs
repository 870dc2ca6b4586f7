//! Functions that may be generators, and the types that they return.

mod attributes;
mod auto_forms;
mod auto_traits;
mod functions;
mod methods;
mod parameters;
mod trait_forms;
mod traits;
