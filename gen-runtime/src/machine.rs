//! The state machine around a body.

use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::frame;
use crate::generator::AsyncGenerator;
use crate::interrupt::Interrupt;
use crate::protocol::Protocol;
use crate::request::Request;
use crate::state::State;

pin_project! {
    /// The state machine: a body and a byte, or what the body returned.
    #[project = MachineProjection]
    #[project_replace = MachineReplaced]
    pub enum Machine<F, P>
    where
        P: Protocol,
    {
        Live { stage: Stage, #[pin] body: F },
        // The body ended by itself, and nobody has taken its value.
        Returned { value: P::Return },
        Finished,
    }
}

/// Where a live body stands between two polls.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Never polled.
    Created,
    /// At a yield. Set by the poll that brought a value out.
    Suspended,
    /// At an await. Set by the poll that brought nothing out.
    InFlight,
}

impl Stage {
    /// The value for the yield that waits, if a request may be made in this stage.
    #[inline]
    fn admit<S>(self, request: Request<S>) -> Option<S> {
        match request {
            // Where no yield waits the value is dropped now. One without a destructor may go into the
            // frame all the same, where nobody takes it: a yield that is reached in this poll brings
            // a value out and looks for none.
            Request::Next(value) => {
                (self == Stage::Suspended || !mem::needs_drop::<S>()).then_some(value)
            }
            Request::Send(value) => {
                assert!(
                    self == Stage::Suspended,
                    "a value was sent where no yield waits for one"
                );
                Some(value)
            }
            Request::Resume => {
                assert!(
                    self != Stage::Suspended,
                    "a yield that waits for a value got none"
                );
                None
            }
        }
    }
}

/// What one poll of the body came to.
#[must_use]
enum Outcome<Y, E> {
    Yielded(Y),
    Failed(E),
    Finished,
}

impl<F, P: Protocol> Machine<F, P> {
    pub(crate) const fn new(body: F) -> Self {
        Machine::Live {
            stage: Stage::Created,
            body,
        }
    }
}

impl<F, P> Machine<F, P>
where
    F: Future<Output = P::Output>,
    P: Protocol,
{
    /// Polls the body, from the one place where it is polled: a second one would keep it from
    /// being inlined.
    #[inline]
    fn advance(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        sent: Option<P::Sent>,
    ) -> Poll<Outcome<P::Yield, P::Error>> {
        let mut machine = FinishOnUnwind(self);
        let MachineProjection::Live { stage, body } = machine.0.as_mut().project() else {
            return Poll::Ready(Outcome::Finished);
        };
        let (poll, yielded) = frame::poll::<P, F>(body, cx, sent);
        let outcome = match (poll, yielded) {
            (Poll::Pending, Some(value)) => {
                *stage = Stage::Suspended;
                Poll::Ready(Outcome::Yielded(value))
            }
            (Poll::Pending, None) => {
                *stage = Stage::InFlight;
                Poll::Pending
            }
            (Poll::Ready(output), _) => Poll::Ready(match P::result(output) {
                Ok(value) => {
                    machine.0.set(Machine::Returned { value });
                    Outcome::Finished
                }
                Err(error) => {
                    machine.0.set(Machine::Finished);
                    Outcome::Failed(error)
                }
            }),
        };
        mem::forget(machine);
        outcome
    }
}

impl<F, P> AsyncGenerator for Machine<F, P>
where
    F: Future<Output = P::Output>,
    P: Protocol,
{
    type Yield = P::Yield;
    type Sent = P::Sent;
    type Error = P::Error;
    type Return = P::Return;
    type Item = P::Item;

    #[inline]
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<P::Sent>,
    ) -> Poll<Option<P::Item>> {
        let Machine::Live { stage, .. } = *self else {
            return Poll::Ready(None);
        };
        let sent = stage.admit(request.take());
        self.advance(cx, sent).map(|outcome| match outcome {
            Outcome::Yielded(value) => Some(P::item(Ok(value))),
            Outcome::Failed(error) => Some(P::item(Err(error))),
            Outcome::Finished => None,
        })
    }

    /// A body without regions has nothing that could take an interrupt, so it never sees one: it is
    /// dropped where it stands.
    fn poll_interrupt(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        interrupt: &mut Option<Interrupt<P::Error>>,
    ) -> Poll<Result<Option<P::Yield>, P::Error>> {
        if let Machine::Live { .. } = *self {
            self.set(Machine::Finished);
        }
        Poll::Ready(match interrupt.take() {
            Some(Interrupt::Throw(error)) => Err(error),
            Some(Interrupt::Close) | None => Ok(None),
        })
    }

    fn state(&self) -> State {
        match self {
            Machine::Live {
                stage: Stage::Created,
                ..
            } => State::Created,
            Machine::Live {
                stage: Stage::Suspended,
                ..
            } => State::Suspended,
            Machine::Live {
                stage: Stage::InFlight,
                ..
            } => State::InFlight,
            Machine::Returned { .. } | Machine::Finished => State::Finished,
        }
    }

    fn take_return(mut self: Pin<&mut Self>) -> Option<P::Return> {
        if let Machine::Live { .. } = *self {
            return None;
        }
        match self.as_mut().project_replace(Machine::Finished) {
            MachineReplaced::Returned { value } => Some(value),
            _ => None,
        }
    }
}

/// A panic in the body finishes the generator: its locals are gone, its arguments go here.
struct FinishOnUnwind<'a, F, P: Protocol>(Pin<&'a mut Machine<F, P>>);

impl<F, P: Protocol> Drop for FinishOnUnwind<'_, F, P> {
    fn drop(&mut self) {
        self.0.set(Machine::Finished);
    }
}
