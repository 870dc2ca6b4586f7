//! What a consumer asks, and what comes back.

/// What a consumer asks of a generator.
///
/// [`AsyncGenerator::poll_request`](crate::AsyncGenerator::poll_request) takes what it uses out of
/// a request and leaves [`Resume`](Request::Resume), so that the same request, polled again, goes
/// on with what it began.
#[derive(Debug)]
pub enum Request<S, E> {
    /// Run to the next yield. The value is for the yield that waits; where none does, it is
    /// dropped.
    Next(S),
    /// Run on without a value, where no yield waits for one.
    Resume,
    /// Give the value to the yield that waits, and run to the next one.
    Send(S),
    /// Raise the error where the body is suspended.
    Throw(E),
    /// End the body.
    Close,
}

impl<S, E> Request<S, E> {
    /// Takes what is asked, and leaves the request that goes on with it.
    pub(crate) fn take(&mut self) -> Self {
        core::mem::replace(self, Request::Resume)
    }
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<Y, E> {
    /// The body yielded a value, and is suspended.
    Yielded(Y),
    /// An error left the body, or was thrown and nothing took it: the generator is finished.
    Failed(E),
    /// The generator is finished: now, or since long.
    Finished,
}
