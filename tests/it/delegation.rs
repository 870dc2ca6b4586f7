//! `yield_from!` and `yield_all!`.

mod borrowed;
mod depth;
mod errors;
mod forms;
mod hostile;
mod interrupts;
mod values;
