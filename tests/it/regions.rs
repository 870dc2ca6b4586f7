//! `attempt!`, `defer!`, and interrupts.

mod attempt;
mod defer;
mod interrupts;
