//! Generators that run ahead of their consumers, on a task.

mod channel; // the queue, and the order that they share
mod consumer; // the consumer's side of it
mod producer; // the task

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::convert::Infallible;
use core::error::Error;
use core::fmt;
use core::future::poll_fn;
use core::num::NonZero;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::{FusedStream, Stream};

use self::channel::Channel;
use self::producer::Producer;
use crate::fallible::Fallible;
use crate::generator::AsyncGenerator;
use crate::scope::{AnyError, Counted, Scope};

/// The consumer's handle of a generator that runs ahead, as [`Scope::ahead`] returns it.
///
/// `I` is the type of the items, `E` that of the errors, and `R` that of the return value. For a generator of `u32` it is
/// `Ahead<u32>`, and with `throws = E` it is `Ahead<Result<u32, E>, E>`.
///
/// It is a `Stream`. The [guide](crate::guide::ahead) lists the differences from an ordinary [`Handle`](crate::Handle).
///
/// # Dropping
///
/// Dropping it closes the generator: the task runs every `defer!` that the body has reached. The scope counts the
/// generator until it has closed, and reports an error or a panic. Queued items are dropped.
#[must_use = "a generator that runs ahead is closed when its consumer is dropped"]
pub struct Ahead<I, E = Infallible, R = ()> {
    channel: Arc<Channel<I, E, R>>,
    /// The consumer has received the end.
    ended: bool,
    into_item: fn(E) -> I,
    /// For a failure that the consumer does not receive.
    into_any: fn(E) -> AnyError,
}

/// The outcome of [`Ahead::throw`] or [`Ahead::close`], and where it landed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the result may be an error"]
pub struct Landed<T, E> {
    /// The number of items that the body had yielded before, including those that the consumer has not received.
    pub after: u64,
    /// The result of the same call on a [`Handle`](crate::Handle).
    pub result: Result<T, E>,
}

impl Scope {
    /// Runs a generator on a task of its own, ahead of its consumer, until `n` items are queued.
    ///
    /// The body starts without waiting for a call of the consumer, since this spawns the task. While `n` items are queued,
    /// the task does not resume the body, so at most `n` items exist that the consumer has not received.
    ///
    /// Use it where production is slow, and does not depend on what the consumer does. Values cannot be sent to the body:
    /// each of its yields evaluates to the default of its type, which is `()` without `send`.
    ///
    /// # Panics
    ///
    /// If it is called outside of a tokio runtime.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use std::num::NonZero;
    ///
    /// use gen_runtime::{Scope, async_gen};
    ///
    /// #[async_gen(bounds = Send + 'static)]
    /// async fn numbers() -> u32 {
    ///     for n in 1..=3 {
    ///         yield_!(n);
    ///     }
    /// }
    ///
    /// let scope = Scope::new();
    /// let mut numbers = scope.ahead(numbers(), NonZero::new(2).unwrap());
    /// assert_eq!(numbers.next().await, Some(1));
    /// assert_eq!(numbers.next().await, Some(2));
    /// assert_eq!(numbers.next().await, Some(3));
    /// assert_eq!(numbers.next().await, None);
    /// # }
    /// ```
    #[track_caller]
    pub fn ahead<G>(&self, generator: G, n: NonZero<usize>) -> Ahead<G::Item, G::Error, G::Return>
    where
        G: AsyncGenerator<
                Sent: Default,
                Item: Fallible<G::Yield, G::Error> + Send,
                Error: Into<Box<dyn Error + Send + Sync>> + Send,
                Return: Send,
            > + Send
            + 'static,
    {
        let channel = Arc::new(Channel::new(n));
        let counted = Counted::new(self, generator.position().function());
        let producer = Producer::new(generator, channel.clone(), counted);
        tokio::spawn(producer);
        Ahead {
            channel,
            ended: false,
            into_item: |error| G::Item::from_result(Err(error)),
            into_any: Into::into,
        }
    }
}

impl<I, E, R> Ahead<I, E, R> {
    /// Waits for the next item, and takes it out of the queue.
    ///
    /// Evaluates to the same items as [`Handle::next`](crate::Handle::next), in the same order. If the body fails, its error
    /// is the last item. After the end it always evaluates to `None`.
    ///
    /// # Panics
    ///
    /// If the body panicked, with the payload of that panic, or if the generator was dropped before its end, since its
    /// runtime has shut down. All items that the body has yielded are returned first. Afterwards it evaluates to `None`.
    ///
    /// # Cancel safety
    ///
    /// Safe: no item is lost.
    ///
    /// # Examples
    ///
    /// See [`Scope::ahead`].
    pub async fn next(&mut self) -> Option<I> {
        poll_fn(|cx| self.poll_next(cx)).await
    }

    /// Ends the body where it is suspended, ahead of the consumer, and runs every `defer!` that the body has reached. Drops
    /// the queued items.
    ///
    /// It lands at once, including at an `.await`. Only a `defer!` that is running completes first. Afterwards
    /// [`next`](Ahead::next) evaluates to `None`.
    ///
    /// # Errors
    ///
    /// [`result`](Landed::result) is the error that a `defer!` failed with, or one that the body had failed with before and
    /// that the consumer has not received.
    ///
    /// # Panics
    ///
    /// If the body panicked, or if the generator was dropped before its end, since its runtime has shut down.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled closes nothing. If the call is dropped while it is pending, the close continues. Another
    /// `close` waits until it is done, and so does [`next`](Ahead::next), which then evaluates to `None` or the error.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use std::num::NonZero;
    ///
    /// use gen_runtime::{Landed, Scope, async_gen};
    ///
    /// #[async_gen(bounds = Send + 'static)]
    /// async fn numbers() -> u32 {
    ///     for n in 1.. {
    ///         yield_!(n);
    ///     }
    /// }
    ///
    /// let scope = Scope::new();
    /// let mut numbers = scope.ahead(numbers(), NonZero::new(5).unwrap());
    /// assert_eq!(numbers.next().await, Some(1));
    /// // The body has filled the queue, and is ahead.
    /// let Landed { after, result } = numbers.close().await;
    /// assert_eq!((after, result), (5, Ok(())));
    /// assert_eq!(numbers.next().await, None);
    /// # }
    /// ```
    pub async fn close(&mut self) -> Landed<(), E> {
        self.channel.close();
        let closed = poll_fn(|cx| self.channel.poll_closed(cx)).await;
        self.ended = true;
        closed
    }

    /// Takes the return value of the body.
    ///
    /// It is there once, after [`next`](Ahead::next) has evaluated to `None`, and only if the body ended by itself and
    /// without an error.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use std::num::NonZero;
    ///
    /// use gen_runtime::{Scope, async_gen};
    ///
    /// #[async_gen(returns = usize, bounds = Send + 'static)]
    /// async fn words(text: &'static str) -> &'static str {
    ///     let mut count = 0;
    ///     for word in text.split(' ') {
    ///         yield_!(word);
    ///         count += 1;
    ///     }
    ///     count
    /// }
    ///
    /// let scope = Scope::new();
    /// let mut words = scope.ahead(words("to be"), NonZero::<usize>::MIN);
    /// while words.next().await.is_some() {}
    /// assert_eq!(words.take_return(), Some(2));
    /// assert_eq!(words.take_return(), None);
    /// # }
    /// ```
    pub fn take_return(&mut self) -> Option<R> {
        if self.ended {
            self.channel.lock().returned.take()
        } else {
            None
        }
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<I>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let item = ready!(self.channel.poll_next(cx, self.into_item));
        self.ended = item.is_none();
        Poll::Ready(item)
    }
}

/// For generators with `throws`.
impl<Y, E, R> Ahead<Result<Y, E>, E, R> {
    /// Waits for the next item, as [`next`](Ahead::next), transposed for `?`.
    ///
    /// # Errors
    ///
    /// The error that the body failed with, or that it yielded.
    ///
    /// # Panics
    ///
    /// The same as for [`next`](Ahead::next).
    ///
    /// # Cancel safety
    ///
    /// Safe, as [`next`](Ahead::next).
    pub async fn try_next(&mut self) -> Result<Option<Y>, E> {
        self.next().await.transpose()
    }

    /// Raises `error` where the body is suspended, ahead of the consumer.
    ///
    /// It lands at once, including at an `.await`. Only a `defer!` that is running completes first. The items that the body
    /// had yielded stay in the queue, in order, and [`next`](Ahead::next) returns them afterwards. The result is the item
    /// after those, which the body yields next, or `None` at its end. [`next`](Ahead::next) does not return it again.
    ///
    /// # Errors
    ///
    /// [`result`](Landed::result) is `error` if the body did not catch it, or another error that the body failed with. If
    /// the body is closing or has ended, it is `error`, even if the consumer has not received all items.
    ///
    /// # Panics
    ///
    /// If the error makes the body panic, or if the generator was dropped before the error landed, since its runtime has
    /// shut down.
    ///
    /// # Cancel safety
    ///
    /// A call that was never polled raises nothing and drops `error`. If the call is dropped while it is pending, `error` was
    /// sent, and its result is queued behind the items before it. While a running `defer!` keeps `error` from landing,
    /// another `throw` or a `close` replaces it.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// use std::num::NonZero;
    ///
    /// use gen_runtime::{Landed, Scope, async_gen};
    ///
    /// /// Counts up, and turns at each error.
    /// #[async_gen(throws = &'static str, bounds = Send + 'static)]
    /// async fn counts() -> i32 {
    ///     let (mut n, mut step) = (0, 1);
    ///     loop {
    ///         n += step;
    ///         if attempt! { yield_!(n) }.is_err() {
    ///             step = -step;
    ///         }
    ///     }
    /// }
    ///
    /// let scope = Scope::new();
    /// let mut counts = scope.ahead(counts(), NonZero::new(3).unwrap());
    /// assert_eq!(counts.next().await, Some(Ok(1)));
    /// // The body is at 3.
    /// let thrown = counts.throw("turn").await;
    /// assert_eq!(thrown, Landed { after: 3, result: Ok(Some(2)) });
    /// assert_eq!(counts.next().await, Some(Ok(2)));
    /// assert_eq!(counts.next().await, Some(Ok(3)));
    /// assert_eq!(counts.next().await, Some(Ok(1)));
    /// # }
    /// ```
    pub async fn throw(&mut self, error: E) -> Landed<Option<Y>, E> {
        if let Err((after, error)) = self.channel.throw(error) {
            let result = Err(error);
            return Landed { after, result };
        }
        let Landed { after, result } = poll_fn(|cx| self.channel.poll_thrown(cx)).await;
        let result = result.and_then(Option::transpose);
        Landed { after, result }
    }
}

/// Polls [`next`](Ahead::next).
#[diagnostic::do_not_recommend]
impl<I, E, R> Stream for Ahead<I, E, R> {
    type Item = I;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<I>> {
        Ahead::poll_next(self.get_mut(), cx)
    }

    /// The lower bound is the number of queued items. If the body has ended, it is exact.
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.channel.size_hint()
    }
}

#[diagnostic::do_not_recommend]
impl<I, E, R> FusedStream for Ahead<I, E, R> {
    fn is_terminated(&self) -> bool {
        self.ended
    }
}

impl<I, E, R> Drop for Ahead<I, E, R> {
    fn drop(&mut self) {
        self.channel.abandon(self.into_any);
    }
}

/// Shows the number of items that the body has yielded, and how many of them are queued.
impl<I, E, R> fmt::Debug for Ahead<I, E, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.channel.lock();
        f.debug_struct("Ahead")
            .field("yielded", &state.yielded)
            .field("queued", &state.items.len())
            .finish_non_exhaustive()
    }
}
