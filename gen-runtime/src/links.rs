//! Whether a body delegates: what its frame and its machine keep for that.

use core::task::{Context, Poll};

use crate::frame::chain::{Chain, Link};
use crate::position::Position;
use crate::request::Request;
use crate::state::State;

/// A pointer in the frame of a body: `()`, or a [`Link`] if the body delegates.
pub trait Links<I, S, E>: Copy {
    /// Whether the body delegates.
    const DELEGATES: bool;

    const NONE: Self;

    /// The chain of a machine whose body is an `F`.
    type Chain<F>: Chained<I, S, E> + Send;

    /// Returns the link to a node that the body awaits.
    fn registered(self) -> Option<Link<I, S, E>>;
}

/// The generators that run in place of a body.
pub trait Chained<I, S, E> {
    const EMPTY: Self;

    fn is_linked(&self) -> bool;

    /// See [`Chain::state`].
    fn state(&self) -> Option<State>;

    /// See [`Chain::positions`].
    fn positions(&self, visit: &mut dyn FnMut(Position));

    /// See [`Chain::push`].
    fn push(&mut self, link: Link<I, S, E>, request: &mut Request<S>);

    /// See [`Chain::run`].
    fn run(
        &mut self,
        cx: &mut Context<'_>,
        request: &mut Request<S>,
        thrown: Option<&mut Option<E>>,
        closing: bool,
    ) -> Poll<Option<I>>;

    /// See [`Chain::forget`].
    fn forget(&mut self);

    /// See [`Chain::finish`].
    fn finish(&mut self);
}

impl<I, S, E> Links<I, S, E> for () {
    const DELEGATES: bool = false;

    const NONE: Self = ();

    type Chain<F> = ();

    #[inline]
    fn registered(self) -> Option<Link<I, S, E>> {
        None
    }
}

impl<I, S, E> Chained<I, S, E> for () {
    const EMPTY: Self = ();

    #[inline]
    fn is_linked(&self) -> bool {
        false
    }

    #[inline]
    fn state(&self) -> Option<State> {
        None
    }

    #[inline]
    fn positions(&self, _: &mut dyn FnMut(Position)) {}

    #[inline]
    fn push(&mut self, _: Link<I, S, E>, _: &mut Request<S>) {}

    #[inline]
    fn run(
        &mut self,
        _: &mut Context<'_>,
        _: &mut Request<S>,
        _: Option<&mut Option<E>>,
        _: bool,
    ) -> Poll<Option<I>> {
        Poll::Ready(None)
    }

    #[inline]
    fn forget(&mut self) {}

    #[inline]
    fn finish(&mut self) {}
}

impl<I, S, E> Links<I, S, E> for Link<I, S, E> {
    const DELEGATES: bool = true;

    const NONE: Self = Link::NONE;

    type Chain<F> = Chain<F, I, S, E>;

    #[inline]
    fn registered(self) -> Option<Link<I, S, E>> {
        self.is_some().then_some(self)
    }
}

impl<F, I, S, E> Chained<I, S, E> for Chain<F, I, S, E> {
    const EMPTY: Self = Chain::new();

    #[inline]
    fn is_linked(&self) -> bool {
        Chain::is_linked(self)
    }

    fn state(&self) -> Option<State> {
        Chain::state(self)
    }

    fn positions(&self, visit: &mut dyn FnMut(Position)) {
        Chain::positions(self, visit);
    }

    fn push(&mut self, link: Link<I, S, E>, request: &mut Request<S>) {
        Chain::push(self, link, request);
    }

    #[inline]
    fn run(
        &mut self,
        cx: &mut Context<'_>,
        request: &mut Request<S>,
        thrown: Option<&mut Option<E>>,
        closing: bool,
    ) -> Poll<Option<I>> {
        Chain::run(self, cx, request, thrown, closing)
    }

    fn forget(&mut self) {
        Chain::forget(self);
    }

    fn finish(&mut self) {
        Chain::finish(self);
    }
}
