//! The futures that the methods of a [`Handle`](crate::Handle) return.
//!
//! Each does nothing until it is polled, may be dropped at any time, and panics if it is polled again after it was
//! ready. The methods document what a dropped call leaves behind.
//!
//! ```
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
//! use std::time::Duration;
//!
//! use gen_runtime::{async_gen, pin};
//!
//! #[async_gen]
//! async fn slow() -> &'static str {
//!     tokio::time::sleep(Duration::from_millis(10)).await;
//!     yield_!("not lost");
//! }
//!
//! let mut items = pin!(slow());
//! let limit = Duration::from_millis(1);
//! assert!(tokio::time::timeout(limit, items.next()).await.is_err());
//! assert_eq!(items.next().await, Some("not lost"));
//! # });
//! ```

use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::FusedFuture;

use crate::fallible::Fallible;
use crate::generator::AsyncGenerator;
use crate::request::{Interrupt, Request};

/// The generator that a call is made to. Not an `Option`: where an `.await` is missing, rustc would suggest the
/// field of the type that was expected.
enum Callee<'a, G: ?Sized> {
    Waiting(Pin<&'a mut G>),
    /// The call was ready.
    Done,
}

impl<G: ?Sized> Callee<'_, G> {
    /// Polls the call once.
    #[inline]
    #[track_caller]
    fn poll<T>(&mut self, poll: impl FnOnce(Pin<&mut G>) -> Poll<T>) -> Poll<T> {
        let Callee::Waiting(generator) = self else {
            panic!("a call was polled after it was ready");
        };
        let output = ready!(poll(generator.as_mut()));
        *self = Callee::Done;
        Poll::Ready(output)
    }
}

/// Defines the future of a call, with what is the same for all of them.
macro_rules! call {
    ($(#[$doc:meta])* $name:ident($request:ty)) => {
        $(#[$doc])*
        #[must_use = "a call does nothing until it is awaited"]
        pub struct $name<'a, G: AsyncGenerator + ?Sized> {
            callee: Callee<'a, G>,
            request: $request,
        }

        impl<'a, G: AsyncGenerator + ?Sized> $name<'a, G> {
            pub(crate) const fn new(generator: Pin<&'a mut G>, request: $request) -> Self {
                let callee = Callee::Waiting(generator);
                $name { callee, request }
            }
        }

        /// The request is only moved, never pinned.
        impl<G: AsyncGenerator + ?Sized> Unpin for $name<'_, G> {}

        /// Terminated once it was ready.
        impl<G: AsyncGenerator + ?Sized> FusedFuture for $name<'_, G>
        where
            Self: Future,
        {
            fn is_terminated(&self) -> bool {
                matches!(self.callee, Callee::Done)
            }
        }

        /// Shows the state of the generator.
        impl<G: AsyncGenerator + ?Sized> fmt::Debug for $name<'_, G> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let state = match &self.callee {
                    Callee::Waiting(generator) => Some(generator.state()),
                    Callee::Done => None,
                };
                f.debug_struct(stringify!($name))
                    .field("state", &state)
                    .finish_non_exhaustive()
            }
        }
    };
}

call! {
    /// The future of [`next`](crate::Handle::next), [`resume`](crate::Handle::resume) and
    /// [`send`](crate::Handle::send): `Option<Item>`.
    Next(Request<G::Sent>)
}

call! {
    /// The future of [`try_next`](crate::Handle::try_next): `Result<Option<Yield>, Error>`.
    TryNext(Request<G::Sent>)
}

call! {
    /// The future of [`finish`](crate::Handle::finish): `Result<Option<Return>, Error>`.
    Finish(Request<G::Sent>)
}

call! {
    /// The future of [`throw`](crate::Handle::throw): `Result<Option<Yield>, Error>`.
    Throw(Interrupt<G::Error>)
}

call! {
    /// The future of [`close`](crate::Handle::close): `Result<(), Error>`.
    Close(Interrupt<G::Error>)
}

impl<G: AsyncGenerator + ?Sized> Future for Next<'_, G> {
    type Output = Option<G::Item>;

    #[inline]
    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Next { callee, request } = self.get_mut();
        callee.poll(|generator| generator.poll_resume(cx, request, None))
    }
}

impl<G> Future for TryNext<'_, G>
where
    G: AsyncGenerator<Item: Fallible<G::Yield, G::Error>> + ?Sized,
{
    type Output = Result<Option<G::Yield>, G::Error>;

    #[inline]
    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let TryNext { callee, request } = self.get_mut();
        callee.poll(|generator| {
            let item = ready!(generator.poll_resume(cx, request, None));
            Poll::Ready(item.map(G::Item::into_result).transpose())
        })
    }
}

impl<G> Future for Finish<'_, G>
where
    G: AsyncGenerator<Sent: Default, Item: Fallible<G::Yield, G::Error>> + ?Sized,
{
    type Output = Result<Option<G::Return>, G::Error>;

    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Finish { callee, request } = self.get_mut();
        callee.poll(|mut generator| {
            while let Some(item) = ready!(generator.as_mut().poll_resume(cx, request, None)) {
                if let Err(error) = item.into_result() {
                    return Poll::Ready(Err(error));
                }
                *request = Request::Next(Default::default());
            }
            Poll::Ready(Ok(generator.take_return()))
        })
    }
}

impl<G: AsyncGenerator + ?Sized> Future for Throw<'_, G> {
    type Output = Result<Option<G::Yield>, G::Error>;

    #[inline]
    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Throw { callee, request } = self.get_mut();
        callee.poll(|generator| generator.poll_interrupt(cx, request, None))
    }
}

impl<G: AsyncGenerator + ?Sized> Future for Close<'_, G> {
    type Output = Result<(), G::Error>;

    #[inline]
    #[track_caller]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Close { callee, request } = self.get_mut();
        // A generator that is closing cannot yield.
        callee.poll(|generator| generator.poll_interrupt(cx, request, None).map_ok(|_| ()))
    }
}
