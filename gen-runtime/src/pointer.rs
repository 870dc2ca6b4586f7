//! Pointers to generators are generators too: references and boxes, and no other ones.
//!
//! A machine that delegates uses the generator behind a pointer without asking the pointer again. A reference and a box
//! promise that it stays there, that no other code uses it, and that it may be used on the threads that the pointer may be used
//! on. Other types that implement `DerefMut` promise that for one borrow, on one thread.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::frame::chain::{Link, Signal};
use crate::generator::{AsyncGenerator, Sealed};
use crate::handle::Handle;
use crate::position::Position;
use crate::request::{Interrupt, Request};
use crate::state::State;
use crate::sync;
use crate::sync::generator::{Generator, Regular, Sealed as SealedRegular};

/// The items of an implementation for a pointer to `$target`: how it is reached from a `Pin<&mut Self>` and
/// from a `&Self`, and whether it is dropped with the pointer.
macro_rules! forward_to {
    ($target:ty, |$pinned:ident| $mutable:expr, |$this:ident| $shared:expr, $owns:expr) => {
        type Yield = <$target as AsyncGenerator>::Yield;
        type Sent = <$target as AsyncGenerator>::Sent;
        type Error = <$target as AsyncGenerator>::Error;
        type Return = <$target as AsyncGenerator>::Return;
        type Item = <$target as AsyncGenerator>::Item;

        #[inline]
        fn poll_resume(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            request: &mut Request<Self::Sent>,
            signal: Option<&mut Signal<Self::Item, Self::Sent, Self::Error>>,
        ) -> Poll<Option<Self::Item>> {
            let $pinned = self;
            $mutable.poll_resume(cx, request, signal)
        }

        #[inline]
        fn poll_interrupt(
            self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            interrupt: &mut Interrupt<Self::Error>,
            outer: Option<&mut Link<Self::Item, Self::Sent, Self::Error>>,
        ) -> Poll<Result<Option<Self::Yield>, Self::Error>> {
            let $pinned = self;
            $mutable.poll_interrupt(cx, interrupt, outer)
        }

        #[inline]
        fn is_owned(&self) -> bool {
            let $this = self;
            $owns && <$target>::is_owned($shared)
        }

        #[inline]
        fn leave(self: Pin<&mut Self>, state: State) {
            let $pinned = self;
            $mutable.leave(state);
        }

        fn abort(self: Pin<&mut Self>) {
            let $pinned = self;
            $mutable.abort();
        }

        #[inline]
        fn state(&self) -> State {
            let $this = self;
            <$target>::state($shared)
        }

        fn position(&self) -> Position {
            let $this = self;
            <$target>::position($shared)
        }

        fn positions(&self, visit: &mut dyn FnMut(Position)) {
            let $this = self;
            <$target>::positions($shared, visit);
        }

        #[inline]
        fn take_return(self: Pin<&mut Self>) -> Option<Self::Return> {
            let $pinned = self;
            $mutable.take_return()
        }
    };
}

/// Implements the trait for a pinned pointer to `G`, and for the handles of it.
macro_rules! pinned {
    ($pointer:ty, $owns:expr) => {
        impl<G> Sealed for Pin<$pointer> where G: AsyncGenerator + ?Sized {}

        /// A pinned pointer is what a handle contains.
        impl<G> AsyncGenerator for Pin<$pointer>
        where
            G: AsyncGenerator + ?Sized,
        {
            forward_to!(G, |pin| pin.as_deref_mut(), |pin| pin, $owns);
        }

        regular!(Pin<$pointer>);

        handle!(Handle<$pointer>, $owns, AsyncGenerator);
        handle!(sync::Handle<$pointer>, $owns, Generator);

        regular!(sync::Handle<$pointer>);
    };
}

/// Implements the trait for a handle of a pointer to a generator of one kind.
macro_rules! handle {
    ($handle:ty, $owns:expr, $kind:ident) => {
        impl<G> Sealed for $handle where G: $kind + ?Sized {}

        /// A handle can be passed on, or pinned again. One of another pointer is lent by `as_mut`.
        impl<G> AsyncGenerator for $handle
        where
            G: $kind + ?Sized,
        {
            forward_to!(
                G,
                |handle| handle.get_mut().pinned(),
                |handle| handle.shared(),
                $owns
            );
        }
    };
}

/// A pointer to a regular generator is a regular generator.
macro_rules! regular {
    ($pointer:ty $(, $unpin:ident)?) => {
        impl<G> SealedRegular for $pointer where G: Generator $(+ $unpin)? + ?Sized {}

        impl<G> Generator for $pointer where G: Generator $(+ $unpin)? + ?Sized {}
    };
}

pinned!(&mut G, false);

#[cfg(feature = "alloc")]
pinned!(Box<G>, true);

impl<G> Sealed for &mut G where G: AsyncGenerator + Unpin + ?Sized {}

/// For generators that may be moved, such as handles.
impl<G> AsyncGenerator for &mut G
where
    G: AsyncGenerator + Unpin + ?Sized,
{
    forward_to!(
        G,
        |reference| Pin::new(&mut **reference.get_mut()),
        |reference| reference,
        false
    );
}

regular!(&mut G, Unpin);

#[cfg(feature = "alloc")]
impl<G> Sealed for Box<G> where G: AsyncGenerator + Unpin + ?Sized {}

/// For generators that may be moved, such as handles. For others, pin the box: `Box::pin(generator)`.
#[cfg(feature = "alloc")]
impl<G> AsyncGenerator for Box<G>
where
    G: AsyncGenerator + Unpin + ?Sized,
{
    forward_to!(
        G,
        |boxed| Pin::new(&mut **boxed.get_mut()),
        |boxed| boxed,
        true
    );
}

#[cfg(feature = "alloc")]
regular!(Box<G>, Unpin);

impl<G: AsyncGenerator> Sealed for Regular<G> {}

/// A regular generator is the machine that it contains.
#[diagnostic::do_not_recommend]
impl<G: AsyncGenerator> AsyncGenerator for Regular<G> {
    forward_to!(
        G,
        |regular| regular.machine(),
        |regular| regular.shared(),
        true
    );
}
