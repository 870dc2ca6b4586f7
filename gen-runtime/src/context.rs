//! Generators whose body is polled inside a context: a span, a task-local, a timer.

use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::frame::chain::{Link, Signal};
use crate::generator::{AsyncGenerator, Sealed};
use crate::position::Position;
use crate::request::{Interrupt, Request};
use crate::state::State;
use crate::stream::stream;
use crate::sync::generator::{Generator, Sealed as SealedRegular};

/// Wraps a generator so that `context` is called around each poll of its body.
///
/// The closure receives a function that polls the body. It calls that function exactly once, and returns the result, which
/// says how the poll ended. So it can enter a span, set a task-local, or measure time, for the code of the body and not for
/// that of the consumer:
///
/// ```
/// # use gen_runtime::{async_gen, in_context};
/// # #[async_gen]
/// # async fn rows() -> u32 { yield_!(1); }
/// let span = tracing::info_span!("rows");
/// let rows = in_context(rows(), move |poll| span.in_scope(poll));
/// ```
///
/// The result is a generator of the same kind and types, and the methods of its handle work as they do without the
/// context. The guide has [a page](crate::guide::context) with more examples, and with the return type of a function that
/// makes such a generator.
///
/// # When the closure is called
///
/// The closure is called around each poll that reaches the body. This includes the polls of `throw` and `close`, and the
/// cleanups that they run. These polls do not reach the body, and do not call the closure:
///
/// - any call of a finished generator;
/// - `throw` and `close` of one that is created;
/// - `send` to, and `throw` into, one that is closing.
///
/// A drop is not a poll. If the generator is dropped before its end, the destructors of the body run outside the context.
/// The closure is dropped with the generator, and after it.
///
/// # Delegation
///
/// A generator in a context may delegate, and be delegated to. The closure is also called around each poll of a generator
/// that runs in place of the body. At any depth of [`yield_from!`](crate::yield_from) an item costs the same, plus one
/// poll, one call of the closure and one stack frame for each context around it.
///
/// # Panics
///
/// A panic of the closure propagates to the consumer's call. The generator is then in the state in which the poll left it:
/// unchanged, if the closure did not poll the body. An item that the body yielded in this poll is dropped. The consumer's
/// call also panics
///
/// - if the closure calls its argument twice: the second call panics, and polls nothing;
/// - if the closure does not call its argument, and returns the [`Polled`] of an earlier call;
/// - if the closure catches a panic of the body, which has finished the generator, and returns the [`Polled`] of an
///   earlier call.
///
/// # Cancel safety
///
/// The context is not entered while a call is dropped, since a call can only be dropped between two polls.
///
/// # Examples
///
/// Counts the items, and the polls that they took:
///
/// ```
/// # futures::executor::block_on(async {
/// use gen_runtime::{async_gen, in_context, pin};
///
/// #[async_gen]
/// async fn two() -> u32 {
///     yield_!(1);
///     yield_!(2);
/// }
///
/// let (mut items, mut polls) = (0, 0);
/// {
///     let mut numbers = pin!(in_context(two(), |poll| {
///         let polled = poll();
///         polls += 1;
///         items += u32::from(polled.is_item());
///         polled
///     }));
///     while numbers.next().await.is_some() {}
/// }
/// assert_eq!((items, polls), (2, 3));
/// # });
/// ```
pub const fn in_context<G, C>(generator: G, context: C) -> InContext<G, C>
where
    G: AsyncGenerator,
    C: FnMut(&mut dyn FnMut() -> Polled) -> Polled,
{
    InContext {
        generator,
        context,
        returned: None,
    }
}

pin_project! {
    /// A generator whose body is polled inside a context: see [`in_context`].
    #[must_use = "a generator does nothing until a consumer asks it for items"]
    pub struct InContext<G: AsyncGenerator, C> {
        #[pin]
        generator: G,
        context: C,
        // Taken out of a body that ended before an error that was thrown had landed.
        returned: Option<G::Return>,
    }
}

/// The outcome of one poll of a body: see [`in_context`].
///
/// Values of this type come only from the function that the closure receives.
#[derive(Debug)]
#[must_use = "a closure of `in_context` returns it"]
pub struct Polled(Outcome);

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Pending,
    Item,
    End,
}

impl Polled {
    #[inline]
    const fn new<T>(poll: &Poll<T>, state: State) -> Self {
        Polled(match (poll, state) {
            (Poll::Pending, _) => Outcome::Pending,
            (Poll::Ready(_), State::Finished) => Outcome::End,
            (Poll::Ready(_), _) => Outcome::Item,
        })
    }

    /// Returns whether the body is suspended at an await that is not ready.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.0 == Outcome::Pending
    }

    /// Returns whether the body yielded an item, which may be an error, and has not ended.
    #[must_use]
    pub fn is_item(&self) -> bool {
        self.0 == Outcome::Item
    }

    /// Returns whether the generator is finished: the body has returned or failed, or was closed.
    #[must_use]
    pub fn is_end(&self) -> bool {
        self.0 == Outcome::End
    }
}

/// Polls a generator by `poll`, inside of the context.
///
/// # Panics
///
/// If the closure does, or if it does not poll the generator once.
#[inline]
fn enter<G, C, T>(
    mut generator: Pin<&mut G>,
    context: &mut C,
    mut poll: impl FnMut(Pin<&mut G>) -> Poll<T>,
) -> Poll<T>
where
    G: AsyncGenerator,
    C: FnMut(&mut dyn FnMut() -> Polled) -> Polled,
{
    let mut is_called = false;
    let mut outcome = None;
    let _polled = context(&mut || {
        assert!(
            !mem::replace(&mut is_called, true),
            "the closure of `in_context` called its argument twice; call it once"
        );
        let poll = poll(generator.as_mut());
        let polled = Polled::new(&poll, generator.state());
        outcome = Some(poll);
        polled
    });
    outcome.expect("the closure of `in_context` did not call its argument, or caught a panic of it")
}

impl<G: AsyncGenerator, C> Sealed for InContext<G, C> {}

/// The generator is the root of a chain of its own, also if this one is a part of another chain: a root polls the
/// innermost generator of its chain directly, and would pass by the context.
#[diagnostic::do_not_recommend]
impl<G, C> AsyncGenerator for InContext<G, C>
where
    G: AsyncGenerator,
    C: FnMut(&mut dyn FnMut() -> Polled) -> Polled,
{
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Error = G::Error;
    type Return = G::Return;
    type Item = G::Item;

    /// Leaves the signal as it is: it carries an error only within a machine, and a root leaves no link.
    #[inline]
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        request: &mut Request<G::Sent>,
        _: Option<&mut Signal<G::Item, G::Sent, G::Error>>,
    ) -> Poll<Option<G::Item>> {
        let this = self.project();
        let reaches_body = match this.generator.state() {
            State::Finished => false,
            State::Closing => !matches!(request, Request::Send(_)),
            State::Created | State::Suspended | State::InFlight => true,
        };
        if !reaches_body {
            return this.generator.poll_resume(cx, request, None);
        }
        enter(this.generator, this.context, |generator| {
            generator.poll_resume(cx, request, None)
        })
    }

    fn poll_interrupt(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        interrupt: &mut Interrupt<G::Error>,
        outer: Option<&mut Link<G::Item, G::Sent, G::Error>>,
    ) -> Poll<Result<Option<G::Yield>, G::Error>> {
        let mut this = self.project();
        let reaches_body = match this.generator.state() {
            State::Finished | State::Created => false,
            State::Closing => !matches!(interrupt, Interrupt::Throw(_)),
            State::Suspended | State::InFlight => true,
        };
        if !reaches_body {
            return this.generator.poll_interrupt(cx, interrupt, None);
        }
        let poll = enter(this.generator.as_mut(), this.context, |generator| {
            generator.poll_interrupt(cx, interrupt, None)
        });
        match poll {
            Poll::Ready(Err(error)) if outer.is_some() => {
                *this.returned = this.generator.take_return();
                if this.returned.is_none() {
                    return Poll::Ready(Err(error));
                }
                // The body has returned, so the error is the one that was thrown, and has not landed. As the root of a
                // chain the generator failed with it, but it is for the body that delegated to this one.
                *interrupt = Interrupt::Throw(error);
                Poll::Ready(Ok(None))
            }
            poll => poll,
        }
    }

    fn is_owned(&self) -> bool {
        self.generator.is_owned()
    }

    /// Keeps any other state: a root has its own.
    fn leave(self: Pin<&mut Self>, state: State) {
        if state == State::Finished {
            self.project().generator.leave(state);
        }
    }

    fn abort(self: Pin<&mut Self>) {
        self.project().generator.abort();
    }

    #[inline]
    fn state(&self) -> State {
        self.generator.state()
    }

    fn position(&self) -> Position {
        self.generator.position()
    }

    /// Passes those of the chain, too: its root is in this generator.
    fn positions(&self, visit: &mut dyn FnMut(Position)) {
        self.generator.positions(visit);
    }

    fn take_return(self: Pin<&mut Self>) -> Option<G::Return> {
        let this = self.project();
        let returned = this.returned.take();
        returned.or_else(|| this.generator.take_return())
    }
}

impl<G: Generator, C> SealedRegular for InContext<G, C> {}

#[diagnostic::do_not_recommend]
impl<G, C> Generator for InContext<G, C>
where
    G: Generator,
    C: FnMut(&mut dyn FnMut() -> Polled) -> Polled,
{
}

stream! {
    impl[G, C] for InContext<G, C>
    where
        G: AsyncGenerator<Sent: Default>,
        C: FnMut(&mut dyn FnMut() -> Polled) -> Polled,
}
