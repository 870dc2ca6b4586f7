//! What a consumer asks.

/// Asks a generator to run on, to its next yield.
///
/// [`poll_resume`](crate::AsyncGenerator::poll_resume) takes what it uses out of a request and
/// leaves [`Resume`](Request::Resume), so that the same request, polled again, goes on with what it
/// began.
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

/// Asks a generator to leave the place where it is suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupt<E> {
    /// By this error.
    Throw(E),
    /// For good.
    Close,
}
