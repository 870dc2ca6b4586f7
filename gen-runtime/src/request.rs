//! Requests of the consumer: to run the body on, and to interrupt it.

/// Asks a generator to run to its next yield.
///
/// A poll takes what it uses out of the request and leaves [`Resume`](Request::Resume), so that the same
/// request, polled again, continues with what it began.
///
/// | state | `Next(s)` | `Resume` | `Send(s)` |
/// |---|---|---|---|
/// | `Created` | starts, drops `s` | starts | panics |
/// | `Suspended` | continues with `s` | panics | continues with `s` |
/// | `InFlight` | continues, drops `s` | continues | panics |
/// | `Closing` | continues the close | continues the close | is ready with `None` |
/// | `Finished` | is ready with `None` | as `Next` | as `Next` |
pub enum Request<S> {
    /// Passes a value to the waiting yield. If none is waiting, continues without it.
    Next(S),
    /// Continues where no yield is waiting for a value.
    Resume,
    /// Passes a value to the waiting yield.
    Send(S),
}

impl<S> Request<S> {
    /// Takes the request, and leaves the one that continues it.
    #[inline]
    pub(crate) const fn take(&mut self) -> Self {
        core::mem::replace(self, Request::Resume)
    }
}

/// Asks a generator to leave the place where it is suspended.
///
/// It is polled until what follows is ready: the next value, the end, or the error that left the body.
/// The poll in which it lands leaves [`Landed`](Interrupt::Landed), which continues.
///
/// | state | `Throw(e)` | `Close` | `Landed` |
/// |---|---|---|---|
/// | `Created` | `Err(e)`, finished | `Ok(None)`, finished | |
/// | `Suspended` | raises `e` there | ends it there | |
/// | `InFlight` | raises `e` there, or after the cleanup | ends it there, or after the cleanup | continues |
/// | `Closing` | `Err(e)` | continues the close | continues the close |
/// | `Finished` | `Err(e)` | `Ok(None)` | |
pub enum Interrupt<E> {
    /// Raises this error.
    Throw(E),
    /// Ends the generator.
    Close,
    /// Continues with what an interrupt brought about.
    Landed,
}

impl<E> Interrupt<E> {
    /// Takes the interrupt, and leaves the one that continues it.
    #[inline]
    pub(crate) const fn take(&mut self) -> Self {
        core::mem::replace(self, Interrupt::Landed)
    }

    /// Returns the error that it throws.
    #[inline]
    pub(crate) fn thrown(self) -> Option<E> {
        match self {
            Interrupt::Throw(error) => Some(error),
            Interrupt::Close | Interrupt::Landed => None,
        }
    }
}
