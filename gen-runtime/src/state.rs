//! Where a generator stands.

/// Where a generator stands between two calls of its consumer.
///
/// | state | what the body does | left by |
/// |---|---|---|
/// | `Created` | has not begun | every call that is polled |
/// | `Suspended` | waits at a yield for a value | `next`, `send`, `throw`, `close` |
/// | `InFlight` | waits at an `.await`: the call that ran it was dropped halfway | `next`, `resume`, `throw`, `close` |
/// | `Closing` | waits at an `.await` of a `defer!`: a `close` was dropped halfway | `next`, `resume`, `close` |
/// | `Finished` | is gone, with its locals and arguments | nothing |
///
/// What each call does in each state stands in a table of [`interrupts`](crate::guide::interrupts).
///
/// While a call's future lives it borrows the handle, so nobody can ask for a state in between.
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
pub enum State {
    /// No call has been polled: no code of the body has run.
    Created,
    /// The body stands at a yield.
    Suspended,
    /// A call was dropped while the body stood at an `.await`.
    InFlight,
    /// A `close` was dropped while a `defer!` of the body stood at an `.await`.
    Closing,
    /// The body has ended, failed, panicked, or was closed.
    Finished,
}
