//! Generators behind pointers.

use core::ops::DerefMut;
use core::pin::Pin;
use core::task::{Context, Poll};

use crate::generator::AsyncGenerator;
use crate::handle::Handle;
use crate::interrupt::Interrupt;
use crate::request::Request;
use crate::state::State;

/// A handle is a generator too: it can be passed on by reference, or pinned again.
impl<P> AsyncGenerator for Handle<P>
where
    P: DerefMut<Target: AsyncGenerator>,
{
    type Yield = <P::Target as AsyncGenerator>::Yield;
    type Sent = <P::Target as AsyncGenerator>::Sent;
    type Error = <P::Target as AsyncGenerator>::Error;
    type Return = <P::Target as AsyncGenerator>::Return;
    type Item = <P::Target as AsyncGenerator>::Item;

    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<Self::Sent>,
    ) -> Poll<Option<Self::Item>> {
        self.get_mut().pointer.as_mut().poll_resume(cx, request)
    }

    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Option<Interrupt<Self::Error>>,
    ) -> Poll<Result<Option<Self::Yield>, Self::Error>> {
        self.get_mut()
            .pointer
            .as_mut()
            .poll_interrupt(cx, interrupt)
    }

    fn state(&self) -> State {
        self.pointer.state()
    }

    fn take_return(self: Pin<&mut Self>) -> Option<Self::Return> {
        self.get_mut().pointer.as_mut().take_return()
    }
}

/// A pinned pointer to a generator is one, too: the handle is the same with methods.
impl<P> AsyncGenerator for Pin<P>
where
    P: DerefMut<Target: AsyncGenerator>,
{
    type Yield = <P::Target as AsyncGenerator>::Yield;
    type Sent = <P::Target as AsyncGenerator>::Sent;
    type Error = <P::Target as AsyncGenerator>::Error;
    type Return = <P::Target as AsyncGenerator>::Return;
    type Item = <P::Target as AsyncGenerator>::Item;

    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<Self::Sent>,
    ) -> Poll<Option<Self::Item>> {
        self.as_deref_mut().poll_resume(cx, request)
    }

    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Option<Interrupt<Self::Error>>,
    ) -> Poll<Result<Option<Self::Yield>, Self::Error>> {
        self.as_deref_mut().poll_interrupt(cx, interrupt)
    }

    fn state(&self) -> State {
        P::Target::state(self)
    }

    fn take_return(self: Pin<&mut Self>) -> Option<Self::Return> {
        self.as_deref_mut().take_return()
    }
}

/// A reference to a generator that may be moved, such as a handle, is one.
impl<G> AsyncGenerator for &mut G
where
    G: AsyncGenerator + Unpin + ?Sized,
{
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Error = G::Error;
    type Return = G::Return;
    type Item = G::Item;

    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<G::Sent>,
    ) -> Poll<Option<G::Item>> {
        Pin::new(&mut **self.get_mut()).poll_resume(cx, request)
    }

    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Option<Interrupt<G::Error>>,
    ) -> Poll<Result<Option<G::Yield>, G::Error>> {
        Pin::new(&mut **self.get_mut()).poll_interrupt(cx, interrupt)
    }

    fn state(&self) -> State {
        G::state(self)
    }

    fn take_return(self: Pin<&mut Self>) -> Option<G::Return> {
        Pin::new(&mut **self.get_mut()).take_return()
    }
}
