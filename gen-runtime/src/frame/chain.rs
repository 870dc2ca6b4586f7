//! The chain: the generators that run in place of a body.
//!
//! A `yield_from!` is a future that owns an inner generator. It is a [`Node`], and leaves a pointer to itself in the
//! frame of its body. The machine that the consumer polls, the *root*, keeps the pointer to the innermost node, and
//! polls that one directly: an item costs the same at any depth. Each node knows its parent, the node of the generator
//! whose body contains it; the parent of the outermost node is the root itself. When the innermost generator ends, its
//! outcome stays in its node, and the root polls the body around it.
//!
//! # Why it is sound
//!
//! A [`Link`] is a raw pointer to a node. It is dereferenced here only, and only through the chain of a root. So a node
//! must be alive, and not borrowed, as long as it is in the chain of a root that is polled or dropped:
//!
//! 1. *It does not move.* A node registers itself while it is polled, so it is pinned.
//! 2. *It is not dropped.* A node is a part of the body that awaits it: the macro awaits it on the spot, in the body
//!    itself. A part of a body is dropped when that body is polled, or dropped. While a node is in the chain, the root
//!    polls the innermost generator only, and no body above it. It polls the next body outward after it took the node
//!    of the one that ended out of the chain. No other code polls or drops these bodies: the root owns the first one, and
//!    each node owns the next one, or borrows it mutably, since `pointer.rs` makes generators of references and boxes
//!    only. An `OnDrop` is no exception: it lends the contents of its box, and when it is dropped, it passes the box on,
//!    whose contents stay where they are, as those of a reference do. A generator in a context, of `context.rs`, is in no
//!    chain around it, but is the root of its own. If the root is dropped, its chain is dropped before its body, because
//!    of the order of the fields. The same holds for the part of a chain that a node keeps for a generator inside it: it
//!    is forgotten when the node is polled, and dropped before the generator.
//! 3. *Its borrows have not ended.* A chain of a root that is leaked is never used again. A chain that is dropped uses
//!    its nodes, and these may contain borrows: [`Chain`] implements `Drop` and has the type of the body as a
//!    parameter, so the compiler requires that all borrows in the body are still valid then.
//! 4. *The types are right.* A node registers in a frame of its own body, for the types of that body. The type of a node
//!    is erased together with its lifetime, which the previous points replace.
//! 5. *Threads.* A link is `Send` and `Sync`, but a root is only if its body is. The body contains the first node, and that
//!    one contains the next body, or a mutable reference or a box of it, which are `Send` or `Sync` only if it is. And
//!    so on: all of them are.

use core::marker::PhantomData;
use core::mem;
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use crate::position::Position;
use crate::request::{Interrupt, Request};
use crate::state::State;

/// An interrupt, and the place of a generator in a chain, in a poll.
pub struct Signal<I, S, E> {
    /// An error that was thrown, until it lands.
    pub(crate) thrown: Option<E>,
    /// Whether the generator runs in place of another one.
    pub(crate) is_linked: bool,
    /// If so, and if it delegates: the link to the node that its body awaits.
    pub(crate) link: Link<I, S, E>,
}

impl<I, S, E> Signal<I, S, E> {
    #[inline]
    pub(crate) const fn new(thrown: Option<E>, is_linked: bool) -> Self {
        Signal {
            thrown,
            is_linked,
            link: Link::NONE,
        }
    }
}

/// A future that runs a generator in place of its body.
///
/// Its polls are pending, and leave a link, if the generator delegates further. They are ready with `None` if it has
/// ended. The outcome stays in the node, for the body.
pub(crate) trait Node<I, S, E> {
    /// Runs the generator to its next yield.
    fn resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<S>,
        signal: &mut Signal<I, S, E>,
    ) -> Poll<Option<I>>;

    /// Makes the generator leave the place where it is suspended. The interrupt has not landed.
    fn interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Interrupt<E>,
        link: &mut Link<I, S, E>,
    ) -> Poll<Option<I>>;

    /// Prepares for the first poll in a chain. If the generator waits for a value, and there is none in `request`, adds it.
    fn prepare(self: Pin<&mut Self>, request: &mut Request<S>);

    /// Returns the data of the chain in the node.
    fn hook(self: Pin<&mut Self>) -> &mut Hook<I, S, E>;

    /// Returns the state of the generator. Only for the innermost node.
    fn state(&self) -> State;

    /// Passes the position of the generator, and of those that run in its place if it is a root.
    fn positions(&self, visit: &mut dyn FnMut(Position));

    /// Returns the node of the generator whose body awaits this one.
    fn parent(&self) -> Link<I, S, E>;

    /// Sets the state of the generator, which is not in a chain any more.
    fn leave(self: Pin<&mut Self>, state: State);
}

/// The data of a chain in each node.
pub(crate) struct Hook<I, S, E> {
    place: Place<I, S, E>,
    /// Whether the generator is dropped with the node.
    is_owned: bool,
    /// Whether the node has been in a chain.
    was_linked: bool,
}

/// The place of a node in its chain.
enum Place<I, S, E> {
    /// The node of the generator whose body awaits this one; none if that is the root.
    Below(Link<I, S, E>),
    /// The outermost node of a chain whose root was dropped. The link is to the innermost one.
    Outermost(Link<I, S, E>),
}

impl<I, S, E> Hook<I, S, E> {
    pub(crate) const fn new() -> Self {
        Hook {
            place: Place::Below(Link::NONE),
            is_owned: true,
            was_linked: false,
        }
    }

    /// Notes that the node is in a chain. Returns whether it has been in one before.
    pub(crate) const fn link(&mut self, is_owned: bool) -> bool {
        self.is_owned = is_owned;
        mem::replace(&mut self.was_linked, true)
    }

    /// Returns the node of the generator whose body awaits this one.
    pub(crate) const fn parent(&self) -> Link<I, S, E> {
        match self.place {
            Place::Below(parent) => parent,
            Place::Outermost(_) => Link::NONE,
        }
    }

    /// Takes the chain whose outermost node this is.
    #[inline]
    pub(crate) const fn take_chain(&mut self) -> Link<I, S, E> {
        match mem::replace(&mut self.place, Place::Below(Link::NONE)) {
            Place::Below(_) => Link::NONE,
            Place::Outermost(innermost) => innermost,
        }
    }
}

/// A pointer to a node, or none.
pub struct Link<I, S, E>(Option<NonNull<dyn Node<I, S, E>>>);

impl<I, S, E> Clone for Link<I, S, E> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, S, E> Copy for Link<I, S, E> {}

// SAFETY: See 5 at the head of this file.
unsafe impl<I, S, E> Send for Link<I, S, E> {}
// SAFETY: As above. Through a shared chain, a node is only shared.
unsafe impl<I, S, E> Sync for Link<I, S, E> {}
impl<I, S, E> UnwindSafe for Link<I, S, E> {}
impl<I, S, E> RefUnwindSafe for Link<I, S, E> {}

impl<I, S, E> Link<I, S, E> {
    pub(crate) const NONE: Self = Link(None);

    /// Makes a link to a node, which is polled.
    #[inline]
    pub(super) fn to<'n>(node: Pin<&mut (dyn Node<I, S, E> + 'n)>) -> Self {
        // SAFETY: The node is not moved: a link only lends it, pinned.
        let node: NonNull<dyn Node<I, S, E> + 'n> = unsafe { node.get_unchecked_mut() }.into();
        // SAFETY: The two types differ in a lifetime only, and so their values have the same representation. That the
        // node lives long enough is argued at the head of this file.
        let node = unsafe {
            mem::transmute::<NonNull<dyn Node<I, S, E> + 'n>, NonNull<dyn Node<I, S, E>>>(node)
        };
        Link(Some(node))
    }

    pub(crate) const fn is_some(self) -> bool {
        self.0.is_some()
    }

    /// Ends the chain whose innermost node this is. The root, or the outermost node, is dropped, and does not borrow any
    /// node here.
    #[inline]
    pub(crate) fn end_chain(self) {
        if self.is_some() {
            end(self);
        }
    }

    /// Lends the node.
    ///
    /// # Safety
    ///
    /// The link must be in the chain of a root, which `'a` does not outlive, and the node must not be lent already.
    #[inline]
    unsafe fn node<'a>(self) -> Option<Pin<&'a mut (dyn Node<I, S, E> + 'a)>> {
        // SAFETY: The caller upholds that the node is in a chain: it is alive, pinned, and not borrowed.
        self.0
            .map(|mut node| unsafe { Pin::new_unchecked(node.as_mut()) })
    }
}

/// The chain of a root whose body is an `F`.
pub struct Chain<F, I, S, E> {
    innermost: Link<I, S, E>,
    body: PhantomData<fn() -> F>,
}

impl<F, I, S, E> Chain<F, I, S, E> {
    pub(crate) const fn new() -> Self {
        Chain {
            innermost: Link::NONE,
            body: PhantomData,
        }
    }

    /// Returns whether another generator runs in place of the body.
    #[inline]
    pub(crate) const fn is_linked(&self) -> bool {
        self.innermost.is_some()
    }

    /// Returns the state of the innermost generator.
    pub(crate) fn state(&self) -> Option<State> {
        // SAFETY: The node is in the chain, and is not lent: that needs a mutable chain. It is only shared here, and the
        // chain is shared with other threads only if the body is, see 5.
        let node = self.innermost.0.map(|node| unsafe { node.as_ref() });
        node.map(Node::state)
    }

    /// Passes the positions of the generators, from the innermost one outward.
    pub(crate) fn positions(&self, visit: &mut dyn FnMut(Position)) {
        let mut next = self.innermost;
        // SAFETY: As in `state`. The parents of a node are in the chain as long as it is, and no other code polls or drops
        // them. All of them are only shared here, though each contains the next one inward or refers to it.
        while let Some(node) = next.0.map(|node| unsafe { node.as_ref() }) {
            node.positions(visit);
            next = node.parent();
        }
    }

    /// Makes a node, which the innermost body has just left in its frame, the innermost one.
    pub(crate) fn push(&mut self, link: Link<I, S, E>, request: &mut Request<S>) {
        let parent = mem::replace(&mut self.innermost, link);
        // SAFETY: The node has registered itself in this poll of the root, and is in the chain now.
        if let Some(mut node) = unsafe { self.innermost.node() } {
            node.as_mut().hook().place = Place::Below(parent);
            node.prepare(request);
        }
    }

    /// Runs the innermost generators, until one is pending or yields, or the outermost one has ended.
    #[inline]
    pub(crate) fn run(
        &mut self,
        cx: &mut Context<'_>,
        request: &mut Request<S>,
        mut thrown: Option<&mut Option<E>>,
        closing: bool,
    ) -> Poll<Option<I>> {
        // SAFETY: The node is in the chain. It is lent for one iteration.
        while let Some(mut node) = unsafe { self.innermost.node() } {
            let mut signal = Signal::new(None, true);
            let error = thrown.as_mut().and_then(|thrown| thrown.take());
            let poll = if closing || error.is_some() {
                let mut interrupt = error.map_or(Interrupt::Close, Interrupt::Throw);
                let poll = node
                    .as_mut()
                    .interrupt(cx, &mut interrupt, &mut signal.link);
                if let Some(thrown) = &mut thrown {
                    **thrown = interrupt.take().thrown();
                }
                poll
            } else {
                node.as_mut().resume(cx, request, &mut signal)
            };
            match poll {
                Poll::Pending if signal.link.is_some() => self.push(signal.link, request),
                Poll::Ready(None) => self.innermost = node.hook().parent(),
                poll => return poll,
            }
        }
        Poll::Ready(None)
    }

    /// Forgets the chain: its nodes register again when the body is polled.
    pub(crate) const fn forget(&mut self) {
        self.innermost = Link::NONE;
    }

    /// Finishes all generators of the chain, since one of them panicked.
    pub(crate) fn finish(&mut self) {
        finish(mem::replace(&mut self.innermost, Link::NONE));
    }
}

impl<F, I, S, E> Drop for Chain<F, I, S, E> {
    #[inline]
    fn drop(&mut self) {
        mem::replace(&mut self.innermost, Link::NONE).end_chain();
    }
}

/// Ends a chain whose root, or outermost node, is dropped.
///
/// Finishes the generators that are dropped with it, from the innermost one outward, so that dropping a body does not
/// recurse. If one of them is only borrowed, it lives on, and so do the ones inside it. The node that its body awaits
/// keeps that part of the chain, for the same purpose.
#[cold]
fn end<I, S, E>(innermost: Link<I, S, E>) {
    let mut state = State::Finished;
    let [mut borrowed, mut child] = [Link::NONE; 2];
    let [mut inside, mut next] = [Link::NONE, innermost];
    // SAFETY: The link was in the chain.
    while let Some(mut node) = unsafe { next.node() } {
        if !inside.is_some() {
            state = node.state();
        }
        let hook = node.as_mut().hook();
        if !hook.is_owned {
            [borrowed, child] = [next, inside];
        }
        [inside, next] = [next, hook.parent()];
    }
    // SAFETY: As above. The link is used again when this node, which contains or borrows the nodes up to the innermost
    // one, is dropped. It is forgotten when this node is polled.
    if let Some(node) = unsafe { child.node() } {
        node.hook().place = Place::Outermost(innermost);
    }
    // SAFETY: As above. The nodes inside this one are not used from here on.
    match unsafe { borrowed.node() } {
        Some(mut node) => {
            let outer = node.as_mut().hook().parent();
            node.leave(state);
            finish(outer);
        }
        None => finish(innermost),
    }
}

/// Finishes the generators of a part of a chain, from the innermost one outward.
fn finish<I, S, E>(next: Link<I, S, E>) {
    Finishing(next).finish();
}

/// The part of a chain that is left to finish.
struct Finishing<I, S, E>(Link<I, S, E>);

impl<I, S, E> Finishing<I, S, E> {
    fn finish(&mut self) {
        // SAFETY: The link was in the chain. The nodes inside it are not used any more.
        while let Some(mut node) = unsafe { self.0.node() } {
            self.0 = node.as_mut().hook().parent();
            node.leave(State::Finished);
        }
    }
}

/// Goes on if a destructor panics, so that no drop recurses.
impl<I, S, E> Drop for Finishing<I, S, E> {
    fn drop(&mut self) {
        self.finish();
    }
}
