//! The state that a generator and its consumer share: a queue of items, and a place for an interrupt.
//!
//! One lock, and not tokio's channels: the item that an error brought about has a place among the queued ones. If it came
//! through a channel of its own, it would lose that place when the call of `throw` is dropped.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use core::any::Any;
use core::mem;
use core::num::NonZero;
use core::task::{Context, Poll, Waker};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::request::Interrupt;
use crate::scope::{AnyError, Cause, Counted};

/// A queue from the task to the consumer, and a place for an interrupt in the other direction.
///
/// Items and errors are dropped, and wakers are woken, after the lock is released: they may use the channel.
pub(super) struct Channel<I, E, R> {
    /// The body is not asked for an item while this many are queued.
    bound: NonZero<usize>,
    state: Mutex<State<I, E, R>>,
}

pub(super) struct State<I, E, R> {
    /// The items that the consumer has not received.
    pub(super) items: VecDeque<I>,
    /// The number of all items so far.
    pub(super) yielded: u64,
    /// An interrupt that the task has not taken yet.
    interrupt: Option<Interrupt<E>>,
    /// The outcome of a throw, for the call that made it. Stale after another call.
    pub(super) answer: Option<Answer<E>>,
    /// Set by the first poll of a close, and final: later items are dropped.
    pub(super) closing: bool,
    /// The consumer was dropped, which closes.
    pub(super) abandoned: bool,
    /// Comes after the items.
    pub(super) end: Option<Ending<E>>,
    pub(super) returned: Option<R>,
    consumer: Option<Waker>,
    task: Option<Waker>,
    /// The task waits for room. Otherwise it is not woken for an item that is received.
    is_full: bool,
}

/// The outcome of a throw.
pub(super) enum Answer<E> {
    /// The error landed after this many items. The next item is in the queue, at `index`. Or there is none, but the end.
    Landed { after: u64, index: usize },
    /// The body had ended before the error reached it.
    Refused(E),
}

/// The end of the body, for the consumer or, if that is gone, for the scope.
pub(super) struct Ending<E> {
    pub(super) end: End<E>,
    /// Counts the generator until a failure is received or reported, so that a shutdown does not miss it.
    counted: Option<Counted>,
}

impl<E> Ending<E> {
    /// The consumer has received how the body ended.
    const RECEIVED: Self = Ending {
        end: End::Finished,
        counted: None,
    };

    /// Takes it. The lock is released before it is dropped.
    pub(super) const fn take(&mut self) -> Self {
        mem::replace(self, Self::RECEIVED)
    }

    /// Reports it to the scope, unless the consumer has received it.
    pub(super) fn report(self, into_any: impl FnOnce(E) -> AnyError) {
        if let Some(mut counted) = self.counted {
            counted.set(self.end.failure(into_any).map_or(Ok(()), Err));
        }
    }
}

/// How the body ended.
pub(super) enum End<E> {
    Failed(E),
    Panicked(Box<dyn Any + Send>),
    /// The runtime dropped the task before the body ended.
    Lost,
    /// It returned, or was closed, or the consumer has received how it ended.
    Finished,
}

impl<E> End<E> {
    /// Returns the failure that is to be reported, if there is one.
    fn failure(self, into_any: impl FnOnce(E) -> AnyError) -> Option<Cause> {
        match self {
            End::Failed(error) => Some(Cause::Error(into_any(error))),
            End::Panicked(payload) => Some(Cause::Panicked(payload)),
            End::Lost => Some(Cause::Dropped),
            End::Finished => None,
        }
    }
}

/// The next step of the task.
#[must_use]
pub(super) enum Step<E> {
    /// Asks the generator for the next item, or continues a call.
    Continue,
    Interrupt(Interrupt<E>),
    /// Waits for room, or for an interrupt.
    Wait,
}

impl<I, E, R> Channel<I, E, R> {
    pub(super) const fn new(bound: NonZero<usize>) -> Self {
        let state = State {
            items: VecDeque::new(),
            yielded: 0,
            interrupt: None,
            answer: None,
            closing: false,
            abandoned: false,
            end: None,
            returned: None,
            consumer: None,
            task: None,
            is_full: false,
        };
        Channel {
            bound,
            state: Mutex::new(state),
        }
    }

    /// Locks the state. No code of users runs meanwhile, except for clones of wakers.
    pub(super) fn lock(&self) -> MutexGuard<'_, State<I, E, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next step of the task. An interrupt that is under way needs no room.
    pub(super) fn step(&self, cx: &mut Context<'_>, interrupted: bool) -> Step<E> {
        let mut state = self.lock();
        // In each step: an interrupt wakes the task while the generator waits, too.
        register(&mut state.task, cx);
        let interrupt = state.interrupt.take();
        let interrupted = interrupted || interrupt.is_some();
        state.is_full = !interrupted && state.items.len() >= self.bound.get();
        match interrupt {
            Some(interrupt) => Step::Interrupt(interrupt),
            None if state.is_full => Step::Wait,
            None => Step::Continue,
        }
    }

    /// Adds an item to the queue. `interrupted`: an interrupt brought it about.
    pub(super) fn push(&self, item: I, interrupted: bool) {
        let mut state = self.lock();
        state.land(interrupted);
        state.yielded += 1;
        if state.closing {
            drop(state);
            drop(item);
        } else {
            state.items.push_back(item);
            let waker = state.consumer.take();
            wake(state, waker);
        }
    }

    /// Adds the end to the queue, for the first time only. Takes `counted` with a failure. Returns the end if the consumer is
    /// gone.
    pub(super) fn end(
        &self,
        end: End<E>,
        mut returned: Option<R>,
        interrupted: bool,
        counted: &mut Option<Counted>,
    ) -> Option<Ending<E>> {
        let mut state = self.lock();
        if state.end.is_some() {
            return None;
        }
        state.land(interrupted);
        if let Some(error) = state.interrupt.take().and_then(Interrupt::thrown) {
            state.answer = Some(Answer::Refused(error));
        }
        if state.abandoned {
            state.end = Some(Ending::RECEIVED);
            let counted = counted.take();
            return Some(Ending { end, counted });
        }
        let counted = match end {
            End::Finished => None,
            End::Failed(_) | End::Panicked(_) | End::Lost => counted.take(),
        };
        state.end = Some(Ending { end, counted });
        if !state.closing {
            state.returned = returned.take();
        }
        let waker = state.consumer.take();
        wake(state, waker);
        None
    }

    /// Passes an interrupt to the task. One that it has not taken yet is dropped: its call was dropped.
    pub(super) fn interrupt(mut state: MutexGuard<'_, State<I, E, R>>, interrupt: Interrupt<E>) {
        let replaced = state.interrupt.replace(interrupt);
        let unused = state.answer.take();
        let waker = state.task.take();
        wake(state, waker);
        drop((replaced, unused));
    }
}

impl<I, E, R> State<I, E, R> {
    /// Notes where an interrupt has landed. If there is a new one, the call of the old one was dropped.
    fn land(&mut self, interrupted: bool) {
        if interrupted && self.interrupt.is_none() {
            self.answer = Some(Answer::Landed {
                after: self.yielded,
                index: self.items.len(),
            });
        }
    }

    /// Returns the waker of the task if it waits for room.
    pub(super) fn room(&mut self) -> Option<Waker> {
        if mem::take(&mut self.is_full) {
            self.task.take()
        } else {
            None
        }
    }

    /// Takes the end of the body, and leaves none that is a failure.
    pub(super) fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<Ending<E>> {
        let Some(end) = &mut self.end else {
            self.wait(cx);
            return Poll::Pending;
        };
        Poll::Ready(end.take())
    }

    /// Wakes the consumer at the next change.
    pub(super) fn wait(&mut self, cx: &mut Context<'_>) {
        register(&mut self.consumer, cx);
    }
}

fn register(place: &mut Option<Waker>, cx: &mut Context<'_>) {
    match place {
        Some(waker) => waker.clone_from(cx.waker()),
        None => *place = Some(cx.waker().clone()),
    }
}

/// Releases the lock, and wakes.
pub(super) fn wake<T>(state: MutexGuard<'_, T>, waker: Option<Waker>) {
    drop(state);
    if let Some(waker) = waker {
        waker.wake();
    }
}
