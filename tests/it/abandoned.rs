//! Generators whose consumer has left.

mod delegation;
mod hostile;
mod many;
mod on_drop;
mod runtimes;
mod scope;
mod shutdown;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use gen_runtime::{Abandoned, AsyncGenerator, Handle, LocalBoxGenerator, on_drop};
use probe::{Guard, Log};

/// The generators that a hook was called with.
struct Caught<G>(Rc<RefCell<Vec<Abandoned<G>>>>);

impl<G> Clone for Caught<G> {
    fn clone(&self) -> Self {
        Caught(self.0.clone())
    }
}

impl<G: AsyncGenerator + 'static> Caught<G> {
    fn new() -> Self {
        Caught(Rc::default())
    }

    /// Returns a hook that catches a generator, and logs `hook`, and then `-hook` when it is dropped.
    fn hook(&self, log: &Log) -> impl FnOnce(Abandoned<G>) + use<G> {
        let (caught, log, guard) = (self.clone(), log.clone(), log.guard("hook"));
        move |abandoned| {
            let _guard: Guard = guard;
            log.push("hook");
            caught.0.borrow_mut().push(abandoned);
        }
    }

    fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Takes the only generator.
    #[track_caller]
    fn take(&self) -> Abandoned<G> {
        let mut caught = self.0.take();
        assert_eq!(caught.len(), 1);
        caught.remove(0)
    }
}

/// Makes a handle whose generator is caught when the handle is dropped.
fn caught<G, Y>(generator: G, log: &Log) -> (LocalBoxGenerator<'static, Y>, Caught<G>)
where
    G: AsyncGenerator<
            Yield = Y,
            Sent = (),
            Error = std::convert::Infallible,
            Return = (),
            Item = Y,
        > + 'static,
    Y: 'static,
{
    let caught = Caught::new();
    let handle = on_drop(generator, caught.hook(log));
    (handle.into(), caught)
}

/// A log of events that threads share.
#[derive(Clone, Default)]
struct SharedLog(Arc<Mutex<Vec<String>>>);

impl SharedLog {
    fn push(&self, event: impl Into<String>) {
        self.0.lock().unwrap().push(event.into());
    }

    /// Takes all events since the last call, joined by spaces.
    fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap()).join(" ")
    }

    /// Returns a value that logs `-name` when it is dropped.
    fn guard(&self, name: &'static str) -> SharedGuard {
        SharedGuard(name, self.clone())
    }
}

/// Logs `-name` when it is dropped.
struct SharedGuard(&'static str, SharedLog);

impl Drop for SharedGuard {
    fn drop(&mut self) {
        self.1.push(format!("-{}", self.0));
    }
}

/// Asks a generator for its first item, and drops it.
async fn abandon<G>(mut handle: Handle<Box<G>>)
where
    G: AsyncGenerator<Sent = ()>,
{
    assert!(handle.next().await.is_some());
}
