//! The state machine around a body.

use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::fallible::Fallible as _;
use crate::frame::chain::{Signal, Step};
use crate::frame::{self, Body, Frame};
use crate::generator::{AsyncGenerator, Sealed};
use crate::landing::{Landing, Raised};
use crate::links::{Chained as _, Links};
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
        // The chain is dropped first: it points into the body.
        Live { stage: Stage, chain: Chain<F, P>, #[pin] body: F },
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

/// The state of a body that has not ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Never polled.
    Created,
    /// At a yield. Set by a poll that left an item in the frame.
    Suspended,
    /// At an await. Set by a poll that left none.
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
                Request::Resume => panic!("`resume` called while a yield waits for a value"),
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

    /// The stage of a body that is suspended and left no item.
    #[inline]
    fn wait<P: Protocol>(&mut self) {
        if !(P::Landing::REGIONS && *self == Stage::Closing) {
            *self = Stage::InFlight;
        }
    }

    /// Determines the outcome of a poll of the body. Leaves in `signal` the item, and an error that has not landed.
    #[inline]
    fn settle<P: Protocol>(
        &mut self,
        poll: Poll<Output<P>>,
        item: Option<Item<P>>,
        mut landing: P::Landing,
        signal: &mut Signal<Item<P>, P::Sent, P::Error>,
    ) -> Outcome<P::Return> {
        let outcome = match poll {
            Poll::Pending if item.is_some() => {
                *self = Stage::Suspended;
                signal.item = item;
                Outcome::Yielded
            }
            Poll::Pending => match landing.take_due() {
                None => {
                    self.wait::<P>();
                    Outcome::Pending
                }
                Some(raised) => {
                    signal.raised = Some(raised);
                    Outcome::Raised
                }
            },
            Poll::Ready(output) => match output.into_result() {
                Ok(value) => Outcome::Returned(value),
                Err(error) => {
                    signal.raised = Some(Raised::Error(error));
                    Outcome::Raised
                }
            },
        };
        signal.thrown = landing.take_thrown();
        outcome
    }
}

/// The outcome of one poll of the body. The item, or the reason, is in the signal.
#[must_use]
enum Outcome<R> {
    Pending,
    Yielded,
    Returned(R),
    /// Failed, or closed.
    Raised,
}

impl<F, P: Protocol> Machine<F, P> {
    pub(crate) const fn new(body: F) -> Self {
        Machine {
            life: Life::Live {
                stage: Stage::Created,
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
    /// Polls the body, or the generators that run in its place. The only place that does: with a second one the body would
    /// not be inlined.
    ///
    /// This is compiled for each body, so code that does not depend on the body is elsewhere. So is code that needs a
    /// `Life` on the stack, which is as large as the body: there is one frame of this function on the stack for each
    /// level of nested generators.
    #[inline]
    fn advance(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Signal<Item<P>, P::Sent, P::Error>,
        is_root: bool,
    ) -> Step {
        let mut life = FinishOnUnwind(self.as_mut());
        let LifeProjection::Live {
            stage,
            chain,
            mut body,
        } = life.0.as_mut().project()
        else {
            return Step::Returned;
        };
        let closing = P::Landing::REGIONS && *stage == Stage::Closing;
        let outcome = loop {
            if is_root && chain.is_linked() {
                match chain.run(cx, signal) {
                    Step::Pending => {
                        stage.wait::<P>();
                        break Outcome::Pending;
                    }
                    Step::Yielded => {
                        *stage = Stage::Suspended;
                        break Outcome::Yielded;
                    }
                    Step::Delegated | Step::Returned | Step::Raised => {}
                }
            }
            let landing = P::Landing::new(signal.thrown.take(), closing);
            let mut frame = Frame::<P>::new(cx, signal.sent.take(), landing);
            let poll = frame::poll(body.as_mut(), &mut frame);
            let Some(link) = frame.link.registered() else {
                break stage.settle::<P>(poll, frame.item, frame.landing, signal);
            };
            stage.wait::<P>();
            signal.sent = frame.sent;
            signal.thrown = frame.landing.take_thrown();
            signal.node = link;
            if !is_root {
                mem::forget(life);
                return Step::Delegated;
            }
            chain.push(signal);
        };
        mem::forget(life);
        match outcome {
            Outcome::Pending => Step::Pending,
            Outcome::Yielded => Step::Yielded,
            Outcome::Returned(value) => {
                self.end(Some(value));
                Step::Returned
            }
            Outcome::Raised => {
                self.end(None);
                Step::Raised
            }
        }
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
        let mut signal = Signal::new(stage.admit(request.take()), None, closing);
        match life.advance(cx, &mut signal, true) {
            Step::Pending | Step::Delegated => Poll::Pending,
            Step::Yielded => Poll::Ready(signal.item),
            Step::Returned => Poll::Ready(None),
            Step::Raised => Poll::Ready(match signal.raised {
                Some(Raised::Error(error) | Raised::CloseFailed(error)) => {
                    Some(Item::<P>::from_result(Err(error)))
                }
                Some(Raised::Close) | None => None,
            }),
        }
    }

    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Interrupt<P::Error>,
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
                let thrown = match interrupt.take() {
                    Interrupt::Throw(error) => Some(error),
                    Interrupt::Close | Interrupt::Landed => None,
                };
                let mut signal = Signal::new(None, thrown, closes);
                let step = life.advance(cx, &mut signal, true);
                if let Some(error) = signal.thrown {
                    *interrupt = Interrupt::Throw(error);
                }
                match step {
                    Step::Pending | Step::Delegated => return Poll::Pending,
                    Step::Yielded | Step::Returned => {
                        if let Some(item) = signal.item {
                            return Poll::Ready(item.into_result().map(Some));
                        }
                    }
                    Step::Raised => {
                        if let Some(Raised::Error(error) | Raised::CloseFailed(error)) = signal.raised {
                            return Poll::Ready(Err(error));
                        }
                    }
                }
            }
        }
        Poll::Ready(match interrupt.take() {
            Interrupt::Throw(error) => Err(error),
            Interrupt::Close | Interrupt::Landed => Ok(None),
        })
    }

    fn poll_linked(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Signal<Item<P>, P::Sent, P::Error>,
    ) -> Step {
        let mut life = self.project().life;
        let LifeProjection::Live { stage, chain, .. } = life.as_mut().project() else {
            return if signal.interrupts() {
                signal.land()
            } else {
                Step::Returned
            };
        };
        if signal.interrupts() {
            if !P::Landing::REGIONS || *stage == Stage::Created {
                // As in `poll_interrupt`.
                life.set(Life::Finished);
                return signal.land();
            }
            if signal.closing {
                *stage = Stage::Closing;
            }
        }
        chain.forget();
        life.advance(cx, signal, false)
    }

    fn is_owned(&self) -> bool {
        true
    }

    fn leave(self: Pin<&mut Self>, state: State) {
        let mut life = self.project().life;
        if let LifeProjection::Live { stage, .. } = life.as_mut().project() {
            match state {
                State::Finished => life.set(Life::Finished),
                State::Created => {}
                State::Suspended => *stage = Stage::Suspended,
                State::InFlight => *stage = Stage::InFlight,
                State::Closing => *stage = Stage::Closing,
            }
        }
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

/// Finishes the generator if the body panics: its locals are dropped by then, and its arguments here.
struct FinishOnUnwind<'a, F, P: Protocol>(Pin<&'a mut Life<F, P>>);

impl<F, P: Protocol> Drop for FinishOnUnwind<'_, F, P> {
    fn drop(&mut self) {
        if let LifeProjection::Live { chain, .. } = self.0.as_mut().project() {
            chain.finish();
        }
        self.0.set(Life::Finished);
    }
}
