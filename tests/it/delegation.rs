//! `yield_from!` and `yield_all!`.

mod borrowed;
mod depth;
mod errors;
mod forms;
mod interrupts;
mod values;
