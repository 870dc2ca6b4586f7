//! The state machine around a body.

use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::frame::{self, Frame};
use crate::generator::AsyncGenerator;
use crate::interrupt::Interrupt;
use crate::landing::{Landing, Raised};
use crate::protocol::{Item, Output, Protocol};
use crate::request::Request;
use crate::state::State;

pin_project! {
    /// The state machine: a body and a byte, or what the body returned.
    ///
    /// Its field is private, since code that could take the body out of it could poll it in another
    /// machine.
    pub struct Machine<F, P>
    where
        P: Protocol,
    {
        #[pin]
        life: Life<F, P>,
    }
}

pin_project! {
    #[project = LifeProjection]
    #[project_replace = LifeReplaced]
    enum Life<F, P>
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
    const fn state(self) -> State {
        match self {
            Stage::Created => State::Created,
            Stage::Suspended => State::Suspended,
            Stage::InFlight => State::InFlight,
            Stage::Closing => State::Closing,
        }
    }

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

    /// What a poll of the body came to. Leaves in `item` what the consumer gets, and in `interrupt` one
    /// that has not landed.
    #[inline]
    fn settle<P: Protocol>(
        &mut self,
        poll: Poll<Output<P>>,
        item: &mut Option<Item<P>>,
        mut landing: P::Landing,
        interrupt: &mut Option<Interrupt<P::Error>>,
    ) -> Outcome<P::Return> {
        let outcome = match poll {
            Poll::Pending if item.is_some() => {
                *self = Stage::Suspended;
                Outcome::Yielded
            }
            Poll::Pending => match landing.take_due() {
                None => {
                    if !(P::Landing::REGIONS && *self == Stage::Closing) {
                        *self = Stage::InFlight;
                    }
                    Outcome::Pending
                }
                Some(Raised::Error(error) | Raised::CloseFailed(error)) => {
                    *item = Some(P::from_result(Err(error)));
                    Outcome::Finished
                }
                Some(Raised::Close) => Outcome::Finished,
            },
            Poll::Ready(output) => match P::into_result(output) {
                Ok(value) => {
                    *item = None;
                    Outcome::Returned(value)
                }
                Err(error) => {
                    *item = Some(P::from_result(Err(error)));
                    Outcome::Finished
                }
            },
        };
        *interrupt = landing.take_thrown().map(Interrupt::Throw);
        outcome
    }
}

/// What one poll of the body came to. What the consumer gets is in the frame.
#[must_use]
enum Outcome<R> {
    Pending,
    Yielded,
    Returned(R),
    /// Failed, or closed.
    Finished,
}

impl<F, P: Protocol> Machine<F, P> {
    pub(crate) const fn new(body: F) -> Self {
        Machine {
            life: Life::Live {
                stage: Stage::Created,
                body,
            },
        }
    }
}

impl<F, P> Life<F, P>
where
    F: Future<Output = Output<P>>,
    P: Protocol,
{
    /// Polls the body, from the one place where it is polled: a second one would keep it from
    /// being inlined.
    ///
    /// It is compiled for each body, so what does not depend on the body stands elsewhere. So does what
    /// needs a `Life` on the stack, which is as large as the body: this is on it once for each level of
    /// generators in generators.
    #[inline]
    fn advance(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        sent: Option<P::Sent>,
        interrupt: &mut Option<Interrupt<P::Error>>,
    ) -> Poll<Option<Item<P>>> {
        let mut life = FinishOnUnwind(self.as_mut());
        let LifeProjection::Live { stage, body } = life.0.as_mut().project() else {
            return Poll::Ready(None);
        };
        let closing = P::Landing::REGIONS && *stage == Stage::Closing;
        let landing = P::Landing::new(interrupt.take(), closing);
        let mut frame = Frame::<P>::new(cx, sent, landing);
        let poll = frame::poll(body, &mut frame);
        let outcome = stage.settle::<P>(poll, &mut frame.item, frame.landing, interrupt);
        mem::forget(life);
        match outcome {
            Outcome::Pending => return Poll::Pending,
            Outcome::Yielded => {}
            Outcome::Returned(value) => self.end(Some(value)),
            Outcome::Finished => self.end(None),
        }
        Poll::Ready(frame.item)
    }

    #[inline]
    fn end(mut self: Pin<&mut Self>, returned: Option<P::Return>) {
        self.set(match returned {
            Some(value) => Life::Returned { value },
            None => Life::Finished,
        });
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
        let life = self.project().life;
        let Life::Live { stage, .. } = *life else {
            return Poll::Ready(None);
        };
        let closing = P::Landing::REGIONS && stage == Stage::Closing;
        if closing && matches!(request, Request::Send(_)) {
            drop(request.take());
            return Poll::Ready(None);
        }
        let sent = stage.admit(request.take());
        life.advance(cx, sent, &mut None)
    }

    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Option<Interrupt<P::Error>>,
    ) -> Poll<Result<Option<P::Yield>, P::Error>> {
        let mut life = self.project().life;
        if let LifeProjection::Live { stage, .. } = life.as_mut().project() {
            let closes = match interrupt {
                Some(Interrupt::Throw(_)) => false,
                Some(Interrupt::Close) => true,
                // A throw that has landed goes on.
                None => *stage != Stage::InFlight,
            };
            if !P::Landing::REGIONS || *stage == Stage::Created {
                // The body has not begun, or nothing in it could take an interrupt: it never sees one.
                life.set(Life::Finished);
            } else if closes || *stage != Stage::Closing {
                if closes {
                    *stage = Stage::Closing;
                    *interrupt = None;
                }
                if let Some(item) = ready!(life.advance(cx, None, interrupt)) {
                    return Poll::Ready(P::into_result(item).map(Some));
                }
            }
        }
        Poll::Ready(match interrupt.take() {
            Some(Interrupt::Throw(error)) => Err(error),
            Some(Interrupt::Close) | None => Ok(None),
        })
    }

    fn state(&self) -> State {
        match &self.life {
            Life::Live { stage, .. } => stage.state(),
            Life::Returned { .. } | Life::Finished => State::Finished,
        }
    }

    fn take_return(self: Pin<&mut Self>) -> Option<P::Return> {
        let mut life = self.project().life;
        if let Life::Live { .. } = *life {
            return None;
        }
        match life.as_mut().project_replace(Life::Finished) {
            LifeReplaced::Returned { value } => Some(value),
            _ => None,
        }
    }
}

/// A panic in the body finishes the generator: its locals are gone, its arguments go here.
struct FinishOnUnwind<'a, F, P: Protocol>(Pin<&'a mut Life<F, P>>);

impl<F, P: Protocol> Drop for FinishOnUnwind<'_, F, P> {
    fn drop(&mut self) {
        self.0.set(Life::Finished);
    }
}
