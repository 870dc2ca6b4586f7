//! `attempt!`, `defer!`, `#[for_await(close)]`, and interrupts.

mod attempt;
mod closing_loop;
mod defer;
mod interrupts;
mod skipped;
