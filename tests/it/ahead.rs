//! Generators that run ahead of their consumers, on a task.

mod bound;
mod cancellation;
mod close;
mod drops;
mod ends;
mod random;
mod stream;
mod throw;

use std::fmt::Display;
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gen_runtime::async_gen;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::task::yield_now;

/// Long enough for any shutdown that ends.
const LONG: Duration = Duration::from_secs(60);

fn places(n: usize) -> NonZero<usize> {
    NonZero::new(n).unwrap()
}

/// The events in a body on another task.
#[derive(Clone, Default)]
pub(crate) struct Events(Arc<Mutex<Vec<String>>>);

impl Events {
    fn push(&self, event: impl Display) {
        self.0.lock().unwrap().push(event.to_string());
    }

    /// Takes all events since the last call, joined by spaces.
    fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap()).join(" ")
    }
}

/// Lets through as many calls of `pass` as it was opened for.
#[derive(Clone)]
struct Gate(Arc<Semaphore>);

impl Gate {
    fn new(open: usize) -> Self {
        Gate(Arc::new(Semaphore::new(open)))
    }

    fn open(&self) {
        self.0.add_permits(1);
    }

    async fn pass(&self) {
        self.0.acquire().await.unwrap().forget();
    }
}

/// On a runtime with one thread: lets the task run until it waits.
async fn settle() {
    for _ in 0..20 {
        yield_now().await;
    }
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

fn two_threads() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(2).enable_time().build().unwrap()
}

/// Yields 1, 2, .. `last`. Passes the gate before each. An error that is thrown at a yield is logged, and one that is
/// thrown at the gate leaves the body.
#[async_gen(throws = &'static str, returns = &'static str, bounds = Send + 'static)]
async fn counts(last: u32, gate: Gate, events: Events) -> u32 {
    events.push("begin");
    defer! { events.push("end"); }
    for n in 1..=last {
        gate.pass().await;
        events.push(n);
        if let Err(error) = attempt! { yield_!(n) } {
            events.push(error);
        }
    }
    "counted"
}
