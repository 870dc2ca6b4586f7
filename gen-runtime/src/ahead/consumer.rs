//! The consumer's side of the channel.

use core::mem;
use core::task::{Context, Poll, ready};
use std::panic::resume_unwind;

use super::Landed;
use super::channel::{Answer, Channel, End, Ending, wake};
use super::producer::poll_budget;
use crate::request::Interrupt;
use crate::scope::AnyError;

impl<I, E, R> Channel<I, E, R> {
    /// Takes the next item. `into_item` makes one of the error of the body, which comes last.
    ///
    /// # Panics
    ///
    /// If the body panicked after the last item, or its task was dropped.
    pub(super) fn poll_next(
        &self,
        cx: &mut Context<'_>,
        into_item: impl FnOnce(E) -> I,
    ) -> Poll<Option<I>> {
        ready!(poll_budget(cx));
        let mut state = self.lock();
        if let Some(item) = state.items.pop_front() {
            let waker = state.room();
            wake(state, waker);
            return Poll::Ready(Some(item));
        }
        let end = ready!(state.poll_end(cx));
        drop(state);
        Poll::Ready(end.received().map(into_item))
    }

    /// Sends an error to the body.
    ///
    /// # Errors
    ///
    /// The number of items, and the error, if the body is closing or has ended.
    pub(super) fn throw(&self, error: E) -> Result<(), (u64, E)> {
        let state = self.lock();
        if state.closing || state.end.is_some() {
            return Err((state.yielded, error));
        }
        Self::interrupt(state, Interrupt::Throw(error));
        Ok(())
    }

    /// Waits for the outcome of a throw.
    ///
    /// # Panics
    ///
    /// If the error made the body panic, or its task was dropped.
    pub(super) fn poll_thrown(&self, cx: &mut Context<'_>) -> Poll<Landed<Option<I>, E>> {
        let mut state = self.lock();
        let (after, result) = match state.answer.take() {
            Some(Answer::Refused(error)) => (state.yielded, Err(error)),
            Some(Answer::Landed { after, index }) => {
                if let Some(item) = state.items.remove(index) {
                    let waker = state.room();
                    wake(state, waker);
                    (after, Ok(Some(item)))
                } else {
                    let end = ready!(state.poll_end(cx));
                    drop(state);
                    (after, end.received().map_or(Ok(None), Err))
                }
            }
            None => {
                if let Some(Ending { end: End::Lost, .. }) = state.end {
                    let end = ready!(state.poll_end(cx));
                    drop(state);
                    end.received();
                } else {
                    state.wait(cx);
                }
                return Poll::Pending;
            }
        };
        Poll::Ready(Landed { after, result })
    }

    /// Drops what the body has produced, and closes it.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        let unused = (mem::take(&mut state.items), state.returned.take());
        let begins = !mem::replace(&mut state.closing, true);
        if begins && state.end.is_none() {
            Self::interrupt(state, Interrupt::Close);
        } else {
            drop(state);
        }
        drop(unused);
    }

    /// Waits for the end of a close.
    ///
    /// # Panics
    ///
    /// If the body panicked, or its task was dropped.
    pub(super) fn poll_closed(&self, cx: &mut Context<'_>) -> Poll<Landed<(), E>> {
        let mut state = self.lock();
        let after = state.yielded;
        let end = ready!(state.poll_end(cx));
        drop(state);
        let result = end.received().map_or(Ok(()), Err);
        Poll::Ready(Landed { after, result })
    }

    /// Returns bounds on the number of the items to come.
    pub(super) fn size_hint(&self) -> (usize, Option<usize>) {
        let state = self.lock();
        let error =
            usize::from(matches!(&state.end, Some(ending) if matches!(ending.end, End::Failed(_))));
        let count = state.items.len() + error;
        (count, state.end.is_some().then_some(count))
    }

    /// Closes the body, whose consumer is gone. Reports a failure that the consumer has not received.
    pub(super) fn abandon(&self, into_any: impl FnOnce(E) -> AnyError) {
        let mut state = self.lock();
        state.abandoned = true;
        let ending = state.end.as_mut().map(Ending::take);
        drop(state);
        self.close();
        if let Some(ending) = ending {
            ending.report(into_any);
        }
    }
}

impl<E> Ending<E> {
    /// Returns the error, for the consumer.
    ///
    /// # Panics
    ///
    /// If the body panicked, or its task was dropped.
    fn received(self) -> Option<E> {
        match self.end {
            End::Finished => None,
            End::Failed(error) => Some(error),
            End::Panicked(payload) => resume_unwind(payload),
            End::Lost => panic!(
                "a generator that runs ahead was dropped before its end: its runtime has shut down"
            ),
        }
    }
}
