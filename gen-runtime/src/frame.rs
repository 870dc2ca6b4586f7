//! The frame: the way of a value out of a body. All `unsafe` code of this crate is in this file.
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
//!    inside it: there the unreachable `break` in the argument of `frame` or `here` does not compile (E0767). The async
//!    block of a region is made by the macro, passed to a method of the same `Body`, and the resulting future is awaited
//!    on the spot, so the block belongs to the body. It has a label of its own for its yields. So these futures are polled
//!    by their body, and the body is polled by the machine that [`Body::generator`] built around it, for the `P` of the
//!    same `Body`.
//! 3. *It was made during this poll.* The body passes on the context that it was polled with. A future that is awaited in
//!    the tokens of another macro is polled with that context, and may replace it (`*cx = Context::from_waker(..)`), but
//!    only by a waker that lives as long as any lifetime `'_`, thus by a `'static` one. Ours is not `'static`, see 1.
//!    The other awaits pass on the consumer's context, not ours.
//!
//! A yield finds the frame and leaves its value there during one poll: between the two steps the macro allows only code
//! that cannot be suspended, which is plain expressions without a macro, a block, an item or an attribute. All other code
//! is evaluated before.
//!
//! The frame is accessed field by field through one raw pointer, never as a `&mut Frame`: while a future in the body is
//! polled, other threads may read `waker` through the `&Waker` that the future was given. They do not read `context`,
//! which that future may replace.

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
    sent: Option<P::Sent>,
    /// The interrupt, until a region takes it.
    pub(crate) landing: P::Landing,
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
    /// `Body` there, and not in any other future inside. The output of [`frame`](Body::frame) must be used before the body
    /// is suspended again.
    #[inline]
    #[must_use]
    pub const unsafe fn lowered_by_async_gen() -> Self {
        Body(PhantomData)
    }

    /// Finds the place for the value of a yield. The argument `scope` contains the unreachable `break` that compiles in
    /// the body only.
    #[inline]
    pub const fn frame(self, scope: ()) -> FindFrame<P> {
        let () = scope;
        FindFrame(self)
    }

    /// Returns the same right, for code that another macro may move: `scope` is as for [`frame`](Body::frame).
    #[inline]
    #[must_use]
    pub const fn here(self, scope: ()) -> Self {
        let () = scope;
        self
    }

    /// Awaits a future, which is polled with the consumer's context.
    #[inline]
    pub fn wait<F: IntoFuture>(self, future: F) -> Await<P, F::IntoFuture> {
        Await {
            body: self,
            future: future.into_future(),
        }
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
        let frame = frame::<P>(cx).unwrap_or_else(|| foreign_waker());
        // SAFETY: `frame` points to the frame of this poll, see `frame`. The futures of the body access the field one at
        // a time: `access` is code of `region` that polls nothing.
        access(unsafe { &mut (*frame).landing })
    }
}

/// Finds the frame of the current poll.
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

/// The place for a value in the frame of the current poll.
#[must_use = "a value is to be left there"]
pub struct Place<P: Protocol>(*mut Frame<'static, P>);

impl<P: Protocol> Place<P> {
    /// Leaves a value there, or drops it if an interrupt lands at this yield.
    #[inline]
    pub fn yield_(self, value: P::Yield) -> Yield<P> {
        self.yield_item(Item::<P>::from_result(Ok(value)))
    }

    /// Leaves an item there: in a body that throws it may be an error, and the body continues after it.
    #[inline]
    pub fn yield_item(self, item: Item<P>) -> Yield<P> {
        let Place(frame) = self;
        // SAFETY: The frame is that of the current poll, and has the types of `P`, see `frame`: no code that could suspend
        // the body runs between `frame` and this, see the head of this file. No other code has references to its fields:
        // the body does one thing at a time.
        if unsafe { &(*frame).landing }.is_due() {
            core::mem::drop(item);
        } else {
            // SAFETY: As above.
            unsafe { (*frame).item = Some(item) };
        }
        Yield(PhantomData)
    }
}

/// A yield whose value is in the frame: pending once.
#[must_use = "futures do nothing unless polled"]
pub struct Yield<P>(PhantomData<fn(P) -> P>);

impl<P: Protocol> Future for Yield<P> {
    type Output = P::Sent;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<P::Sent> {
        let Some(frame) = frame::<P>(cx) else {
            foreign_waker();
        };
        // SAFETY: `frame` points to the frame of this poll, see `frame`. No other code has references to its fields: the
        // body polls one of its futures at a time.
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

/// Returns the context of the consumer's executor, for an await of the body, or `None` if an interrupt lands there.
/// `foreign` holds the context of a waker that is not ours.
#[inline]
pub(crate) fn consumer_context<'c, P: Protocol>(
    cx: &'c Context<'_>,
    foreign: &'c mut Option<Context<'c>>,
) -> Option<&'c mut Context<'c>> {
    let Some(frame) = frame::<P>(cx) else {
        // Build a fresh context instead of passing `cx` on, so that the optimizer can remove the frame's.
        return Some(foreign.insert(Context::from_waker(cx.waker())));
    };
    // SAFETY: As in `Yield`.
    if unsafe { &(*frame).landing }.is_due() {
        return None;
    }
    // SAFETY: As in `Yield`. The context was lent to `Frame::new` for longer than the frame lives. There is one reference
    // to it at a time: `poll` and the frame's waker do not use it, and only awaits of this body read the field. The
    // body itself polls these, see 2 at the head of this file, so none of them does while the awaited future is polled.
    Some(unsafe { &mut *(*frame).context.cast() })
}

pin_project! {
    /// An await. Polls its future with the context of the consumer's executor.
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
