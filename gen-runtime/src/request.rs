//! What a consumer asks, to go on.

/// Asks a generator to run on, to its next yield.
///
/// [`poll_resume`](crate::AsyncGenerator::poll_resume) takes what it uses out of a request and
/// leaves [`Resume`](Request::Resume), so that the same request, polled again, goes on with what it
/// began.
///
/// ```
/// use std::pin::pin;
/// use std::task::{Context, Poll, Waker};
///
/// use gen_runtime::{AsyncGenerator, Request, async_gen};
///
/// #[async_gen]
/// async fn one() -> u32 {
///     yield_!(1);
/// }
///
/// let mut cx = Context::from_waker(Waker::noop());
/// let mut generator = pin!(one());
/// let item = generator.as_mut().poll_resume(&mut cx, &mut Request::Next(()));
/// assert_eq!(item, Poll::Ready(Some(1)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request<S> {
    /// Give the value to the yield that waits. Where none does, run on without it.
    Next(S),
    /// Run on where no yield waits for a value.
    Resume,
    /// Give the value to the yield that waits.
    Send(S),
}

impl<S> Request<S> {
    /// Takes what is asked, and leaves the request that goes on with it.
    #[inline]
    pub(crate) const fn take(&mut self) -> Self {
        core::mem::replace(self, Request::Resume)
    }
}
