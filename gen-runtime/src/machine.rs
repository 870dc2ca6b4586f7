//! The state machine around a body.

use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::frame::{self, Polled};
use crate::generator::AsyncGenerator;
use crate::interrupt::Interrupt;
use crate::landing::{Landing, Raised};
use crate::protocol::{Item, Output, Protocol};
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
    /// At an await of a cleanup, or of what comes before the close lands. Set by the first poll of a
    /// close, and to the end.
    Closing,
}

impl Stage {
    /// The value for the yield that waits, if a request may be made in this stage.
    #[inline]
    fn admit<S>(self, request: Request<S>) -> Option<S> {
        if self == Stage::Suspended {
            return match request {
                Request::Next(value) | Request::Send(value) => Some(value),
                Request::Resume => panic!("a yield that waits for a value got none"),
            };
        }
        match request {
            // The value is dropped now. One without a destructor may go into the frame all the same,
            // where nobody takes it: a yield that is reached in this poll brings a value out and looks
            // for none.
            Request::Next(value) => (!mem::needs_drop::<S>()).then_some(value),
            Request::Send(_) => panic!("a value was sent where no yield waits for one"),
            Request::Resume => None,
        }
    }

    /// What a poll of the body came to, and the value of a body that ended by itself. An interrupt that
    /// has not landed is left where it was.
    #[inline]
    fn settle<P: Protocol>(
        &mut self,
        polled: Polled<P, Output<P>>,
        interrupt: &mut Option<Interrupt<P::Error>>,
    ) -> (Poll<Outcome<P>>, Option<P::Return>) {
        let Polled {
            poll,
            yielded,
            mut landing,
        } = polled;
        let mut returned = None;
        let outcome = match (poll, yielded) {
            (Poll::Pending, Some(value)) => {
                *self = Stage::Suspended;
                Poll::Ready(Outcome::Yielded(value))
            }
            (Poll::Pending, None) => match landing.take_due() {
                None => {
                    if !(P::Landing::REGIONS && *self == Stage::Closing) {
                        *self = Stage::InFlight;
                    }
                    Poll::Pending
                }
                Some(Raised::Error(error) | Raised::CloseFailed(error)) => {
                    Poll::Ready(Outcome::Failed(error))
                }
                Some(Raised::Close) => Poll::Ready(Outcome::Finished),
            },
            (Poll::Ready(output), _) => Poll::Ready(match P::into_result(output) {
                Ok(value) => {
                    returned = Some(value);
                    Outcome::Finished
                }
                Err(error) => Outcome::Failed(error),
            }),
        };
        *interrupt = landing.take_thrown().map(Interrupt::Throw);
        (outcome, returned)
    }
}

/// What one poll of the body came to.
#[must_use]
enum Outcome<P: Protocol> {
    Yielded(P::Yield),
    Failed(P::Error),
    Finished,
}

impl<P: Protocol> Outcome<P> {
    /// What a consumer that asks for an item is shown.
    #[inline]
    fn into_item(self) -> Option<Item<P>> {
        match self {
            Outcome::Yielded(value) => Some(P::from_result(Ok(value))),
            Outcome::Failed(error) => Some(P::from_result(Err(error))),
            Outcome::Finished => None,
        }
    }
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
    F: Future<Output = Output<P>>,
    P: Protocol,
{
    /// Polls the body, from the one place where it is polled: a second one would keep it from
    /// being inlined.
    ///
    /// It is compiled for each body, so what does not depend on the body stands elsewhere.
    #[inline]
    fn advance(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        sent: Option<P::Sent>,
        interrupt: &mut Option<Interrupt<P::Error>>,
    ) -> Poll<Outcome<P>> {
        let mut machine = FinishOnUnwind(self.as_mut());
        let MachineProjection::Live { stage, body } = machine.0.as_mut().project() else {
            return Poll::Ready(Outcome::Finished);
        };
        let closing = P::Landing::REGIONS && *stage == Stage::Closing;
        let landing = P::Landing::new(interrupt.take(), closing);
        let polled = frame::poll::<P, F>(body, cx, sent, landing);
        let (outcome, returned) = stage.settle(polled, interrupt);
        mem::forget(machine);
        if let Poll::Ready(Outcome::Failed(_) | Outcome::Finished) = outcome {
            self.set(match returned {
                Some(value) => Machine::Returned { value },
                None => Machine::Finished,
            });
        }
        outcome
    }
}

#[diagnostic::do_not_recommend]
impl<F, P> AsyncGenerator for Machine<F, P>
where
    F: Future<Output = Output<P>>,
    P: Protocol,
{
    type Yield = P::Yield;
    type Sent = P::Sent;
    type Error = P::Error;
    type Return = P::Return;
    type Item = Item<P>;

    #[inline]
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<P::Sent>,
    ) -> Poll<Option<Item<P>>> {
        let Machine::Live { stage, .. } = *self else {
            return Poll::Ready(None);
        };
        let closing = P::Landing::REGIONS && stage == Stage::Closing;
        if closing && matches!(request, Request::Send(_)) {
            drop(request.take());
            return Poll::Ready(None);
        }
        let sent = stage.admit(request.take());
        match self.advance(cx, sent, &mut None) {
            Poll::Ready(outcome) => Poll::Ready(outcome.into_item()),
            Poll::Pending => Poll::Pending,
        }
    }

    fn poll_interrupt(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Option<Interrupt<P::Error>>,
    ) -> Poll<Result<Option<P::Yield>, P::Error>> {
        if let MachineProjection::Live { stage, .. } = self.as_mut().project() {
            let closes = match interrupt {
                Some(Interrupt::Throw(_)) => false,
                Some(Interrupt::Close) => true,
                // A throw that has landed goes on.
                None => *stage != Stage::InFlight,
            };
            if !P::Landing::REGIONS || *stage == Stage::Created {
                // The body has not begun, or nothing in it could take an interrupt: it never sees one.
                self.set(Machine::Finished);
            } else if closes || *stage != Stage::Closing {
                if closes {
                    *stage = Stage::Closing;
                    *interrupt = None;
                }
                match ready!(self.advance(cx, None, interrupt)) {
                    Outcome::Yielded(value) => return Poll::Ready(Ok(Some(value))),
                    Outcome::Failed(error) => return Poll::Ready(Err(error)),
                    Outcome::Finished => {}
                }
            }
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
            Machine::Live {
                stage: Stage::Closing,
                ..
            } => State::Closing,
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
