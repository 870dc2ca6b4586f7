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
//!    of the one that ended out of the chain. Nobody else polls or drops these bodies: the root owns the first one; it
//!    owns the second one, or borrows it mutably, through the first node, and so on. If the root is dropped, its chain
//!    is dropped before its body, because of the order of the fields.
//! 3. *A borrow of it has not ended.* A chain of a root that is leaked is never used again. A chain that is dropped uses
//!    its nodes, and these may contain borrows: [`Chain`] implements `Drop` and has the type of the body as a
//!    parameter, so the compiler requires that all borrows in the body are still valid then.
//! 4. *No user's code runs in between.* The pointer to an inner generator may be a type of the user's, whose
//!    `DerefMut` may return another generator each time, and may drop the one before. It is dereferenced only when its
//!    node is the innermost one. Nodes behind it have been taken out of the chain by then.
//! 5. *The types are right.* A node registers in a frame of its own body, for the types of that body. The type of a node
//!    is erased together with its lifetime, which the previous points replace.
//! 6. *It is used on one thread.* A link is `Send` and `Sync`, but a root is only if its body is. The body contains
//!    the first node, that one contains the next body or a mutable reference to it, and so on. So all of them are.

use core::marker::PhantomData;
use core::mem;
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::Context;

use crate::landing::Raised;
use crate::state::State;

/// The values that a root exchanges with the innermost generator in one poll.
pub struct Signal<I, S, E> {
    /// The value for the yield that is waiting, until the generator takes it.
    pub(crate) sent: Option<S>,
    /// An error that was thrown, until it lands.
    pub(crate) thrown: Option<E>,
    /// Whether the root is closing.
    pub(crate) closing: bool,
    /// The item of [`Step::Yielded`].
    pub(crate) item: Option<I>,
    /// The reason of [`Step::Raised`].
    pub(crate) raised: Option<Raised<E>>,
    /// The node of [`Step::Delegated`].
    pub(crate) node: Link<I, S, E>,
}

impl<I, S, E> Signal<I, S, E> {
    #[inline]
    pub(crate) const fn new(sent: Option<S>, thrown: Option<E>, closing: bool) -> Self {
        Signal {
            sent,
            thrown,
            closing,
            item: None,
            raised: None,
            node: Link::NONE,
        }
    }

    /// Returns whether there is an interrupt.
    pub(crate) const fn interrupts(&self) -> bool {
        self.closing || self.thrown.is_some()
    }

    /// Makes the interrupt end a generator whose body never sees it.
    pub(crate) fn land(&mut self) -> Step {
        let thrown = self.thrown.take();
        self.raised = Some(thrown.map_or(Raised::Close, Raised::Error));
        Step::Raised
    }
}

/// The outcome of one poll of a generator in a chain.
#[derive(Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Step {
    Pending,
    Yielded,
    /// Its body awaits a node.
    Delegated,
    /// Ended, with a return value.
    Returned,
    /// Ended for another reason.
    Raised,
}

/// A future that runs a generator in place of its body.
pub(crate) trait Node<I, S, E> {
    /// Polls the generator. If it ended, keeps the outcome.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>, signal: &mut Signal<I, S, E>) -> Step;

    /// Prepares for the first poll after the node became the innermost one.
    fn link(self: Pin<&mut Self>, parent: Link<I, S, E>, signal: &mut Signal<I, S, E>);

    /// Returns the node of the generator whose body awaits this one.
    fn parent(&self) -> Link<I, S, E>;

    /// Returns whether the generator is dropped with this node.
    fn is_owned(&self) -> bool;

    /// Returns the state of the generator, if its node is the innermost one.
    fn state(&self) -> State;

    /// Leaves the generator in this state: the root does not run it any more.
    fn leave(self: Pin<&mut Self>, state: State);
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

// SAFETY: See 6 at the head of this file.
unsafe impl<I, S, E> Send for Link<I, S, E> {}
// SAFETY: A shared link cannot be dereferenced: all methods that do need a mutable chain.
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

    fn is(self, other: Self) -> bool {
        let address = |link: Self| link.0.map(NonNull::cast::<()>);
        address(self) == address(other)
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

    /// Makes the node that the innermost body awaits the innermost one.
    pub(crate) fn push(&mut self, signal: &mut Signal<I, S, E>) {
        let parent = mem::replace(&mut self.innermost, signal.node);
        // SAFETY: The node has registered itself in this poll of the root, and is in the chain now.
        if let Some(node) = unsafe { self.innermost.node() } {
            node.link(parent, signal);
        }
    }

    /// Polls the innermost generators, until one is pending or yields, or the outermost one has ended.
    #[inline]
    pub(crate) fn run(&mut self, cx: &mut Context<'_>, signal: &mut Signal<I, S, E>) -> Step {
        loop {
            // SAFETY: The node is in the chain. It is lent for this iteration.
            let Some(mut node) = (unsafe { self.innermost.node() }) else {
                return Step::Returned;
            };
            match node.as_mut().poll(cx, signal) {
                Step::Delegated => self.push(signal),
                Step::Returned | Step::Raised => self.innermost = node.parent(),
                step => return step,
            }
        }
    }

    /// Forgets the chain, for a machine that is itself polled by a root. The nodes register again.
    pub(crate) const fn forget(&mut self) {
        self.innermost = Link::NONE;
    }

    /// Finishes all generators of the chain, from the innermost one outward, since one of them panicked.
    pub(crate) fn finish(&mut self) {
        let mut next = mem::replace(&mut self.innermost, Link::NONE);
        // SAFETY: The link was in the chain. The nodes inside it are not used any more.
        while let Some(node) = unsafe { next.node() } {
            next = node.parent();
            node.leave(State::Finished);
        }
    }
}

/// Finishes the generators that are dropped with the root, from the innermost one outward, so that dropping the body does
/// not recurse. Those that are only borrowed, and the ones inside them, live on.
impl<F, I, S, E> Drop for Chain<F, I, S, E> {
    fn drop(&mut self) {
        let innermost = mem::replace(&mut self.innermost, Link::NONE);
        let mut state = State::Finished;
        let mut borrowed = Link::NONE;
        let mut next = innermost;
        // SAFETY: The link was in the chain. No code of the user's runs here but that of the innermost generator.
        while let Some(node) = unsafe { next.node() } {
            if next.is(innermost) {
                state = node.state();
            }
            if !node.is_owned() {
                borrowed = next;
            }
            next = node.parent();
        }
        let mut lives = borrowed.is_some();
        next = innermost;
        // SAFETY: As in `finish`.
        while let Some(node) = unsafe { next.node() } {
            let is_last = next.is(borrowed);
            next = node.parent();
            node.leave(if lives { state } else { State::Finished });
            lives &= !is_last;
        }
    }
}
