//! The task that runs the generator.

use alloc::sync::Arc;
use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};

use pin_project_lite::pin_project;
use tokio::task::consume_budget;

use super::channel::{Channel, End, Step};
use crate::fallible::Fallible;
use crate::generator::AsyncGenerator;
use crate::request::{Interrupt, Request};
use crate::scope::{AnyError, Counted};
use crate::state::State;

pin_project! {
    /// The future of the task. Ready when the body has ended.
    pub(super) struct Producer<G>
    where
        G: AsyncGenerator<Error: Into<AnyError>>,
    {
        // Dropped first: the task is gone for others when the destructors of the body have run.
        #[pin]
        generator: G,
        // The interrupt that is under way.
        interrupt: Option<Interrupt<G::Error>>,
        sender: Sender<G>,
    }
}

/// The task's side of the channel.
struct Sender<G>
where
    G: AsyncGenerator<Error: Into<AnyError>>,
{
    channel: Arc<Channel<G::Item, G::Error, G::Return>>,
    /// Taken with a failure that the consumer has to receive.
    counted: Option<Counted>,
}

impl<G> Sender<G>
where
    G: AsyncGenerator<Error: Into<AnyError>>,
{
    /// Ends the queue. If the consumer is gone, the scope notes how the body ended.
    fn end(&mut self, end: End<G::Error>, returned: Option<G::Return>, interrupted: bool) {
        let counted = &mut self.counted;
        if let Some(ending) = self.channel.end(end, returned, interrupted, counted) {
            ending.report(Into::into);
        }
    }
}

impl<G> Drop for Sender<G>
where
    G: AsyncGenerator<Error: Into<AnyError>>,
{
    fn drop(&mut self) {
        // Of no effect if the body has ended.
        self.end(End::Lost, None, false);
    }
}

impl<G> Producer<G>
where
    G: AsyncGenerator<Error: Into<AnyError>>,
{
    pub(super) fn new(
        generator: G,
        channel: Arc<Channel<G::Item, G::Error, G::Return>>,
        counted: Counted,
    ) -> Self {
        Producer {
            generator,
            interrupt: None,
            sender: Sender {
                channel,
                counted: Some(counted),
            },
        }
    }
}

impl<G> Future for Producer<G>
where
    G: AsyncGenerator<Sent: Default, Item: Fallible<G::Yield, G::Error>, Error: Into<AnyError>>,
{
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        loop {
            ready!(poll_budget(cx));
            let channel = &this.sender.channel;
            let generator = this.generator.as_mut();
            let step = AssertUnwindSafe(|| step(generator, cx, this.interrupt, channel));
            let ended = match catch_unwind(step) {
                Ok(poll) => ready!(poll),
                Err(payload) => Some((End::Panicked(payload), None)),
            };
            if let Some((end, returned)) = ended {
                let interrupted = this.interrupt.take().is_some();
                this.sender.end(end, returned, interrupted);
                return Poll::Ready(());
            }
        }
    }
}

/// How a body ended, and its return value.
type Ended<G> = (
    End<<G as AsyncGenerator>::Error>,
    Option<<G as AsyncGenerator>::Return>,
);

/// Takes the next item of the generator into the queue, or returns how it ended.
///
/// # Panics
///
/// If the body does, or the destructor of an item or an error that the consumer does not receive.
fn step<G>(
    generator: Pin<&mut G>,
    cx: &mut Context<'_>,
    interrupt: &mut Option<Interrupt<G::Error>>,
    channel: &Channel<G::Item, G::Error, G::Return>,
) -> Poll<Option<Ended<G>>>
where
    G: AsyncGenerator<Sent: Default, Item: Fallible<G::Yield, G::Error>>,
{
    match channel.step(cx, interrupt.is_some()) {
        Step::Continue => {}
        // Replaces one that has not landed: its call was dropped.
        Step::Interrupt(next) => *interrupt = Some(next),
        Step::Wait => return Poll::Pending,
    }
    Poll::Ready(match ready!(advance(generator, cx, interrupt)) {
        Advanced::Yielded(item) => {
            channel.push(item, interrupt.take().is_some());
            None
        }
        Advanced::Ended(end, returned) => Some((end, returned)),
    })
}

enum Advanced<I, E, R> {
    Yielded(I),
    Ended(End<E>, Option<R>),
}

/// Polls the generator: with the interrupt, if one is under way.
fn advance<G>(
    mut generator: Pin<&mut G>,
    cx: &mut Context<'_>,
    interrupt: &mut Option<Interrupt<G::Error>>,
) -> Poll<Advanced<G::Item, G::Error, G::Return>>
where
    G: AsyncGenerator<Sent: Default, Item: Fallible<G::Yield, G::Error>>,
{
    let result = if let Some(interrupt) = interrupt {
        ready!(generator.as_mut().poll_interrupt(cx, interrupt, None))
    } else {
        let mut request = match generator.state() {
            State::Suspended => Request::Next(Default::default()),
            _ => Request::Resume,
        };
        let item = ready!(generator.as_mut().poll_resume(cx, &mut request, None));
        item.map(G::Item::into_result).transpose()
    };
    let has_ended = generator.state() == State::Finished;
    Poll::Ready(match result.transpose() {
        None => Advanced::Ended(End::Finished, generator.take_return()),
        Some(Err(error)) if has_ended => Advanced::Ended(End::Failed(error), None),
        Some(item) => Advanced::Yielded(G::Item::from_result(item)),
    })
}

/// Lets other tasks run after many items, as tokio's channels do.
pub(super) fn poll_budget(cx: &mut Context<'_>) -> Poll<()> {
    pin!(consume_budget()).poll(cx)
}
