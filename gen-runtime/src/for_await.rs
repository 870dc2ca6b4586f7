//! `#[for_await]` loops: which streams they run over, where these are kept, and the next item.
//!
//! A variable that an async block captures and then moves is stored twice. So if an argument is only mentioned in
//! the head of a loop, the macro leaves it where it was captured, and its name stands for an [`InPlace`]. The compiler
//! resolves which variable the head of the loop mentions: if it is another one, the loop moves that.

mod close; // loops that close their generator

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use pin_project_lite::pin_project;

use crate::frame::{Body, Place, consumer_context};
use crate::position::At;
use crate::protocol::Protocol;

/// Implemented for every stream, for the error message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a stream",
    label = "`#[for_await]` loops over streams",
    note = "loop over an iterator with a plain `for`, and over a generator that is sent values through its handle"
)]
pub trait ForAwait: Stream {}

#[diagnostic::do_not_recommend]
impl<T: Stream + ?Sized> ForAwait for T {}

/// Stands for an argument that is a stream, in a body that keeps it elsewhere.
pub struct InPlace<T>(PhantomData<fn() -> T>);

impl<P> Body<P> {
    /// Stands for `argument`.
    #[inline]
    pub const fn in_place<T>(self, _argument: &Option<T>) -> InPlace<T> {
        InPlace(PhantomData)
    }

    /// Returns the stream of a loop.
    #[inline]
    pub fn stream<'a, S: HoldsStream>(self, source: &'a mut Pin<&mut S>) -> Pin<&'a mut S::Stream> {
        source.as_mut().stream()
    }
}

impl<P: Protocol> Body<P> {
    /// Keeps `stream` for a loop. If it stands for `argument`, the loop runs over the argument where it is.
    #[inline]
    pub fn source<'a, S, T>(self, stream: S, argument: &'a mut Option<T>) -> S::Holds
    where
        S: Source<'a, T>,
    {
        stream.hold(self.pinned_argument(argument))
    }

    /// Waits for the next item of the stream of a loop. rustc reports at the `.await` that it is not a stream: the span of a
    /// call with a location is that of the attribute.
    #[inline]
    #[cfg_attr(feature = "locations", track_caller)]
    pub fn next<'a, T: ?Sized>(self, stream: &'a mut Pin<&mut T>) -> NextItem<'a, P, T> {
        NextItem {
            body: PhantomData,
            at: At::caller(),
            stream: stream.as_mut(),
        }
    }
}

/// The value of the head of a loop, which may stand for an argument of type `T`.
pub trait Source<'a, T> {
    type Holds: HoldsStream;

    fn hold(self, argument: Pin<&'a mut Option<T>>) -> Self::Holds;
}

/// Keeps the stream of a loop.
pub trait HoldsStream {
    type Stream: ?Sized;

    fn stream(self: Pin<&mut Self>) -> Pin<&mut Self::Stream>;
}

impl<'a, T: 'a> Source<'a, T> for InPlace<T> {
    type Holds = Argument<'a, T>;

    #[inline]
    fn hold(self, argument: Pin<&'a mut Option<T>>) -> Argument<'a, T> {
        Argument(argument)
    }
}

impl<T, S: ForAwait> Source<'_, T> for S {
    type Holds = Moved<S>;

    #[inline]
    fn hold(self, _: Pin<&mut Option<T>>) -> Moved<S> {
        Moved { stream: self }
    }
}

/// A loop over an argument where it is. Drops the argument, as a loop drops a stream that is moved into it.
pub struct Argument<'a, T>(Pin<&'a mut Option<T>>);

impl<T> HoldsStream for Argument<'_, T> {
    type Stream = T;

    /// # Panics
    ///
    /// If a loop ran over the argument before.
    #[inline]
    fn stream(self: Pin<&mut Self>) -> Pin<&mut T> {
        let stream = self.get_mut().0.as_mut().as_pin_mut();
        stream.expect("a `#[for_await]` loop runs once over an argument")
    }
}

impl<T> Drop for Argument<'_, T> {
    // `inline(never)`: runs once per loop, and inlining it makes each iteration 10 % slower.
    #[inline(never)]
    fn drop(&mut self) {
        self.0.set(None);
    }
}

pin_project! {
    /// A stream that was moved into its loop.
    pub struct Moved<S> {
        #[pin]
        stream: S,
    }
}

impl<S> HoldsStream for Moved<S> {
    type Stream = S;

    #[inline]
    fn stream(self: Pin<&mut Self>) -> Pin<&mut S> {
        self.project().stream
    }
}

/// The next item of the stream of a loop. An await of the body.
#[must_use = "futures do nothing unless polled"]
pub struct NextItem<'a, P, T: ?Sized> {
    body: PhantomData<fn(P) -> P>,
    at: At,
    stream: Pin<&'a mut T>,
}

impl<P: Protocol, T: ForAwait + ?Sized> Future for NextItem<'_, P, T> {
    type Output = (Option<T::Item>, Place<P>);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let NextItem { at, stream, .. } = self.get_mut();
        let (cx, place) = consumer_context(cx);
        let poll = cx.map_or(Poll::Pending, |cx| stream.as_mut().poll_next(cx));
        if poll.is_pending() {
            place.suspended(*at);
        }
        poll.map(|item| (item, place))
    }
}
