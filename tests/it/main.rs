//! Behaviour, through the public surface. One crate, so that the tests are linked once.
//!
//! | module | promises about |
//! |---|---|
//! | `abandoned` | generators whose consumer has left: `on_drop` and `Scope`. |
//! | `ahead` | generators that run ahead of their consumers, on a task. |
//! | `body` | bodies: yields, values, drops, panics and wakers. |
//! | `consumer` | the calls of a handle. |
//! | `context` | generators whose body is polled inside of a context. |
//! | `delegation` | generators that run in place of a body. |
//! | `macros` | macros in and around a body. |
//! | `model` | sequences of operations, compared with a plain model of the semantics. |
//! | `regions` | `attempt!`, `defer!`, and interrupts. |
//! | `signatures` | functions that may be generators, and the types that they return. |
//! | `soak` | chains of generators of all kinds, with random calls: all that begins ends. |
//! | `soundness` | attacks on the soundness rules. |
//! | `sync` | regular generators. |

mod abandoned;
mod ahead;
mod body;
mod consumer;
mod context;
mod delegation;
mod macros;
mod model;
mod regions;
mod signatures;
mod soak;
mod soundness;
mod sync;
