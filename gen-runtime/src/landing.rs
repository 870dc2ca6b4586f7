//! Where an interrupt lands.
//!
//! In a body with regions an interrupt stands in the frame while the body is polled. It lands at the
//! first suspension point that is reached: that future stays pending, and so the innermost region
//! finds the interrupt still there after polling what it guards, and takes it. What no region takes
//! is left for the machine, which ends the body.
//!
//! | | waits | shielded |
//! |---|---|---|
//! | set by | the machine, before the poll; a cleanup, to pass on what it found | a cleanup, while it is polled and while it is pending |
//! | left by | the region or the machine that takes it | the cleanup that is ready |
//! | futures of the body | stay pending | go on |

use crate::interrupt::Interrupt;

/// What makes a body leave its regions, from the innermost outward.
#[allow(
    unreachable_pub,
    reason = "rustc 1.85 does not see that `Protocol` exposes it"
)]
pub enum Raised<E> {
    /// An error: thrown by the consumer, or the body's own.
    Error(E),
    Close,
    /// The error of a cleanup, in a generator that is closing. It has taken the place of the close,
    /// and nothing in the body takes it.
    CloseFailed(E),
}

impl<E> From<Interrupt<E>> for Raised<E> {
    fn from(interrupt: Interrupt<E>) -> Self {
        match interrupt {
            Interrupt::Throw(error) => Raised::Error(error),
            Interrupt::Close => Raised::Close,
        }
    }
}

/// What a frame knows of interrupts.
#[allow(
    unreachable_pub,
    reason = "rustc 1.85 does not see that `Protocol` exposes it"
)]
pub trait Landing<E> {
    /// Whether there are regions that could take one.
    const REGIONS: bool;

    /// For one poll. A close under way waits, too: nothing but cleanups runs once it has landed, and
    /// those are shielded.
    fn new(interrupt: Option<Interrupt<E>>, closing: bool) -> Self;

    /// Whether a suspension point that is reached stays pending.
    fn is_due(&self) -> bool;

    /// Takes what waits, unless it is shielded.
    fn take_due(&mut self) -> Option<Raised<E>>;

    /// Takes what was thrown and has not landed.
    fn take_thrown(&mut self) -> Option<E>;
}

/// Of a body without regions, which never sees an interrupt.
impl<E> Landing<E> for () {
    const REGIONS: bool = false;

    #[inline]
    fn new(_: Option<Interrupt<E>>, _: bool) {}

    #[inline]
    fn is_due(&self) -> bool {
        false
    }

    #[inline]
    fn take_due(&mut self) -> Option<Raised<E>> {
        None
    }

    #[inline]
    fn take_thrown(&mut self) -> Option<E> {
        None
    }
}

/// Of a body with regions.
pub struct Waiting<E> {
    raised: Option<Raised<E>>,
    /// Whether a cleanup is being polled, or is pending.
    shielded: bool,
    /// Whether `close` was polled.
    closing: bool,
}

impl<E> Landing<E> for Waiting<E> {
    const REGIONS: bool = true;

    #[inline]
    fn new(interrupt: Option<Interrupt<E>>, closing: bool) -> Self {
        let close = closing.then_some(Raised::Close);
        Waiting {
            raised: interrupt.map(Raised::from).or(close),
            shielded: false,
            closing,
        }
    }

    #[inline]
    fn is_due(&self) -> bool {
        self.raised.is_some() && !self.shielded
    }

    #[inline]
    fn take_due(&mut self) -> Option<Raised<E>> {
        if self.shielded {
            return None;
        }
        self.raised.take()
    }

    #[inline]
    fn take_thrown(&mut self) -> Option<E> {
        match self.raised.take() {
            Some(Raised::Error(error)) => Some(error),
            other => {
                self.raised = other;
                None
            }
        }
    }
}

impl<E> Waiting<E> {
    /// Takes what was thrown, unless it is shielded.
    pub(crate) fn take_due_error(&mut self) -> Option<E> {
        if self.shielded {
            return None;
        }
        self.take_thrown()
    }

    /// Makes a suspension point of whoever calls it, where `raised` lands.
    pub(crate) fn raise(&mut self, raised: Raised<E>) {
        self.raised = Some(raised);
    }

    /// Before a cleanup is polled. Gives whether this one stands in another.
    pub(crate) const fn shield(&mut self) -> bool {
        core::mem::replace(&mut self.shielded, true)
    }

    /// When a cleanup is ready. Gives whether its error ends the close: it is in no other cleanup,
    /// and the generator is closing.
    pub(crate) const fn unshield(&mut self, nested: bool) -> bool {
        self.shielded = nested;
        self.closing && !nested
    }
}
