//! The trait of regular generators, and their machine.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use futures_core::{FusedStream, Stream};
use pin_project_lite::pin_project;

use crate::frame::Body;
use crate::generator::AsyncGenerator;
use crate::machine::Machine;
use crate::protocol::{Output, Protocol};
use crate::request::Request;

/// A regular generator: what a function under [`#[generator]`](crate::generator) returns.
///
/// A generator is lazy. Put it into a [`Handle`](crate::sync::Handle), by [`sync::pin!`](crate::sync::pin) on the stack or
/// by `Handle::boxed` on the heap, and ask the handle for items.
///
/// Each regular generator is also an async one that never waits: an async generator may delegate to it, and
/// [`pin!`](crate::pin) makes an async handle of it. Unless it is sent values, what `#[generator]` returns is a `Stream`, too.
///
/// The trait is for bounds of generic code, and it is dyn-safe. It is sealed, so it cannot be implemented outside of
/// this crate.
///
/// The semantics are those of Python's generators ([PEP 255], [PEP 342], [PEP 380]).
///
/// # Examples
///
/// ```
/// use gen_runtime::{generator, sync};
///
/// #[generator]
/// fn squares(up_to: u64) -> u64 {
///     for n in 1..=up_to {
///         yield_!(n * n);
///     }
/// }
///
/// fn sum<G>(generator: G) -> u64
/// where
///     G: sync::Generator<Yield = u64, Sent = (), Item = u64>,
/// {
///     sync::pin!(generator).sum()
/// }
///
/// assert_eq!(sum(squares(3)), 14);
/// ```
///
/// [PEP 255]: https://peps.python.org/pep-0255/
/// [PEP 342]: https://peps.python.org/pep-0342/
/// [PEP 380]: https://peps.python.org/pep-0380/
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a regular generator",
    label = "expected what a function under `#[generator]` returns",
    note = "an async generator runs in another async one, or in the handle that `gen_runtime::pin!` makes"
)]
#[must_use = "a generator does nothing until a consumer asks it for items"]
pub trait Generator: AsyncGenerator + Sealed {
    /// Runs the body to its next yield, sending `value` to the one that waits: [`Request::Next`]. Is pending if the body
    /// waits.
    ///
    /// A method of its own, so that the function in a vtable knows the request and the context, and that nothing interrupts
    /// the body.
    ///
    /// # Panics
    ///
    /// If the body panics: the generator is then finished.
    #[doc(hidden)]
    #[inline]
    fn poll_run(self: Pin<&mut Self>, value: Self::Sent) -> Poll<Option<Self::Item>> {
        let mut cx = Context::from_waker(Waker::noop());
        self.poll_resume(&mut cx, &mut Request::Next(value), None)
    }
}

/// Keeps other crates from implementing [`Generator`] for their trait objects.
pub trait Sealed {}

pin_project! {
    /// The machine of a regular generator.
    pub struct Regular<G> {
        #[pin]
        machine: G,
    }
}

impl<G> Regular<G> {
    #[inline]
    pub(crate) fn machine(self: Pin<&mut Self>) -> Pin<&mut G> {
        self.project().machine
    }

    #[inline]
    pub(crate) const fn shared(&self) -> &G {
        &self.machine
    }
}

impl<G: AsyncGenerator> Sealed for Regular<G> {}

#[diagnostic::do_not_recommend]
impl<G: AsyncGenerator> Generator for Regular<G> {
    #[inline]
    fn poll_run(self: Pin<&mut Self>, value: G::Sent) -> Poll<Option<G::Item>> {
        let mut cx = Context::from_waker(Waker::noop());
        self.machine()
            .poll_resume(&mut cx, &mut Request::Next(value), None)
    }
}

impl<P: Protocol> Body<P> {
    /// Makes the regular generator of this body.
    #[inline]
    pub const fn regular<F>(self, body: F) -> Regular<Machine<F, P>>
    where
        F: Future<Output = Output<P>>,
    {
        Regular {
            machine: Machine::new(body),
        }
    }

    /// Checks that a generator is regular, so that a regular one may delegate to it.
    #[inline]
    pub fn inner<G: Generator>(self, generator: G) -> G {
        generator
    }
}

#[diagnostic::do_not_recommend]
impl<G: Stream> Stream for Regular<G> {
    type Item = G::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<G::Item>> {
        self.machine().poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.machine.size_hint()
    }
}

#[diagnostic::do_not_recommend]
impl<G: FusedStream> FusedStream for Regular<G> {
    fn is_terminated(&self) -> bool {
        self.machine.is_terminated()
    }
}
