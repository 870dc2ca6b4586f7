//! The future of a call.

use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::FusedFuture;

use crate::generator::AsyncGenerator;
use crate::interrupt::Interrupt;
use crate::request::Request;

/// One call of a [`Handle`](crate::Handle): a future of what the method promises.
///
/// Its output stands with the method that made it: `Option<Item>` for `next`, `resume` and `send`,
/// `Result<Option<Y>, E>` for `try_next` and `throw`, `Result<(), E>` for `close`.
///
/// It does nothing until it is polled. What becomes of a call that is dropped halfway stands with
/// the method that made it.
///
/// # Panics
///
/// When it is polled again after it was ready.
///
/// # Examples
///
/// A call is an ordinary future: here one with a time limit.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// use std::time::Duration;
///
/// use gen_runtime::{async_gen, pin};
///
/// #[async_gen]
/// async fn slow() -> &'static str {
///     tokio::time::sleep(Duration::from_millis(10)).await;
///     yield_!("not lost");
/// }
///
/// let mut items = pin!(slow());
/// let limit = Duration::from_millis(1);
/// assert!(tokio::time::timeout(limit, items.next()).await.is_err());
/// assert_eq!(items.next().await, Some("not lost"));
/// # });
/// ```
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'a, G: ?Sized, Q> {
    callee: Callee<'a, G>,
    query: Q,
}

/// The generator that a call is made to. Not an `Option`: where an `.await` is forgotten, rustc would suggest
/// the field of the type that was expected.
enum Callee<'a, G: ?Sized> {
    Waits(Pin<&'a mut G>),
    /// The call was ready.
    Answered,
}

impl<'a, G: ?Sized, Q> Call<'a, G, Q> {
    pub(crate) const fn new(generator: Pin<&'a mut G>, query: Q) -> Self {
        Call {
            callee: Callee::Waits(generator),
            query,
        }
    }
}

/// The query is only moved.
impl<G: ?Sized, Q> Unpin for Call<'_, G, Q> {}

impl<G: ?Sized, Q: Query<G>> Future for Call<'_, G, Q> {
    type Output = Q::Answer;

    #[inline]
    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Q::Answer> {
        let call = self.get_mut();
        let Callee::Waits(generator) = &mut call.callee else {
            panic!("a call was polled after it was ready");
        };
        let answer = ready!(call.query.poll(generator.as_mut(), cx));
        call.callee = Callee::Answered;
        Poll::Ready(answer)
    }
}

impl<G: ?Sized, Q: Query<G>> FusedFuture for Call<'_, G, Q> {
    fn is_terminated(&self) -> bool {
        matches!(self.callee, Callee::Answered)
    }
}

/// Shows the state of the generator.
impl<G: AsyncGenerator + ?Sized, Q> fmt::Debug for Call<'_, G, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.callee {
            Callee::Waits(generator) => Some(generator.state()),
            Callee::Answered => None,
        };
        f.debug_struct("Call")
            .field("state", &state)
            .finish_non_exhaustive()
    }
}

/// What a call asks of a generator, and what it evaluates to.
pub trait Query<G: ?Sized> {
    type Answer;

    fn poll(&mut self, generator: Pin<&mut G>, cx: &mut Context<'_>) -> Poll<Self::Answer>;
}

/// `next`, `resume` and `send`.
pub struct Next<S>(pub(crate) Request<S>);

/// `try_next`, which evaluates to `T`.
pub struct TryNext<S, T>(pub(crate) Request<S>, pub(crate) PhantomData<fn() -> T>);

/// The items of a generator with `throws`.
#[diagnostic::on_unimplemented(
    message = "`try_next` is not supported without `throws`; call `next`, or add `throws = E` to `async_gen`",
    label = "the items are `{Self}`, not `Result`s"
)]
pub trait Fallible: Sized {
    /// What `try_next` evaluates to.
    type Transposed: TransposedFrom<Self>;
}

impl<Y, E> Fallible for Result<Y, E> {
    type Transposed = Result<Option<Y>, E>;
}

/// What `try_next` makes of an item. Asked of its result, which nobody knows where the items are not
/// [`Fallible`], so that this is told once.
pub trait TransposedFrom<I> {
    fn transposed_from(item: Option<I>) -> Self;
}

impl<Y, E> TransposedFrom<Result<Y, E>> for Result<Option<Y>, E> {
    #[inline]
    fn transposed_from(item: Option<Result<Y, E>>) -> Self {
        item.transpose()
    }
}

/// `throw`.
pub struct Throw<E>(pub(crate) Option<Interrupt<E>>);

/// `close`.
pub struct Close<E>(pub(crate) Option<Interrupt<E>>);

impl<G, S> Query<G> for Next<S>
where
    G: AsyncGenerator<Sent = S> + ?Sized,
{
    type Answer = Option<G::Item>;

    #[inline]
    fn poll(&mut self, generator: Pin<&mut G>, cx: &mut Context<'_>) -> Poll<Self::Answer> {
        generator.poll_resume(cx, &mut self.0)
    }
}

impl<G, S, T> Query<G> for TryNext<S, T>
where
    G: AsyncGenerator<Sent = S> + ?Sized,
    T: TransposedFrom<G::Item>,
{
    type Answer = T;

    #[inline]
    fn poll(&mut self, generator: Pin<&mut G>, cx: &mut Context<'_>) -> Poll<Self::Answer> {
        generator
            .poll_resume(cx, &mut self.0)
            .map(T::transposed_from)
    }
}

impl<G, E> Query<G> for Throw<E>
where
    G: AsyncGenerator<Error = E> + ?Sized,
{
    type Answer = Result<Option<G::Yield>, E>;

    #[inline]
    fn poll(&mut self, generator: Pin<&mut G>, cx: &mut Context<'_>) -> Poll<Self::Answer> {
        generator.poll_interrupt(cx, &mut self.0)
    }
}

impl<G, E> Query<G> for Close<E>
where
    G: AsyncGenerator<Error = E> + ?Sized,
{
    type Answer = Result<(), E>;

    /// A body that is being closed yields nothing any more.
    #[inline]
    fn poll(&mut self, generator: Pin<&mut G>, cx: &mut Context<'_>) -> Poll<Self::Answer> {
        generator.poll_interrupt(cx, &mut self.0).map_ok(|_| ())
    }
}
