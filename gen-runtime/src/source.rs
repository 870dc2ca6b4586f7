//! Where the stream of a `#[for_await]` loop is: an argument may stay where it is.
//!
//! A variable that an async block captures and then moves is stored twice. So the macro leaves an
//! argument that only the head of a loop names where it was captured, and lets its name stand for an
//! [`InPlace`]. Which variable the head of the loop names is for the compiler to resolve: if it is another
//! one, the loop moves it as any other.

use core::marker::PhantomData;
use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::frame::Body;
use crate::stream::ForAwait;

/// Stands for an argument that is a stream, in the body that holds it elsewhere.
pub struct InPlace<T>(PhantomData<fn() -> T>);

impl<P> Body<P> {
    /// What stands for `argument`.
    #[inline]
    pub const fn in_place<T>(self, _argument: &Option<T>) -> InPlace<T> {
        InPlace(PhantomData)
    }

    /// The stream of a loop.
    #[inline]
    pub fn stream<'a, S: HoldsStream>(self, source: &'a mut Pin<&mut S>) -> Pin<&'a mut S::Stream> {
        source.as_mut().stream()
    }
}

/// What the head of a loop evaluates to, where `T` is an argument that it may stand for.
pub trait Source<'a, T> {
    type Holds: HoldsStream;

    fn hold(self, argument: Pin<&'a mut Option<T>>) -> Self::Holds;
}

/// Where a loop keeps its stream.
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

/// An argument, which is dropped with this as it would be by a loop that it was moved to.
pub struct Argument<'a, T>(Pin<&'a mut Option<T>>);

impl<T> HoldsStream for Argument<'_, T> {
    type Stream = T;

    /// # Panics
    ///
    /// When a loop ran over the argument before.
    #[inline]
    fn stream(self: Pin<&mut Self>) -> Pin<&mut T> {
        let stream = self.get_mut().0.as_mut().as_pin_mut();
        stream.expect("a `#[for_await]` loop runs once over an argument")
    }
}

impl<T> Drop for Argument<'_, T> {
    // Runs once for each loop, and each iteration is a tenth slower where it is inlined.
    #[inline(never)]
    fn drop(&mut self) {
        self.0.set(None);
    }
}

pin_project! {
    /// A stream that a loop was given.
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
