//! Generators and handles are streams.

use core::future::Future;
use core::ops::DerefMut;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::{FusedStream, Stream};

use crate::generator::AsyncGenerator;
use crate::handle::Handle;
use crate::machine::Machine;
use crate::protocol::{Output, Protocol};
use crate::request::Request;
use crate::state::State;

pub(crate) fn size_hint<G: AsyncGenerator + ?Sized>(generator: &G) -> (usize, Option<usize>) {
    match generator.state() {
        State::Finished => (0, Some(0)),
        _ => (0, None),
    }
}

/// Implements the traits of streams for a generator.
macro_rules! stream {
    (impl[$($param:ident),*] for $generator:ty where $($bounds:tt)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($param),*> $crate::Stream for $generator
        where
            $($bounds)*
        {
            type Item = <Self as $crate::AsyncGenerator>::Item;

            #[inline]
            fn poll_next(
                self: ::core::pin::Pin<&mut Self>,
                cx: &mut ::core::task::Context<'_>,
            ) -> ::core::task::Poll<Option<Self::Item>> {
                let mut request = $crate::request::Request::Next(Default::default());
                $crate::AsyncGenerator::poll_resume(self, cx, &mut request, None)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                $crate::stream::size_hint(self)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($param),*> $crate::FusedStream for $generator
        where
            $($bounds)*
        {
            fn is_terminated(&self) -> bool {
                $crate::AsyncGenerator::state(self) == $crate::State::Finished
            }
        }
    };
}
pub(crate) use stream;

stream! {
    impl[F, P] for Machine<F, P>
    where
        F: Future<Output = Output<P>>,
        P: Protocol<Sent: Default>,
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
