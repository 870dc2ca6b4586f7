//! Whether a body delegates: what its frame and its machine keep for that.

use core::task::Context;

use crate::frame::chain::{Chain, Link, Signal, Step};

/// A pointer in the frame of a body: `()`, or a [`Link`] if the body delegates.
pub trait Links<I, S, E>: Copy {
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

    /// See [`Chain::push`].
    fn push(&mut self, signal: &mut Signal<I, S, E>);

    /// See [`Chain::run`].
    fn run(&mut self, cx: &mut Context<'_>, signal: &mut Signal<I, S, E>) -> Step;

    /// See [`Chain::forget`].
    fn forget(&mut self);

    /// See [`Chain::finish`].
    fn finish(&mut self);
}

impl<I, S, E> Links<I, S, E> for () {
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
    fn push(&mut self, _: &mut Signal<I, S, E>) {}

    #[inline]
    fn run(&mut self, _: &mut Context<'_>, _: &mut Signal<I, S, E>) -> Step {
        Step::Returned
    }

    #[inline]
    fn forget(&mut self) {}

    #[inline]
    fn finish(&mut self) {}
}

impl<I, S, E> Links<I, S, E> for Link<I, S, E> {
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

    fn push(&mut self, signal: &mut Signal<I, S, E>) {
        Chain::push(self, signal);
    }

    #[inline]
    fn run(&mut self, cx: &mut Context<'_>, signal: &mut Signal<I, S, E>) -> Step {
        Chain::run(self, cx, signal)
    }

    fn forget(&mut self) {
        Chain::forget(self);
    }

    fn finish(&mut self) {
        Chain::finish(self);
    }
}
