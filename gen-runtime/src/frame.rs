//! How a value gets out of a body: the frame, and all `unsafe` code of this crate.
//!
//! A machine polls its body with a waker of its own, whose data pointer is a [`Frame`] on the
//! stack of that poll. A yield finds the frame through the waker, leaves its value there, and is
//! pending once. No pointer outlives the poll, so nothing refers to itself and nothing is shared.
//!
//! # Why it is sound
//!
//! A yield casts the data pointer of the waker that it is polled with to `Frame<P>`, and so do the
//! awaits and the regions of a body. That is right if the waker was made by [`poll`], in this very
//! poll, for the same `P`:
//!
//! 1. *It was made by `poll`*: the vtable is compared before the pointer is used. No clone of our
//!    waker carries this vtable (a clone is a clone of the waker behind it), and nobody but us can
//!    make another one, since a [`Waker`] is made of a vtable only in unsafe code. Thus a waker
//!    with this vtable is the one on the stack of a running `poll`.
//! 2. *For the same types*: these futures come from a [`Body`] only, and nobody but the macro has
//!    one: its constructor is unsafe, and the variable that holds it is named so that no other code
//!    can say it. The macro lowers a body in its last step, and gives what it lowered
//!    with that variable to no other macro, which could move it: only the names of `macro_rules!` that
//!    stand in the body, and hold it. What such a name expands to is still awaited in the body
//!    itself, not in a closure, an async block or an item within: the unreachable `break` in its
//!    arguments, those of `frame` or of `here`, would not compile there (E0767). The async
//!    block of a region is one that the macro made, and passes to a method of the same `Body`, whose
//!    future is awaited on the spot: it belongs to the body, and has a label of its own for its
//!    yields. So what polls the future is the body, and what polls the body is the machine that
//!    [`Body::generator`] built around it, with the types of the same `Body`.
//! 3. *In this very poll*: the body hands on the context that it was polled with. A future that is awaited
//!    in another macro is given that one, and may replace it (`*cx = Context::from_waker(..)`), but
//!    only by a waker that lives as long as any lifetime `'_`, thus a `'static` one: ours is not, see 1.
//!    The other awaits hand on the consumer's context, and not ours.
//!
//! A yield finds the frame, and leaves its value there, in one poll: between the two the macro lets only
//! stand what cannot be suspended, plain expressions without a macro, a block, an item or an
//! attribute. All else is evaluated before.
//!
//! The frame is touched field by field through one raw pointer, never as a `&mut Frame`: while a
//! future in the body is polled, other threads may read `waker` through the `&Waker` it was given. They
//! do not read `context`, which that future may replace.

use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

use pin_project_lite::pin_project;

use crate::fallible::Fallible as _;
use crate::landing::Landing as _;
use crate::protocol::{Item, Protocol};

/// What the machine and its body share during one poll.
///
/// `repr(C)`, so that a pointer to any frame is a pointer to its `waker`: the vtable's functions
/// know nothing of `P`.
#[repr(C)]
pub(crate) struct Frame<'a, P: Protocol> {
    /// The waker that the consumer's executor gave.
    waker: &'a Waker,
    /// The context that it came in, for what the body awaits.
    context: *mut Context<'a>,
    /// What the body yielded in this poll.
    pub(crate) item: Option<Item<P>>,
    /// What the consumer sent, until the yield that waits takes it.
    sent: Option<P::Sent>,
    /// What is to interrupt the body, until a region takes it.
    pub(crate) landing: P::Landing,
}

impl<'a, P: Protocol> Frame<'a, P> {
    /// A frame for one poll.
    #[inline]
    pub(crate) fn new(cx: &'a mut Context<'_>, sent: Option<P::Sent>, landing: P::Landing) -> Self {
        Frame {
            waker: cx.waker(),
            context: ptr::from_mut(cx).cast(),
            item: None,
            sent,
            landing,
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
    // SAFETY: The functions of `VTABLE` ask that `data` points to a live frame. This waker is
    // dropped nowhere, and lent only to the poll below, during which `frame` is borrowed; a clone of it
    // does not point to the frame. `Waker` is `Send + Sync`: the functions do nothing but use the
    // frame's `&Waker`, which is so too, and nobody writes that field.
    let waker = ManuallyDrop::new(unsafe { Waker::new(data, &VTABLE) });
    body.poll(&mut Context::from_waker(&waker))
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake_by_ref, wake_by_ref, drop);

/// # Safety
///
/// `data` must point to a live [`Frame`], which `'a` does not outlive.
unsafe fn real_waker<'a>(data: *const ()) -> &'a Waker {
    // SAFETY: `waker` is the frame's first field, of the same type in every frame, and is not
    // written while the frame lives.
    unsafe { *data.cast::<&Waker>() }
}

/// # Safety
///
/// As for [`real_waker`].
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: The caller's promise is the one that is asked for.
    let clone = ManuallyDrop::new(unsafe { real_waker(data) }.clone());
    RawWaker::new(clone.data(), clone.vtable())
}

/// # Safety
///
/// As for [`real_waker`].
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: The caller's promise is the one that is asked for.
    unsafe { real_waker(data) }.wake_by_ref();
}

/// Nothing to do: the frame is borrowed.
unsafe fn drop(_data: *const ()) {}

/// The frame of the poll that `cx` belongs to, if it has one of ours.
///
/// Asked by a future of a [`Body<P>`](Body), it has the types of `P`, for the reasons given at the
/// head of this file. It is alive as long as the poll that `cx` was lent to.
#[inline]
fn frame<P: Protocol>(cx: &Context<'_>) -> Option<*mut Frame<'static, P>> {
    let waker = cx.waker();
    ptr::eq(waker.vtable(), &raw const VTABLE).then(|| waker.data().cast_mut().cast())
}

/// The right to yield to a machine of protocol `P`. The macro makes one for each body.
///
/// All its methods are safe, so that no token of a user stands in an `unsafe` block.
pub struct Body<P>(PhantomData<fn(P) -> P>);

impl<P> Clone for Body<P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for Body<P> {}

impl<P: Protocol> Body<P> {
    /// Its name is like no other: a crate that is called `gen_runtime` and is not this one must not have
    /// an unsafe function that the macro calls in its place.
    ///
    /// # Safety
    ///
    /// The value must be used in one place only: in a future that is passed to its own
    /// [`generator`](Body::generator) as it is. Each future that its methods make must be awaited at
    /// once, in that future itself or in one that is passed to a region of this `Body` there, and not
    /// in another one within. What [`frame`](Body::frame) gives must be used before the body is
    /// suspended again.
    #[inline]
    #[must_use]
    pub const unsafe fn lowered_by_async_gen() -> Self {
        Body(PhantomData)
    }

    /// Where `yield_!(value)` leaves its value. The argument `scope` is where the macro puts the
    /// unreachable `break` that compiles in the body only.
    #[inline]
    pub const fn frame(self, scope: ()) -> FindFrame<P> {
        let () = scope;
        FindFrame(self)
    }

    /// The same right, for what another macro may take elsewhere: `scope` is as for
    /// [`frame`](Body::frame).
    #[inline]
    #[must_use]
    pub const fn here(self, scope: ()) -> Self {
        let () = scope;
        self
    }

    /// `future.await`, polled with the real context.
    #[inline]
    pub fn wait<F: IntoFuture>(self, future: F) -> Await<P, F::IntoFuture> {
        Await {
            body: self,
            future: future.into_future(),
        }
    }

    /// Pins an argument of the body where the body keeps it, for a loop.
    #[inline]
    #[expect(clippy::unused_self, reason = "it is the right to do so")]
    pub(crate) fn pinned_argument<T>(self, argument: &mut Option<T>) -> Pin<&mut Option<T>> {
        // SAFETY: The macro passes a variable that the body captured, once, under a name that no other code can
        // say. So the variable is a part of the body, and stays where it is until it is dropped with the body or
        // replaced in place. The body is pinned, since this is called while it is polled.
        unsafe { Pin::new_unchecked(argument) }
    }

    /// What the frame of this poll knows of interrupts, for a region.
    ///
    /// # Panics
    ///
    /// Where `cx` does not lead to a frame.
    #[inline]
    #[expect(clippy::unused_self, reason = "it is the right to do so")]
    pub(crate) fn landing<T>(
        self,
        cx: &Context<'_>,
        access: impl FnOnce(&mut P::Landing) -> T,
    ) -> T {
        let frame = frame::<P>(cx).unwrap_or_else(|| foreign_waker());
        // SAFETY: `frame` points to the frame of this poll, see `frame`. The futures of the body use
        // the field one at a time: `access` is code of `region`, which polls nothing.
        access(unsafe { &mut (*frame).landing })
    }
}

/// Finds the frame of the poll that runs.
#[must_use = "futures do nothing unless polled"]
pub struct FindFrame<P>(Body<P>);

impl<P: Protocol> Future for FindFrame<P> {
    type Output = Place<P>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Place<P>> {
        match frame::<P>(cx) {
            Some(frame) => Poll::Ready(Place(frame)),
            None => foreign_waker(),
        }
    }
}

/// The place for a value in the frame of the poll that runs.
#[must_use = "it is for a value"]
pub struct Place<P: Protocol>(*mut Frame<'static, P>);

impl<P: Protocol> Place<P> {
    /// Leaves a value there, or drops it where an interrupt is to land.
    #[inline]
    pub fn yield_(self, value: P::Yield) -> Yield<P> {
        self.yield_item(Item::<P>::from_result(Ok(value)))
    }

    /// The same for an item: of a body that throws, it may be an error, and the body continues after it.
    #[inline]
    pub fn yield_item(self, item: Item<P>) -> Yield<P> {
        let Place(frame) = self;
        // SAFETY: The frame is that of the poll that runs, and has the types of `P`, see `frame`: nothing
        // that could suspend the body stands between that and this, see the head of this file. Nobody
        // else has its fields: the body does one thing at a time.
        if unsafe { &(*frame).landing }.is_due() {
            core::mem::drop(item);
        } else {
            // SAFETY: As above.
            unsafe { (*frame).item = Some(item) };
        }
        Yield(PhantomData)
    }
}

/// A yield, whose value is in the frame: pending once.
#[must_use = "futures do nothing unless polled"]
pub struct Yield<P>(PhantomData<fn(P) -> P>);

impl<P: Protocol> Future for Yield<P> {
    type Output = P::Sent;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<P::Sent> {
        let Some(frame) = frame::<P>(cx) else {
            foreign_waker();
        };
        // SAFETY: `frame` points to the frame of this poll, see `frame`. Nobody else has its fields:
        // the body polls one of its futures at a time.
        let (landing, item) = unsafe { (&(*frame).landing, &(*frame).item) };
        if landing.is_due() || item.is_some() {
            return Poll::Pending;
        }
        // SAFETY: As above.
        match unsafe { &mut (*frame).sent }.take() {
            Some(value) => Poll::Ready(value),
            None => Poll::Pending,
        }
    }
}

#[cold]
fn foreign_waker() -> ! {
    panic!("a future that was awaited in a macro replaced the context of the generator's body")
}

/// The context of the consumer's executor, for what a body awaits: none where an interrupt is to land
/// instead. `foreign` is for the context of a waker that is not ours.
#[inline]
pub(crate) fn consumer_context<'c, P: Protocol>(
    cx: &'c Context<'_>,
    foreign: &'c mut Option<Context<'c>>,
) -> Option<&'c mut Context<'c>> {
    let Some(frame) = frame::<P>(cx) else {
        // Not `cx`: a context whose address is not passed on vanishes where all is inlined.
        return Some(foreign.insert(Context::from_waker(cx.waker())));
    };
    // SAFETY: As in `Yield`.
    if unsafe { &(*frame).landing }.is_due() {
        return None;
    }
    // SAFETY: As in `Yield`. The context was lent to `poll` for longer than the frame lives, and is
    // lent on to one at a time: `poll` does not use it any more, the frame's waker never does,
    // and only awaits of this body read the field. The body itself polls those, see 2 at the head
    // of this file, so while the future below runs none of them does.
    Some(unsafe { &mut *(*frame).context.cast() })
}

pin_project! {
    /// An await: polls its future with the context of the consumer's executor.
    #[must_use = "futures do nothing unless polled"]
    pub struct Await<P, F> {
        body: Body<P>,
        #[pin]
        future: F,
    }
}

impl<P: Protocol, F: Future> Future for Await<P, F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        match consumer_context::<P>(cx, &mut None) {
            Some(cx) => self.project().future.poll(cx),
            None => Poll::Pending,
        }
    }
}
