//! Helpers that watch a generator: single polls, and values that record their use.

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::future::Future;
use std::panic::Location;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Wake, Waker};

/// Polls once, with a waker that does nothing.
pub fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_with(future, Waker::noop())
}

/// Polls once, with `waker`.
pub fn poll_with<F: Future + Unpin>(future: &mut F, waker: &Waker) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(waker))
}

/// Returns the output of a future that is ready at its first poll.
///
/// # Panics
///
/// Panics if it is pending.
#[track_caller]
pub fn ready<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future is pending"),
    }
}

/// Polls a future once, asserts that it is pending, and drops it.
///
/// # Panics
///
/// Panics if it is ready.
#[track_caller]
pub fn drop_half_way<F: Future>(future: F) {
    let poll = pin!(future).poll(&mut Context::from_waker(Waker::noop()));
    assert!(poll.is_pending(), "the future is ready");
}

/// A log of events, in order.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    /// Adds an event.
    pub fn push(&self, event: impl Display) {
        self.0.borrow_mut().push(event.to_string());
    }

    /// Takes all events since the last call, joined by spaces.
    #[must_use]
    pub fn take(&self) -> String {
        self.0.take().join(" ")
    }

    /// Returns a value that logs `-name` when it is dropped.
    #[must_use]
    pub fn guard(&self, name: &'static str) -> Guard {
        Guard {
            name,
            log: self.clone(),
        }
    }
}

/// Logs `-name` when it is dropped.
pub struct Guard {
    name: &'static str,
    log: Log,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.log.push(format_args!("-{}", self.name));
    }
}

/// A future that is pending until it is opened. Clones share one gate.
#[derive(Clone, Default)]
pub struct Gate(Rc<GateState>);

#[derive(Default)]
struct GateState {
    open: Cell<bool>,
    polls: Cell<usize>,
    waker: RefCell<Option<Waker>>,
}

impl Gate {
    /// Makes the future ready, and wakes the task that waits for it.
    pub fn open(&self) {
        self.0.open.set(true);
        if let Some(waker) = self.0.waker.take() {
            waker.wake();
        }
    }

    /// Makes the future pending again.
    pub fn shut(&self) {
        self.0.open.set(false);
    }

    /// Returns how often the future was polled.
    #[must_use]
    pub fn polls(&self) -> usize {
        self.0.polls.get()
    }

    /// Returns the waker of the last pending poll.
    #[must_use]
    pub fn waker(&self) -> Option<Waker> {
        self.0.waker.borrow().clone()
    }
}

impl Future for Gate {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.polls.set(self.0.polls.get() + 1);
        if self.0.open.get() {
            return Poll::Ready(());
        }
        *self.0.waker.borrow_mut() = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// Counts the wakes of a waker.
#[derive(Default)]
pub struct Wakes {
    wakes: AtomicUsize,
}

impl Wakes {
    /// Returns a waker and its counter.
    #[must_use]
    pub fn new() -> (Waker, Arc<Wakes>) {
        let wakes = Arc::new(Wakes::default());
        (Waker::from(wakes.clone()), wakes)
    }

    /// Returns how often the waker was woken.
    #[must_use]
    pub fn get(&self) -> usize {
        self.wakes.load(Ordering::Relaxed)
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wakes.fetch_add(1, Ordering::Relaxed);
    }
}

thread_local! {
    static CLONES: Cell<usize> = const { Cell::new(0) };
}

/// Returns a waker that only counts its clones on this thread, and a function that returns the
/// count.
#[must_use]
pub fn counts_clones() -> (Waker, fn() -> usize) {
    const VTABLE: RawWakerVTable = RawWakerVTable::new(
        |_| {
            CLONES.set(CLONES.get() + 1);
            RawWaker::new(std::ptr::null(), &VTABLE)
        },
        |_| (),
        |_| (),
        |_| (),
    );
    CLONES.set(0);
    // SAFETY: None of the functions uses the pointer, so any thread may call them.
    let waker = unsafe { Waker::new(std::ptr::null(), &VTABLE) };
    (waker, || CLONES.get())
}

/// Returns the message of the panic of `action`.
///
/// # Panics
///
/// Panics if `action` does not.
#[track_caller]
pub fn panic_message<T>(action: impl FnOnce() -> T) -> String {
    panic_of(action).0
}

thread_local! {
    static PANICKED_AT: Cell<u32> = const { Cell::new(0) };
}

/// Returns the message and the line of the panic of `action`.
///
/// # Panics
///
/// Panics if `action` does not.
#[track_caller]
pub fn panic_of<T>(action: impl FnOnce() -> T) -> (String, u32) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let old = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            PANICKED_AT.set(info.location().map_or(0, Location::line));
            old(info);
        }));
    });
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(action));
    let Err(payload) = result else {
        panic!("there was no panic");
    };
    let message = match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload
            .downcast_ref::<&str>()
            .map_or_else(String::new, |text| (*text).to_owned()),
    };
    (message, PANICKED_AT.get())
}

/// The generator of pseudo-random numbers `SplitMix64`, from a seed.
pub struct Random(pub u64);

impl Random {
    /// Returns a number below `limit`.
    ///
    /// # Panics
    ///
    /// Panics if `limit` is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// A function that only an `unsafe` block may call.
///
/// # Safety
///
/// It must not be called.
#[must_use]
#[expect(clippy::empty_loop, reason = "it is never called")]
pub unsafe fn danger<T>() -> T {
    loop {}
}

/// A constant function that only an `unsafe` block may call.
///
/// # Safety
///
/// It is always safe to call.
#[must_use]
pub const unsafe fn constant_danger() -> usize {
    1
}
