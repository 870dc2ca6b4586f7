//! The states of a generator.

/// The state of a generator between two calls of its consumer.
///
/// | state | the body | left by |
/// |---|---|---|
/// | `Created` | has not begun | every call that is polled |
/// | `Suspended` | waits at a yield for a value | `next`, `send`, `throw`, `close` |
/// | `InFlight` | waits at an `.await`: a call was dropped while it was pending | `next`, `resume`, `throw`, `close` |
/// | `Closing` | waits at an `.await` of a `defer!`: a `close` was dropped while it was pending | `next`, `resume`, `close` |
/// | `Finished` | is dropped, with its locals and arguments | nothing |
///
/// A regular generator is never in flight, and never closing: each call ends before it returns.
///
/// A table of [`interrupts`](crate::guide::interrupts#states-and-operations) says what each call does in each state.
///
/// The future of a call borrows the handle, so the state cannot be read during a call.
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{State, async_gen, pin};
///
/// #[async_gen]
/// async fn one() -> u32 {
///     yield_!(1);
/// }
///
/// let mut numbers = pin!(one());
/// assert_eq!(numbers.state(), State::Created);
/// numbers.next().await;
/// assert_eq!(numbers.state(), State::Suspended);
/// numbers.next().await;
/// assert_eq!(numbers.state(), State::Finished);
/// # });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// No call has been polled: no code of the body has run.
    Created,
    /// The body is suspended at a yield.
    Suspended,
    /// A call was dropped while the body was suspended at an `.await`.
    InFlight,
    /// A `close` was dropped while a `defer!` of the body was suspended at an `.await`.
    Closing,
    /// The body has ended, failed, panicked, or was closed.
    Finished,
}

impl State {
    /// Checks that `resume` may be called.
    ///
    /// # Panics
    ///
    /// If it may not.
    #[inline]
    #[track_caller]
    pub(crate) fn check_resume(self) {
        assert!(
            self != State::Suspended,
            "`resume` called while a yield waits for a value; use `send` or `next`"
        );
    }

    /// Checks that `send` may be called.
    ///
    /// # Panics
    ///
    /// If it may not.
    #[inline]
    #[track_caller]
    pub(crate) fn check_send(self) {
        if self != State::Suspended {
            self.refuse_send();
        }
    }

    /// Panics if `send` may not be called: in a state other than `Suspended`.
    #[cold]
    #[track_caller]
    fn refuse_send(self) {
        match self {
            State::Created => {
                panic!("`send` called on a generator that was not started; use `resume` first")
            }
            State::InFlight => {
                panic!("`send` called while a call is in flight; use `resume` first")
            }
            State::Suspended | State::Closing | State::Finished => {}
        }
    }
}
