//! The calls of a handle.

mod boxed;
mod calls;
mod cancellation;
mod close;
mod finish;
mod lifecycle;
mod next;
mod resume;
mod send;
mod stream;
mod throw;
mod try_next;
mod try_send;
