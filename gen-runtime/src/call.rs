use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::FusedFuture;

use crate::generator::AsyncGenerator;
use crate::protocol::Item;
use crate::request::{Outcome, Request};

/// One call of a [`Handle`](crate::Handle): a future of its answer `A`.
///
/// It does nothing until it is polled. What becomes of a call that is dropped half way stands with
/// the method that made it.
///
/// # Panics
///
/// When it is polled again after it was ready.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'a, G, A>
where
    G: AsyncGenerator + ?Sized,
{
    /// `None` once the call is ready.
    generator: Option<Pin<&'a mut G>>,
    request: Request<G::Sent, G::Error>,
    answer: PhantomData<fn() -> A>,
}

impl<'a, G, A> Call<'a, G, A>
where
    G: AsyncGenerator + ?Sized,
{
    pub(crate) fn new(generator: Pin<&'a mut G>, request: Request<G::Sent, G::Error>) -> Self {
        Call { generator: Some(generator), request, answer: PhantomData }
    }
}

/// The request is only moved.
impl<G, A> Unpin for Call<'_, G, A> where G: AsyncGenerator + ?Sized {}

impl<G, A> Future for Call<'_, G, A>
where
    G: AsyncGenerator + ?Sized,
    A: Answer<G::Yield, G::Error>,
{
    type Output = A;

    #[inline]
    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<A> {
        let call = self.get_mut();
        let Some(generator) = &mut call.generator else {
            panic!("a call was polled after it was ready");
        };
        let outcome = ready!(generator.as_mut().poll_request(cx, &mut call.request));
        call.generator = None;
        Poll::Ready(A::from_outcome(outcome))
    }
}

impl<G, A> FusedFuture for Call<'_, G, A>
where
    G: AsyncGenerator + ?Sized,
    A: Answer<G::Yield, G::Error>,
{
    fn is_terminated(&self) -> bool {
        self.generator.is_none()
    }
}

/// Shows the state of the generator.
impl<G, A> fmt::Debug for Call<'_, G, A>
where
    G: AsyncGenerator + ?Sized,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.generator.as_ref().map(|generator| generator.state());
        f.debug_struct("Call").field("state", &state).finish_non_exhaustive()
    }
}

/// What a call evaluates to, made of the outcome of its request.
pub trait Answer<Y, E> {
    fn from_outcome(outcome: Outcome<Y, E>) -> Self;
}

/// `next`, `resume` and `send`.
impl<Y, E, I: Item<Y, E>> Answer<Y, E> for Option<I> {
    fn from_outcome(outcome: Outcome<Y, E>) -> Self {
        match outcome {
            Outcome::Yielded(value) => Some(I::from_result(Ok(value))),
            Outcome::Failed(error) => Some(I::from_result(Err(error))),
            Outcome::Finished => None,
        }
    }
}

/// `try_next` and `throw`.
impl<Y, E> Answer<Y, E> for Result<Option<Y>, E> {
    fn from_outcome(outcome: Outcome<Y, E>) -> Self {
        match outcome {
            Outcome::Yielded(value) => Ok(Some(value)),
            Outcome::Failed(error) => Err(error),
            Outcome::Finished => Ok(None),
        }
    }
}

/// `close`, at whose end nothing can have been yielded.
impl<Y, E> Answer<Y, E> for Result<(), E> {
    fn from_outcome(outcome: Outcome<Y, E>) -> Self {
        match outcome {
            Outcome::Yielded(_) | Outcome::Finished => Ok(()),
            Outcome::Failed(error) => Err(error),
        }
    }
}
