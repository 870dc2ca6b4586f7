//! The state machine around a body.

mod delegating; // the polls of a machine whose body delegates

use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

use crate::fallible::Fallible as _;
use crate::frame::chain::{Link, Signal};
use crate::frame::{self, Body, Frame};
use crate::generator::{AsyncGenerator, Sealed};
use crate::landing::{Landing, Raised};
use crate::links::{Chained as _, Links};
use crate::position::{At, Position};
use crate::protocol::{Item, Output, Protocol};
use crate::request::{Interrupt, Request};
use crate::state::State;

pin_project! {
    /// The state machine: a body and a byte, or the return value of the body.
    ///
    /// Its field is private: code that could take the body out of it could poll it in another machine.
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
        // The chain points into the body, and is dropped before it.
        Live { stage: Stage, at: At, chain: Chain<F, P>, #[pin] body: F },
        // The body ended by itself, and its value was not taken yet.
        Returned { value: P::Return },
        Finished,
    }
}

/// The generators that run in place of the body: `()` if it does not delegate.
type Chain<F, P> = <<P as Protocol>::Link as Links<
    Item<P>,
    <P as Protocol>::Sent,
    <P as Protocol>::Error,
>>::Chain<F>;

/// A node that the body awaits, and the value that was sent.
type Delegation<P> = (
    Link<Item<P>, <P as Protocol>::Sent, <P as Protocol>::Error>,
    Option<<P as Protocol>::Sent>,
);

/// The state of a body that has not ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Never polled.
    Created,
    /// At a yield. Set by a poll that left an item in the frame.
    Suspended,
    /// At an await, or at a `yield_from!`: then the innermost generator has the state. Set by a poll that left no item.
    InFlight,
    /// At an await of a cleanup, or at one before the close lands. Set by the first poll of a close, and final.
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

    /// Returns the value for the waiting yield.
    ///
    /// # Panics
    ///
    /// If the request is not allowed in this stage.
    #[inline]
    fn admit<S>(self, request: Request<S>) -> Option<S> {
        if self == Stage::Suspended {
            return match request {
                Request::Next(value) | Request::Send(value) => Some(value),
                Request::Resume => panic!(
                    "`yield_from!` of a generator that waits for a value; send it one before"
                ),
            };
        }
        match request {
            // The value is dropped here. If it has no destructor it may be left in the frame instead, which is
            // faster: a yield that is reached in this poll leaves an item, and takes no value.
            Request::Next(value) => (!mem::needs_drop::<S>()).then_some(value),
            Request::Send(_) => panic!("`send` called while no yield waits for a value"),
            Request::Resume => None,
        }
    }

    /// Determines the outcome of a poll of the body. Leaves the consumer's item in `item`, and in `thrown` an error
    /// that has not landed.
    #[inline]
    fn settle<P: Protocol>(
        &mut self,
        poll: Poll<Output<P>>,
        item: &mut Option<Item<P>>,
        mut landing: P::Landing,
        thrown: &mut Option<P::Error>,
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
                    *item = Some(Item::<P>::from_result(Err(error)));
                    Outcome::Finished
                }
                Some(Raised::Close) => Outcome::Finished,
            },
            Poll::Ready(output) => match output.into_result() {
                Ok(value) => {
                    *item = None;
                    Outcome::Returned(value)
                }
                Err(error) => {
                    *item = Some(Item::<P>::from_result(Err(error)));
                    Outcome::Finished
                }
            },
        };
        *thrown = landing.take_thrown();
        outcome
    }
}

/// The outcome of one poll of the body. The consumer's item is in the frame.
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
                at: At::NONE,
                chain: Chain::<F, P>::EMPTY,
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
    /// Polls the body. The only place that does: with a second one it would not be inlined.
    ///
    /// This is compiled for each body, so code that does not depend on the body is elsewhere. So is code that needs a
    /// `Life` on the stack, which is as large as the body: there is one frame of this function on the stack for each
    /// level of nested generators.
    ///
    /// If the body delegates, leaves in `delegation` the node, and the value that was sent.
    #[inline]
    fn advance(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        sent: Option<P::Sent>,
        thrown: &mut Option<P::Error>,
        delegation: &mut Option<Delegation<P>>,
    ) -> Poll<Option<Item<P>>> {
        let mut life = FinishOnUnwind(self.as_mut());
        let LifeProjection::Live {
            stage, at, body, ..
        } = life.0.as_mut().project()
        else {
            return Poll::Ready(None);
        };
        let closing = P::Landing::REGIONS && *stage == Stage::Closing;
        let landing = P::Landing::new(thrown.take(), closing);
        let mut frame = Frame::<P>::new(cx, sent, landing);
        let poll = frame::poll(body, &mut frame);
        *at = frame.at;
        let outcome = stage.settle::<P>(poll, &mut frame.item, frame.landing, thrown);
        mem::forget(life);
        match outcome {
            Outcome::Pending => {
                if let Some(link) = frame.link.registered() {
                    *delegation = Some((link, frame.sent));
                }
                return Poll::Pending;
            }
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

impl<P: Protocol> Body<P> {
    /// Makes the generator of this body.
    #[inline]
    pub const fn generator<F>(self, body: F) -> Machine<F, P>
    where
        F: Future<Output = Output<P>>,
    {
        Machine::new(body)
    }
}

impl<F, P: Protocol> Sealed for Machine<F, P> {}

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

    // In a loop over a regular generator this is all that is not optimized away, but it is called from a second function
    // too, in a vtable: then rustc does not inline it by itself.
    #[expect(
        clippy::inline_always,
        reason = "measured: W1 and W9 of regular generators"
    )]
    #[inline(always)]
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<P::Sent>,
        signal: Option<&mut Signal<Item<P>, P::Sent, P::Error>>,
    ) -> Poll<Option<Item<P>>> {
        let life = self.project().life;
        if P::Link::DELEGATES {
            return life.resume(cx, request, signal);
        }
        let Life::Live { stage, .. } = *life else {
            return Poll::Ready(None);
        };
        let closing = P::Landing::REGIONS && stage == Stage::Closing;
        if closing && matches!(request, Request::Send(_)) {
            drop(request.take());
            return Poll::Ready(None);
        }
        let sent = stage.admit(request.take());
        life.advance(cx, sent, &mut None, &mut None)
    }

    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Interrupt<P::Error>,
        outer: Option<&mut Link<Item<P>, P::Sent, P::Error>>,
    ) -> Poll<Result<Option<P::Yield>, P::Error>> {
        let mut life = self.project().life;
        if let LifeProjection::Live { stage, .. } = life.as_mut().project() {
            let closes = match (&interrupt, *stage) {
                (Interrupt::Throw(_), _) | (Interrupt::Landed, Stage::InFlight) => false,
                (Interrupt::Close, _) | (Interrupt::Landed, Stage::Closing) => true,
                (Interrupt::Landed, Stage::Created | Stage::Suspended) => {
                    panic!("an interrupt that has landed was polled again after it was ready")
                }
            };
            if !P::Landing::REGIONS || *stage == Stage::Created {
                // The body has not begun, or it has no region: it never sees an interrupt.
                life.set(Life::Finished);
            } else if closes || *stage != Stage::Closing {
                if closes {
                    *stage = Stage::Closing;
                }
                let is_linked = outer.is_some();
                let mut thrown = interrupt.take().thrown();
                let poll = if P::Link::DELEGATES {
                    life.interrupt(cx, &mut thrown, outer)
                } else {
                    life.advance(cx, None, &mut thrown, &mut None)
                };
                if let Some(error) = thrown {
                    *interrupt = Interrupt::Throw(error);
                }
                if let Some(item) = ready!(poll) {
                    return Poll::Ready(item.into_result().map(Some));
                }
                if is_linked {
                    // An error that has not landed is for the body that delegated to this one.
                    return Poll::Ready(Ok(None));
                }
            }
        }
        Poll::Ready(interrupt.take().thrown().map_or(Ok(None), Err))
    }

    fn is_owned(&self) -> bool {
        true
    }

    fn leave(self: Pin<&mut Self>, state: State) {
        let mut life = self.project().life;
        if let LifeProjection::Live { stage, .. } = life.as_mut().project() {
            match state {
                State::Finished => life.set(Life::Finished),
                _ if *stage == Stage::Created => {}
                State::Suspended => *stage = Stage::Suspended,
                State::InFlight => *stage = Stage::InFlight,
                State::Closing => *stage = Stage::Closing,
                State::Created => {}
            }
        }
    }

    fn abort(self: Pin<&mut Self>) {
        drop(FinishOnUnwind(self.project().life));
    }

    fn state(&self) -> State {
        match &self.life {
            Life::Live {
                stage: Stage::InFlight,
                chain,
                ..
            } => chain.state().unwrap_or(State::InFlight),
            Life::Live { stage, .. } => stage.state(),
            Life::Returned { .. } | Life::Finished => State::Finished,
        }
    }

    fn position(&self) -> Position {
        Position::of::<F>(match self.life {
            Life::Live { at, .. } => at,
            Life::Returned { .. } | Life::Finished => At::NONE,
        })
    }

    fn positions(&self, visit: &mut dyn FnMut(Position)) {
        if let Life::Live { chain, .. } = &self.life {
            chain.positions(visit);
        }
        visit(self.position());
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

/// Finishes the generator if the body panics, or may not wait: its locals are dropped by then, and its arguments here.
struct FinishOnUnwind<'a, F, P: Protocol>(Pin<&'a mut Life<F, P>>);

impl<F, P: Protocol> Drop for FinishOnUnwind<'_, F, P> {
    fn drop(&mut self) {
        if let LifeProjection::Live { chain, .. } = self.0.as_mut().project() {
            chain.finish();
        }
        self.0.set(Life::Finished);
    }
}
