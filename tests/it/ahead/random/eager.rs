//! Running ahead, as plainly as possible: an ordinary handle whose items are taken early, without a task.

use std::collections::VecDeque;
use std::task::Poll;

use gen_runtime::{Landed, State};

use super::program::World;
use super::{Generator, Given, Op, unblocked, until_blocked};

pub(super) struct Eager {
    body: Generator,
    n: usize,
    queue: VecDeque<Item>,
    yielded: u64,
    /// The error that ended the body, behind the queue.
    failure: Option<String>,
    /// The consumer has received the end.
    received_end: bool,
    returned: Option<u32>,
}

type Item = Result<u32, String>;

impl Eager {
    pub(super) fn new(body: Generator, n: usize) -> Self {
        Eager {
            body,
            n,
            queue: VecDeque::new(),
            yielded: 0,
            failure: None,
            received_end: false,
            returned: None,
        }
    }

    fn has_ended(&self) -> bool {
        self.body.state() == State::Finished
    }

    /// Takes items until the queue is full, or the body waits at the gate.
    pub(super) async fn fill(&mut self) {
        while self.queue.len() < self.n && !self.has_ended() {
            let Some(item) = until_blocked(self.body.next()).await else {
                return;
            };
            self.put(item);
        }
    }

    /// Puts what the body came to into the queue.
    fn put(&mut self, item: Option<Item>) {
        match item {
            None => self.returned = self.body.take_return(),
            Some(Err(error)) if self.has_ended() => self.failure = Some(error),
            Some(item) => {
                self.yielded += 1;
                self.queue.push_back(item);
            }
        }
    }

    pub(super) async fn call(&mut self, world: &World, op: Op) -> Given {
        match op {
            Op::Next => loop {
                if let Poll::Ready(item) = self.receive() {
                    return Given::Item(item);
                }
                let item = unblocked(self.body.next(), world).await;
                self.put(item);
            },
            // Nothing is in the queue only if the body waits at the gate.
            Op::DropNext => match self.receive() {
                Poll::Ready(item) => Given::Item(item),
                Poll::Pending => Given::Nothing,
            },
            Op::Throw | Op::DropThrow if self.has_ended() => {
                let error = if matches!(op, Op::Throw) {
                    "thrown"
                } else {
                    "dropped"
                };
                let result = Err(error.to_owned());
                let after = self.yielded;
                Given::Thrown(Landed { after, result })
            }
            Op::Throw => {
                let after = self.yielded;
                let result = unblocked(self.body.throw("thrown".to_owned()), world).await;
                let ended_by_error = result.is_err() && self.has_ended();
                match &result {
                    Ok(None) => self.returned = self.body.take_return(),
                    _ if ended_by_error => {}
                    _ => self.yielded += 1,
                }
                Given::Thrown(Landed { after, result })
            }
            Op::DropThrow => {
                let result = unblocked(self.body.throw("dropped".to_owned()), world).await;
                self.put(result.transpose());
                Given::Nothing
            }
            Op::Close => {
                self.queue.clear();
                self.returned = None;
                self.received_end = true;
                let result = match self.failure.take() {
                    Some(error) => Err(error),
                    None => unblocked(self.body.close(), world).await,
                };
                let after = self.yielded;
                Given::Closed(Landed { after, result })
            }
            Op::TakeReturn if self.received_end => Given::Returned(self.returned.take()),
            Op::TakeReturn => Given::Returned(None),
            Op::Open => {
                world.open();
                Given::Nothing
            }
        }
    }

    /// Takes what comes next for the consumer. `Pending` if that was not made yet.
    fn receive(&mut self) -> Poll<Option<Item>> {
        if let Some(item) = self.queue.pop_front() {
            return Poll::Ready(Some(item));
        }
        if let Some(error) = self.failure.take() {
            return Poll::Ready(Some(Err(error)));
        }
        if self.has_ended() {
            self.received_end = true;
            return Poll::Ready(None);
        }
        Poll::Pending
    }

    /// Closes the body, and returns the failure that the consumer has not received.
    pub(super) async fn abandon(mut self, world: &World) -> Option<String> {
        match self.failure.take() {
            Some(error) => Some(error),
            None => unblocked(self.body.close(), world).await.err(),
        }
    }
}
