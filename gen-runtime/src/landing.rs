//! An interrupt, from the poll in which it arrives to the region that takes it.
//!
//! In a body with regions, the frame holds the interrupt while the body is polled. It lands at the first suspension
//! point that is reached: the future there stays pending, so the innermost region finds the interrupt after
//! polling its content, and takes it. If no region does, the machine takes it and ends the body.
//!
//! | | an interrupt is waiting | it is shielded |
//! |---|---|---|
//! | from | the start of the poll; or the end of a cleanup that passes it on | the first poll of a cleanup |
//! | until | a region or the machine takes it | the cleanup is ready |
//! | meanwhile, futures of the body | stay pending | continue |

/// The reason for which a body leaves its regions, from the innermost outward.
#[allow(
    unreachable_pub,
    reason = "rustc 1.85 does not see that `Protocol` exposes it"
)]
pub enum Raised<E> {
    /// An error that the consumer threw, or that the body raised.
    Error(E),
    Close,
    /// The error of a cleanup in a generator that is closing. It replaces the close, and no `attempt!` catches it.
    CloseFailed(E),
}

/// The part of a frame that deals with interrupts.
#[allow(
    unreachable_pub,
    reason = "rustc 1.85 does not see that `Protocol` exposes it"
)]
pub trait Landing<E> {
    /// Whether the body has regions.
    const REGIONS: bool;

    /// Makes the landing for one poll. In a generator that is closing, the close is waiting too: once it has landed,
    /// only cleanups run, and these are shielded.
    fn new(thrown: Option<E>, closing: bool) -> Self;

    /// Returns whether an interrupt lands at a suspension point that is reached now.
    fn is_due(&self) -> bool;

    /// Takes the waiting interrupt, unless it is shielded.
    fn take_due(&mut self) -> Option<Raised<E>>;

    /// Takes an error that was thrown and has not landed.
    fn take_thrown(&mut self) -> Option<E>;
}

/// For a body without regions: the machine ends it without polling it, so it never sees an interrupt.
impl<E> Landing<E> for () {
    const REGIONS: bool = false;

    #[inline]
    fn new(_: Option<E>, _: bool) {}

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

/// The landing of a body with regions.
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
    fn new(thrown: Option<E>, closing: bool) -> Self {
        let close = closing.then_some(Raised::Close);
        Waiting {
            raised: thrown.map(Raised::Error).or(close),
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
    /// Takes an error that was thrown, unless it is shielded.
    pub(crate) fn take_due_error(&mut self) -> Option<E> {
        if self.shielded {
            return None;
        }
        self.take_thrown()
    }

    /// Makes `raised` land at the future that calls this and stays pending.
    pub(crate) fn raise(&mut self, raised: Raised<E>) {
        self.raised = Some(raised);
    }

    /// Keeps the interrupt from landing in this body, for the generator that runs in its place.
    pub(crate) const fn pass_on(&mut self) {
        self.shielded = true;
    }

    /// Shields a cleanup that is about to be polled. Returns whether it is inside another one.
    pub(crate) const fn shield(&mut self) -> bool {
        core::mem::replace(&mut self.shielded, true)
    }

    /// Ends the shield of a cleanup that is ready. Returns whether its error replaces the close: if the generator is
    /// closing, and the cleanup is not inside another one.
    pub(crate) const fn unshield(&mut self, nested: bool) -> bool {
        self.shielded = nested;
        self.closing && !nested
    }
}
