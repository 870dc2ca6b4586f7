//! Generators that are closed after their handle was dropped.

use alloc::boxed::Box;
use core::fmt;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use futures_core::FusedFuture;

use crate::frame::chain::{Link, Signal};
use crate::generator::{AsyncGenerator, Sealed};
use crate::handle::Handle;
use crate::pointer::forward_to;
use crate::position::Position;
use crate::request::{Interrupt, Request};
use crate::state::State;
use crate::stream::stream;

/// Puts a generator on the heap, and passes it to `hook` if its handle is dropped before the generator has ended.
///
/// Rust has no async drop, so dropping a generator runs no `defer!`. The hook receives an [`Abandoned`], a future that
/// closes the generator, and spawns it as a task, or sends it to one. With tokio, [`Scope`] does that.
///
/// | state when dropped | what happens |
/// |---|---|
/// | [`Created`](State::Created) | the generator is dropped: no code of the body has run |
/// | [`Suspended`](State::Suspended), [`InFlight`](State::InFlight), [`Closing`](State::Closing) | the hook receives the generator |
/// | [`Finished`](State::Finished) | nothing: the hook was dropped when the generator ended |
///
/// The hook is called at most once, in the destructor of the handle and so on the thread that drops it. No executor need
/// be running there.
///
/// The handle converts into the boxed forms, such as [`BoxGenerator`](crate::BoxGenerator), which are `Send` if the
/// hook is. Regular generators are accepted too.
///
/// If another generator delegates to the handle by `yield_from!`, and is dropped halfway, the hook receives this
/// generator. But if a body panics, all generators between it and the consumer are finished, and no hook is called.
///
/// The guide has a page about [abandoned generators](crate::guide::abandoned).
///
/// [`Scope`]: https://docs.rs/gen-runtime/latest/gen_runtime/struct.Scope.html
///
/// # Panics
///
/// A panic of the hook propagates out of the destructor of the handle. If that destructor runs during another panic, the
/// process aborts.
///
/// # Examples
///
/// ```
/// # futures::executor::block_on(async {
/// use std::sync::mpsc;
///
/// use gen_runtime::{async_gen, on_drop};
///
/// #[async_gen]
/// async fn numbers(log: mpsc::Sender<&'static str>) -> u32 {
///     defer! { let _ = log.send("closed"); }
///     for n in 1.. {
///         yield_!(n);
///     }
/// }
///
/// let (log, events) = mpsc::channel();
/// let (abandon, abandoned) = mpsc::channel();
/// let mut numbers = on_drop(numbers(log), move |generator| {
///     let _ = abandon.send(generator);
/// });
/// assert_eq!(numbers.next().await, Some(1));
/// drop(numbers);
///
/// let generator = abandoned.recv()?;
/// assert_eq!(generator.await, Ok(()));
/// assert_eq!(events.recv(), Ok("closed"));
/// # Ok::<(), mpsc::RecvError>(())
/// # }).unwrap();
/// ```
pub fn on_drop<G, H>(generator: G, hook: H) -> Handle<Box<OnDrop<G, H>>>
where
    G: AsyncGenerator + 'static,
    H: FnOnce(Abandoned<G>),
{
    OnDrop::boxed(generator, hook)
}

/// Receives a generator that was abandoned. Users write closures.
pub trait Hook<G: AsyncGenerator> {
    fn abandoned(self, generator: Abandoned<G>);
}

impl<G: AsyncGenerator, H: FnOnce(Abandoned<G>)> Hook<G> for H {
    fn abandoned(self, generator: Abandoned<G>) {
        self(generator);
    }
}

/// The generator in the handle that [`on_drop`] returns.
#[must_use = "a generator does nothing until a consumer asks it for items"]
pub struct OnDrop<G, H>
where
    G: AsyncGenerator + 'static,
    H: Hook<G>,
{
    /// Taken when this is dropped.
    generator: Option<Pin<Box<G>>>,
    /// None if the generator has ended.
    hook: Option<H>,
}

impl<G, H> OnDrop<G, H>
where
    G: AsyncGenerator,
    H: Hook<G>,
{
    pub(crate) fn boxed(generator: G, hook: H) -> Handle<Box<Self>> {
        let mut on_drop = OnDrop {
            generator: Some(Box::pin(generator)),
            hook: Some(hook),
        };
        // It may have ended before.
        drop(Watched(&mut on_drop));
        Handle::boxed(on_drop)
    }

    fn watched(self: Pin<&mut Self>) -> Watched<'_, G, H> {
        Watched(self.get_mut())
    }

    fn generator(&self) -> &G {
        self.generator.as_ref().expect("taken in the destructor")
    }
}

/// The box is moved, and its contents are not. The hook is not pinned.
impl<G, H> Unpin for OnDrop<G, H>
where
    G: AsyncGenerator,
    H: Hook<G>,
{
}

impl<G, H> Sealed for OnDrop<G, H>
where
    G: AsyncGenerator,
    H: Hook<G>,
{
}

// Not owned: the chain of a generator that delegates to this one, and is dropped, lets go of it. It would finish it
// otherwise, and there would be nothing left to close.
#[diagnostic::do_not_recommend]
impl<G, H> AsyncGenerator for OnDrop<G, H>
where
    G: AsyncGenerator,
    H: Hook<G>,
{
    forward_to!(
        G,
        |on_drop| on_drop.watched().generator(),
        |on_drop| on_drop.generator(),
        false
    );
}

stream! {
    impl[G, H] for OnDrop<G, H>
    where
        G: AsyncGenerator<Sent: Default> + 'static,
        H: Hook<G>,
}

impl<G, H> Drop for OnDrop<G, H>
where
    G: AsyncGenerator,
    H: Hook<G>,
{
    fn drop(&mut self) {
        let (Some(hook), Some(generator)) = (self.hook.take(), self.generator.take()) else {
            return;
        };
        match generator.state() {
            State::Created | State::Finished => {}
            State::Suspended | State::InFlight | State::Closing => {
                hook.abandoned(Abandoned(Some(generator)));
            }
        }
    }
}

/// Drops the hook after a call in which the generator ended, by a panic too.
struct Watched<'a, G: AsyncGenerator + 'static, H: Hook<G>>(&'a mut OnDrop<G, H>);

impl<G, H> Watched<'_, G, H>
where
    G: AsyncGenerator,
    H: Hook<G>,
{
    fn generator(&mut self) -> Pin<&mut G> {
        let generator = self.0.generator.as_mut();
        generator.expect("taken in the destructor").as_mut()
    }
}

impl<G, H> Drop for Watched<'_, G, H>
where
    G: AsyncGenerator,
    H: Hook<G>,
{
    fn drop(&mut self) {
        if self.0.generator().state() == State::Finished {
            self.0.hook = None;
        }
    }
}

/// A generator whose handle was dropped before it ended: a future that closes it.
///
/// It evaluates to the result of [`Handle::close`]: `Ok(())`, or the error that a `defer!` failed with. When it is ready,
/// everything that the generator contained has been dropped. See [`on_drop`].
///
/// # Panics
///
/// If the body panics, or if the future is polled after it was ready.
///
/// # Cancel safety
///
/// Dropping it drops the generator: a cleanup that has not begun does not run, and one that has begun does not complete.
#[must_use = "a generator that is abandoned is closed only if this future is awaited"]
pub struct Abandoned<G>(Option<Pin<Box<G>>>);

impl<G: AsyncGenerator> Abandoned<G> {
    /// Returns the state of the generator.
    ///
    /// # Examples
    ///
    /// ```
    /// # futures::executor::block_on(async {
    /// use gen_runtime::{State, async_gen, on_drop};
    ///
    /// #[async_gen]
    /// async fn one() -> u32 {
    ///     yield_!(1);
    /// }
    ///
    /// let mut numbers = on_drop(one(), |abandoned| assert_eq!(abandoned.state(), State::Suspended));
    /// numbers.next().await;
    /// # });
    /// ```
    #[must_use]
    pub fn state(&self) -> State {
        match &self.0 {
            Some(generator) => generator.state(),
            None => State::Finished,
        }
    }
}

impl<G: AsyncGenerator> Future for Abandoned<G> {
    type Output = Result<(), G::Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let generator = this.0.as_mut().expect("polled after it was ready").as_mut();
        let closed = ready!(generator.poll_interrupt(cx, &mut Interrupt::Close, None));
        this.0 = None;
        Poll::Ready(closed.map(|_| ()))
    }
}

/// Terminated once it was ready.
impl<G: AsyncGenerator> FusedFuture for Abandoned<G> {
    fn is_terminated(&self) -> bool {
        self.0.is_none()
    }
}

/// Shows the state of the generator.
impl<G: AsyncGenerator> fmt::Debug for Abandoned<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Abandoned")
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}
