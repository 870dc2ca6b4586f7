//! Macros in and around a body.

mod fragments;
mod hygiene;
mod join;
mod keywords;
mod nested_macros;
mod operands;
mod select;
mod select_as_in_async_fn;
mod spelling;
