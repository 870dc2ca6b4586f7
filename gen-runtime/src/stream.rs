//! Generators and handles are streams.

use core::future::Future;
use core::ops::DerefMut;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};

use crate::generator::AsyncGenerator;
use crate::handle::Handle;
use crate::machine::Machine;
use crate::protocol::{Item, Output, Protocol};
use crate::request::Request;
use crate::state::State;

fn size_hint<G: AsyncGenerator + ?Sized>(generator: &G) -> (usize, Option<usize>) {
    match generator.state() {
        State::Finished => (0, Some(0)),
        _ => (0, None),
    }
}

#[diagnostic::do_not_recommend]
impl<F, P> Stream for Machine<F, P>
where
    F: Future<Output = Output<P>>,
    P: Protocol<Sent: Default>,
{
    type Item = Item<P>;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Item<P>>> {
        self.poll_resume(cx, &mut Request::Next(Default::default()), None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        size_hint(self)
    }
}

#[diagnostic::do_not_recommend]
impl<F, P> FusedStream for Machine<F, P>
where
    F: Future<Output = Output<P>>,
    P: Protocol<Sent: Default>,
{
    fn is_terminated(&self) -> bool {
        self.state() == State::Finished
    }
}

/// Polls [`next`](Handle::next).
impl<P> Stream for Handle<P>
where
    P: DerefMut<Target: AsyncGenerator<Sent: Default>>,
{
    type Item = <P::Target as AsyncGenerator>::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let generator = self.get_mut().pinned();
        generator.poll_resume(cx, &mut Request::Next(Default::default()), None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        size_hint(self.shared())
    }
}

impl<P> FusedStream for Handle<P>
where
    P: DerefMut<Target: AsyncGenerator<Sent: Default>>,
{
    fn is_terminated(&self) -> bool {
        self.state() == State::Finished
    }
}
