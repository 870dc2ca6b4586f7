//! The frame: the way of a value out of a body. All `unsafe` code of this crate is in this file and in `frame/chain.rs`.
//!
//! A machine polls its body with a waker of its own, whose data pointer is a [`Frame`] on the stack of that poll. A yield
//! finds the frame through the waker, leaves its value there, and is pending once. No pointer outlives the poll, so
//! nothing refers to itself, and nothing is shared.
//!
//! # Why it is sound
//!
//! A yield casts the data pointer of the waker that it is polled with to `Frame<P>`, and so do the awaits and the regions
//! of a body. That is right if the waker was made by [`poll`], during this very poll, for the same `P`:
//!
//! 1. *It was made by `poll`.* The vtable is compared before the pointer is used. A clone of our waker has another vtable
//!    (it is a clone of the consumer's waker), and other code cannot make a waker with ours: a [`Waker`] is made of a
//!    vtable by unsafe code only. So a waker with this vtable is the one on the stack of a running `poll`.
//! 2. *It was made for the same `P`.* These futures are made by a [`Body`] only, and only the macro has a `Body`: its
//!    constructor is unsafe, and hygiene keeps other code from naming the variable that holds it. The macro lowers a body
//!    in its last step, and passes lowered code with that variable to no other macro, which could move it. A macro that is
//!    given an operand receives the name of a `macro_rules!` that is defined in the body and contains the lowered code.
//!    The expansion of such a name is still awaited in the body itself, not in a closure, an async block or an item
//!    inside it: there the unreachable `break` in the argument of `suspend`, `receive` or `here` does not compile (E0767). The async
//!    block of a region is made by the macro, passed to a method of the same `Body`, and the resulting future is awaited
//!    on the spot, so the block belongs to the body. It has a label of its own for its yields. So these futures are polled
//!    by their body, and the body is polled by the machine that [`Body::generator`] built around it, for the `P` of the
//!    same `Body`.
//! 3. *It was made during this poll.* The body passes on the context that it was polled with. A future that is awaited in
//!    the tokens of another macro is polled with that context, and may replace it (`*cx = Context::from_waker(..)`), but
//!    only by a waker that lives as long as any lifetime `'_`, thus by a `'static` one. Ours is not `'static`, see 1.
//!    The other awaits pass on the consumer's context, not ours.
//!
//! 4. *A place is used during its poll.* `put` writes through a [`Place`], a pointer to the frame that an earlier future
//!    of the body found. So no path may lead from a suspension that does not assign a new place to a `put` of the old
//!    one. All suspension points that the macro sees assign: each yield, await, region and loop over a stream evaluates
//!    to a new place. The others are hidden in the tokens of other macros, and in the items that attribute macros may
//!    expand to statements. `gen-macros/src/body/lower/place.rs` has the rule for these, which is conservative: a yield in
//!    a statement that contains such a macro finds a place of its own, and the next statement with a yield, in that
//!    block or in a block inside, begins with a new place. The end of a scope suspends no body: Rust has no async drop
//!    (with the incomplete nightly feature `async_drop` it has, and this does not hold).
//!
//! The frame is accessed field by field through one raw pointer, never as a `&mut Frame`: while a future in the body is
//! polled, other threads may read `waker` through the `&Waker` that the future was given. They do not read `context`,
//! which that future may replace.

pub(crate) mod chain;

use core::future::Future;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use self::chain::{Link, Node};
use crate::fallible::Fallible as _;
use crate::landing::{Landing as _, Waiting};
use crate::links::Links as _;
use crate::position::At;
use crate::protocol::{Delegates, Item, Protocol};

/// The data that a machine and its body share during one poll.
///
/// `repr(C)`, so that a pointer to any frame is a pointer to its `waker`: the functions of the vtable do not depend on `P`.
#[repr(C)]
pub(crate) struct Frame<'a, P: Protocol> {
    /// The waker of the consumer's executor.
    waker: &'a Waker,
    /// The context of that waker, for the awaits of the body.
    context: *mut Context<'a>,
    /// The item that the body yielded during this poll.
    pub(crate) item: Option<Item<P>>,
    /// The value that the consumer sent, until the waiting yield takes it.
    pub(crate) sent: Option<P::Sent>,
    /// The interrupt, until a region takes it.
    pub(crate) landing: P::Landing,
    /// The node that the body awaits.
    pub(crate) link: P::Link,
    /// Where the body is suspended.
    pub(crate) at: At,
}

impl<'a, P: Protocol> Frame<'a, P> {
    /// Makes a frame for one poll.
    #[inline]
    pub(crate) fn new(cx: &'a mut Context<'_>, sent: Option<P::Sent>, landing: P::Landing) -> Self {
        Frame {
            waker: cx.waker(),
            context: ptr::from_mut(cx).cast(),
            item: None,
            sent,
            landing,
            link: P::Link::NONE,
            at: At::NONE,
        }
    }
}

/// Polls `body` with `frame`.
#[inline]
pub(crate) fn poll<P, F>(body: Pin<&mut F>, frame: &mut Frame<'_, P>) -> Poll<F::Output>
where
    P: Protocol,
    F: Future,
{
    let data = ptr::from_mut(frame).cast_const().cast();
    // SAFETY: The functions of `VTABLE` require that `data` points to a live frame. This waker is never dropped, and is
    // lent to the poll below only, during which `frame` is borrowed. A clone of it does not point to the frame. `Waker`
    // is `Send + Sync`: the functions only use the frame's `&Waker`, which is `Send + Sync` too, and that field is not
    // written.
    let waker = ManuallyDrop::new(unsafe { Waker::new(data, &VTABLE) });
    body.poll(&mut Context::from_waker(&waker))
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake_by_ref, wake_by_ref, drop);

/// # Safety
///
/// `data` must point to a live [`Frame`], which `'a` does not outlive.
unsafe fn real_waker<'a>(data: *const ()) -> &'a Waker {
    // SAFETY: `waker` is the first field of a `repr(C)` struct and has the same type in every frame. It is not written
    // while the frame lives.
    unsafe { *data.cast::<&Waker>() }
}

/// # Safety
///
/// As for [`real_waker`].
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: The caller upholds the same requirement.
    let clone = ManuallyDrop::new(unsafe { real_waker(data) }.clone());
    RawWaker::new(clone.data(), clone.vtable())
}

/// # Safety
///
/// As for [`real_waker`].
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: The caller upholds the same requirement.
    unsafe { real_waker(data) }.wake_by_ref();
}

/// Does nothing: the frame is borrowed.
unsafe fn drop(_data: *const ()) {}

/// Returns the frame of the poll that `cx` belongs to, if its waker is ours.
///
/// If a future of a [`Body<P>`](Body) calls this, the frame has the types of `P`, for the reasons at the head of this file.
/// It is alive as long as the poll that `cx` was lent to.
#[inline]
fn frame<P: Protocol>(cx: &Context<'_>) -> Option<*mut Frame<'static, P>> {
    let waker = cx.waker();
    ptr::eq(waker.vtable(), &raw const VTABLE).then(|| waker.data().cast_mut().cast())
}

/// The right to yield to a machine of protocol `P`. The macro makes one for each body.
///
/// All its methods are safe, so that no token of a user is in an `unsafe` block.
pub struct Body<P>(PhantomData<fn(P) -> P>);

impl<P> Clone for Body<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Body<P> {}

impl<P: Protocol> Body<P> {
    /// Makes the right to yield. The name is unusual, so that no other crate called `gen_runtime` has an unsafe function
    /// of this name, which generated code would call.
    ///
    /// # Safety
    ///
    /// The value must be used in one future only, which is passed to its own [`generator`](Body::generator). Each future
    /// that its methods return must be awaited at once, in that future itself or in one that is passed to a region of this
    /// `Body` there, and not in any other future inside. A [`Place`] must be used before the body is suspended again.
    #[inline]
    #[must_use]
    pub const unsafe fn lowered_by_async_gen() -> Self {
        Body(PhantomData)
    }

    /// Finds the place for yielded values in the frame of the current poll.
    #[inline]
    pub const fn enter(self) -> Enter<P> {
        Enter(self)
    }

    /// Leaves a value in the frame, or drops it if an interrupt lands at this yield. [`suspend`](Body::suspend) or
    /// [`receive`](Body::receive) follows.
    #[inline]
    pub fn put(self, value: P::Yield, place: Place<P>) {
        self.put_item(Item::<P>::from_result(Ok(value)), place);
    }

    /// Leaves an item in the frame: in a body that throws it may be an error, and the body continues after it.
    #[inline]
    pub fn put_item(self, item: Item<P>, place: Place<P>) {
        let Place(frame) = place;
        // SAFETY: The place is that of the current poll, see 4 at the head of this file, so the frame is alive and has
        // the types of `P`. No other code has references to its fields: the body does one thing at a time.
        if unsafe { &(*frame).landing }.is_due() {
            core::mem::drop(item);
        } else {
            // SAFETY: As above.
            unsafe { (*frame).item = Some(item) };
        }
    }

    /// Suspends the body at a yield. Is pending once, and evaluates to the place in the frame of the next poll. The argument
    /// `scope` contains the unreachable `break` that compiles in the body only.
    #[inline]
    #[cfg_attr(feature = "locations", track_caller)]
    pub const fn suspend(self, scope: ()) -> Suspend<P> {
        let () = scope;
        let (body, at) = (self, At::caller());
        Suspend { body, at }
    }

    /// Suspends the body at a yield that is sent a value. Evaluates to that value, and the place in the frame of the next
    /// poll. `scope` is as for [`suspend`](Body::suspend).
    #[inline]
    #[cfg_attr(feature = "locations", track_caller)]
    pub const fn receive(self, scope: ()) -> Receive<P> {
        let () = scope;
        let (body, at) = (self, At::caller());
        Receive { body, at }
    }

    /// Returns the same right, for code that another macro may move: `scope` is as for [`suspend`](Body::suspend).
    #[inline]
    #[must_use]
    pub const fn here(self, scope: ()) -> Self {
        let () = scope;
        self
    }

    /// Pins an argument of the body where the body keeps it, for a loop.
    #[inline]
    #[expect(clippy::unused_self, reason = "the value is the right to call this")]
    pub(crate) fn pinned_argument<T>(self, argument: &mut Option<T>) -> Pin<&mut Option<T>> {
        // SAFETY: The macro passes a variable that the body captured, once, under a name that no other code can
        // say. So the variable is a part of the body, and stays where it is until it is dropped with the body or
        // replaced in place. The body is pinned, since this is called while it is polled.
        unsafe { Pin::new_unchecked(argument) }
    }

    /// Accesses the interrupts in the frame of this poll, for a region.
    ///
    /// # Panics
    ///
    /// If the waker of `cx` is not ours.
    #[inline]
    #[expect(clippy::unused_self, reason = "the value is the right to call this")]
    pub(crate) fn landing<T>(
        self,
        cx: &Context<'_>,
        access: impl FnOnce(&mut P::Landing) -> T,
    ) -> T {
        let Place(frame) = Place::<P>::of(cx);
        // SAFETY: `frame` points to the frame of this poll, see `frame`. The futures of the body access the field one at
        // a time: `access` is code of `region` that polls nothing.
        access(unsafe { &mut (*frame).landing })
    }
}

impl<P: Protocol> Body<Delegates<P>> {
    /// Leaves a node in the frame, which the body awaits at `at`. Its generator receives the interrupt and the value in the
    /// frame.
    ///
    /// # Panics
    ///
    /// If the waker of `cx` is not ours.
    #[inline]
    pub(crate) fn register(
        self,
        cx: &Context<'_>,
        node: Pin<&mut (dyn Node<Item<P>, P::Sent, P::Error> + '_)>,
        at: At,
    ) {
        let place = Place::<Delegates<P>>::of(cx);
        place.suspended(at);
        let Place(frame) = place;
        // SAFETY: As in `landing`.
        unsafe { (*frame).link = Link::to(node) };
        self.landing(cx, Waiting::pass_on);
    }
}

/// The place for yielded values in the frame of a poll. Valid during that poll only.
pub struct Place<P: Protocol>(*mut Frame<'static, P>);

impl<P: Protocol> Clone for Place<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P: Protocol> Copy for Place<P> {}

impl<P: Protocol> Place<P> {
    /// Returns the place in the frame of the poll that `cx` belongs to.
    ///
    /// # Panics
    ///
    /// If the waker of `cx` is not ours.
    #[inline]
    pub(crate) fn of(cx: &Context<'_>) -> Self {
        Place(frame(cx).unwrap_or_else(|| foreign_waker()))
    }

    /// Takes the value that was sent, if the body continues at a yield.
    #[inline]
    fn take_sent(self) -> Option<P::Sent> {
        let Place(frame) = self;
        // SAFETY: The place is that of this poll, see `frame`. No other code has references to its fields: the body
        // polls one of its futures at a time.
        let (landing, item) = unsafe { (&(*frame).landing, &(*frame).item) };
        if landing.is_due() || item.is_some() {
            return None;
        }
        // SAFETY: As above.
        unsafe { &mut (*frame).sent }.take()
    }

    /// Notes where the body is suspended. The place is that of the poll in which the body is about to be pending.
    #[inline]
    pub(crate) fn suspended(self, at: At) {
        let Place(frame) = self;
        // SAFETY: As in `take_sent`.
        unsafe { (*frame).at = at };
    }
}

/// Finds the place of the current poll. Ready at once.
#[must_use = "futures do nothing unless polled"]
pub struct Enter<P>(Body<P>);

impl<P: Protocol> Future for Enter<P> {
    type Output = Place<P>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Place<P>> {
        Poll::Ready(Place::of(cx))
    }
}

/// A yield whose value is in the frame.
#[must_use = "futures do nothing unless polled"]
pub struct Suspend<P> {
    #[expect(dead_code, reason = "the right to be made")]
    body: Body<P>,
    at: At,
}

impl<P: Protocol> Future for Suspend<P> {
    type Output = Place<P>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Place<P>> {
        poll_sent::<P>(cx, self.at).map(|(_, place)| place)
    }
}

/// A yield whose value is in the frame, and that is sent one.
#[must_use = "futures do nothing unless polled"]
pub struct Receive<P> {
    #[expect(dead_code, reason = "as above")]
    body: Body<P>,
    at: At,
}

impl<P: Protocol> Future for Receive<P> {
    type Output = (P::Sent, Place<P>);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        poll_sent(cx, self.at)
    }
}

/// Polls a yield. Pending in the poll in which the value was yielded, and if an interrupt lands.
#[inline]
fn poll_sent<P: Protocol>(cx: &Context<'_>, at: At) -> Poll<(P::Sent, Place<P>)> {
    let place = Place::of(cx);
    if let Some(value) = place.take_sent() {
        return Poll::Ready((value, place));
    }
    place.suspended(at);
    Poll::Pending
}

#[cold]
fn foreign_waker() -> ! {
    panic!("a future that was awaited in a macro replaced the context of the generator's body")
}

/// Returns the context of the consumer's executor, for an await of the body, and the place of this poll. The context is
/// `None` if an interrupt lands there.
#[inline]
#[expect(
    clippy::mut_from_ref,
    reason = "it is borrowed from the frame, not from `cx`"
)]
pub(crate) fn consumer_context<'c, P: Protocol>(
    cx: &'c Context<'_>,
) -> (Option<&'c mut Context<'c>>, Place<P>) {
    let Place(frame) = Place::<P>::of(cx);
    // SAFETY: As in `take_sent`.
    if unsafe { &(*frame).landing }.is_due() {
        return (None, Place(frame));
    }
    // SAFETY: As in `take_sent`. The context was lent to `Frame::new` for longer than the frame lives. There is one
    // reference to it at a time: `poll` and the frame's waker do not use it, and only awaits of this body read the
    // field. The body itself polls these, see 2 at the head of this file, so none of them does while the awaited future
    // is polled.
    let context = unsafe { &mut *(*frame).context.cast() };
    (Some(context), Place(frame))
}
