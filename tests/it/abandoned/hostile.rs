//! Hooks and generators that misbehave.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use gen_runtime::{Handle, LocalBoxGenerator, Scope, State, async_gen, on_drop};
use probe::{Log, panic_message, ready};

use super::{SharedLog, abandon, caught};

#[async_gen]
async fn numbers(log: Log) -> u32 {
    let _local = log.guard("local");
    defer! { log.push("cleanup"); }
    yield_!(1);
    yield_!(2);
}

#[test]
fn a_hook_that_drops_the_generator_is_a_plain_drop() {
    let log = Log::default();
    let mut handle = on_drop(numbers(log.clone()), drop);
    ready(handle.next());
    drop(handle);
    assert_eq!(log.take(), "-local");
}

#[test]
fn a_hook_that_panics_drops_the_generator_and_the_panic_leaves_the_destructor() {
    let log = Log::default();
    let mut handle = on_drop(numbers(log.clone()), |_| panic!("in the hook"));
    ready(handle.next());
    assert_eq!(panic_message(|| drop(handle)), "in the hook");
    assert_eq!(log.take(), "-local");
}

#[test]
fn a_hook_may_close_the_generator_on_the_spot() {
    let log = Log::default();
    let mut handle = on_drop(numbers(log.clone()), |abandoned| {
        assert_eq!(ready(abandoned), Ok(()));
    });
    ready(handle.next());
    drop(handle);
    assert_eq!(log.take(), "cleanup -local");
}

#[test]
fn a_hook_may_abandon_another_generator() {
    let log = Log::default();
    let (mut second, second_caught) = caught(numbers(log.clone()), &log);
    ready(second.next());
    let mut first = on_drop(numbers(log.clone()), move |abandoned| {
        drop(second);
        assert_eq!(ready(abandoned), Ok(()));
    });
    ready(first.next());
    drop(first);
    assert_eq!(log.take(), "hook -hook cleanup -local");
    assert_eq!(ready(second_caught.take()), Ok(()));
    assert_eq!(log.take(), "cleanup -local");
}

#[test]
fn a_handle_that_is_dropped_by_a_panic_of_its_consumer_calls_the_hook() {
    let log = Log::default();
    let (mut handle, caught) = caught(numbers(log.clone()), &log);
    ready(handle.next());
    let consumer = move || {
        let _handle = handle;
        panic!("in the consumer");
    };
    assert_eq!(panic_message(consumer), "in the consumer");
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook cleanup -local");
}

#[async_gen]
async fn panics_in_its_cleanup(log: Log) -> u32 {
    let _local = log.guard("local");
    defer! { log.push("outer cleanup"); }
    defer! { panic!("in the cleanup"); }
    yield_!(1);
}

#[test]
fn a_panic_of_the_cleanup_leaves_the_future_and_ends_the_generator() {
    let log = Log::default();
    let (mut handle, caught) = caught(panics_in_its_cleanup(log.clone()), &log);
    ready(handle.next());
    drop(handle);
    let mut abandoned = caught.take();
    assert_eq!(panic_message(|| ready(&mut abandoned)), "in the cleanup");
    assert_eq!(abandoned.state(), State::Finished);
    assert_eq!(log.take(), "hook -hook -local");
    assert_eq!(ready(abandoned), Ok(()));
}

struct PanicsInDrop;

impl Drop for PanicsInDrop {
    fn drop(&mut self) {
        panic!("in a destructor");
    }
}

#[async_gen]
async fn panics_in_a_destructor(log: Log) -> u32 {
    let _first = log.guard("first");
    let _second = PanicsInDrop;
    let _third = log.guard("third");
    yield_!(1);
}

#[test]
fn a_panic_of_a_destructor_leaves_the_future_and_drops_the_other_locals() {
    let log = Log::default();
    let (mut handle, caught) = caught(panics_in_a_destructor(log.clone()), &log);
    ready(handle.next());
    drop(handle);
    assert_eq!(panic_message(|| ready(caught.take())), "in a destructor");
    assert_eq!(log.take(), "hook -hook -third -first");
}

type Slot = Rc<RefCell<Option<LocalBoxGenerator<'static, u32>>>>;

#[async_gen]
async fn knows_its_handle(slot: Slot, log: Log) -> u32 {
    let _local = log.guard("local");
    defer! {
        log.push(format_args!("in the slot: {}", slot.borrow().is_some()));
        drop(slot.take());
    }
    yield_!(1);
}

#[test]
fn a_generator_that_owns_the_place_of_its_own_handle_is_closed_when_the_handle_is_taken_out() {
    let log = Log::default();
    let slot = Slot::default();
    let (handle, caught) = caught(knows_its_handle(slot.clone(), log.clone()), &log);
    *slot.borrow_mut() = Some(handle);
    assert_eq!(ready(slot.borrow_mut().as_mut().unwrap().next()), Some(1));
    let handle = slot.take();
    drop(handle);
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(log.take(), "hook -hook in the slot: false -local");
    assert_eq!(Rc::strong_count(&slot), 1);
}

#[test]
fn a_cleanup_may_abandon_another_generator_that_is_in_its_slot() {
    let log = Log::default();
    let slot = Slot::default();
    let (mut other, other_caught) = caught(numbers(log.clone()), &log);
    ready(other.next());
    *slot.borrow_mut() = Some(other);
    let (mut handle, caught) = caught(knows_its_handle(slot, log.clone()), &log);
    ready(handle.next());
    drop(handle);
    assert_eq!(log.take(), "hook -hook");
    assert_eq!(ready(caught.take()), Ok(()));
    assert_eq!(log.take(), "in the slot: true hook -hook -local");
    assert_eq!(ready(other_caught.take()), Ok(()));
}

/// The value in the box is `Unpin`, so safe code may move it, and swap two of them.
#[test]
fn handles_whose_contents_are_moved_and_swapped_keep_their_generators() {
    fn hook<G>() -> fn(gen_runtime::Abandoned<G>)
    where
        G: gen_runtime::AsyncGenerator<Error = std::convert::Infallible>,
    {
        |abandoned| {
            let Ok(()) = ready(abandoned);
        }
    }
    #[async_gen]
    async fn named(name: &'static str, log: Log) -> u32 {
        defer! { log.push(name); }
        yield_from!(numbers(log.clone()));
    }

    let log = Log::default();
    let mut first = on_drop(named("first", log.clone()), hook());
    let second = on_drop(named("second", log.clone()), hook());
    ready(first.next());
    let mut moved = *std::pin::Pin::into_inner(second.into_inner());
    let mut on_stack = Handle::new(std::pin::Pin::new(&mut moved));
    ready(on_stack.next());
    let mut first = std::pin::Pin::into_inner(first.into_inner());
    std::mem::swap(&mut *first, &mut moved);
    assert_eq!(log.take(), "");
    drop(first);
    assert_eq!(log.take(), "cleanup -local second");
    drop(moved);
    assert_eq!(log.take(), "cleanup -local first");
}

// In a scope.

#[async_gen(throws = Fails)]
async fn shared(log: SharedLog, error: Option<Fails>) -> u32 {
    defer! {
        log.push("cleanup");
        if let Some(error) = error {
            Err(error)?;
        }
    }
    yield_!(1);
}

/// An error that uses the scope when it is shown, and when it is dropped.
#[derive(Debug)]
struct Fails(Scope, SharedLog);

impl std::fmt::Display for Fails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} live", self.0.live())
    }
}

impl std::error::Error for Fails {}

impl std::fmt::Debug for SharedLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedLog")
    }
}

impl Drop for Fails {
    fn drop(&mut self) {
        let failures = self.0.take_failures();
        self.1.push(format!("dropped beside {}", failures.len()));
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_may_use_the_scope_when_it_is_dropped() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    for _ in 0..2 {
        let error = Fails(scope.clone(), log.clone());
        abandon(scope.adopt(shared(log.clone(), Some(error)))).await;
    }
    while scope.live() > 0 {
        tokio::task::yield_now().await;
    }
    let failures = scope.take_failures();
    assert!(failures[0].to_string().ends_with("::shared: 0 live"));
    drop(failures);
    assert_eq!(
        log.take(),
        "cleanup cleanup dropped beside 0 dropped beside 0"
    );
    // Clones of the scope in its own failures would be a cycle.
    assert!(scope.shutdown(Duration::ZERO).await.is_clean());
}

#[async_gen]
async fn adopts_in_its_cleanup(scope: Scope, log: SharedLog) -> u32 {
    defer! {
        log.push("outer cleanup");
        abandon(scope.adopt(shared(log.clone(), None))).await;
    }
    yield_!(1);
}

#[tokio::test(start_paused = true)]
async fn a_cleanup_may_adopt_and_abandon_and_shutdown_waits_for_that() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    abandon(scope.adopt(adopts_in_its_cleanup(scope.clone(), log.clone()))).await;
    let report = scope.shutdown(Duration::from_secs(1)).await;
    assert_eq!((report.closed, report.is_clean()), (2, true));
    assert_eq!(log.take(), "outer cleanup cleanup");
}

#[tokio::test(start_paused = true)]
async fn a_scope_that_is_dropped_still_closes() {
    let log = SharedLog::default();
    let scope = Scope::new();
    let handle = scope.adopt(shared(log.clone(), None));
    drop(scope);
    abandon(handle).await;
    tokio::task::yield_now().await;
    assert_eq!(log.take(), "cleanup");
}

#[tokio::test(start_paused = true)]
async fn a_handle_that_is_dropped_by_a_panic_is_closed_by_a_task() {
    let (scope, log) = (Scope::new(), SharedLog::default());
    let mut handle = scope.adopt(shared(log.clone(), None));
    handle.next().await;
    let consumer = catch_unwind(AssertUnwindSafe(move || {
        let _handle = handle;
        std::panic::resume_unwind(Box::new("in the consumer"));
    }));
    assert!(consumer.is_err());
    assert_eq!(scope.shutdown(Duration::from_secs(1)).await.closed, 1);
    assert_eq!(log.take(), "cleanup");
}

type SharedSlot = Arc<std::sync::Mutex<Option<gen_runtime::BoxGenerator<'static, u32>>>>;

#[async_gen]
async fn in_a_cycle(slot: SharedSlot) -> u32 {
    yield_!(1);
    drop(slot);
    yield_!(2);
}

#[tokio::test(start_paused = true)]
async fn a_generator_that_owns_itself_is_live_until_the_cycle_is_broken() {
    let scope = Scope::new();
    let slot = SharedSlot::default();
    let mut handle = scope.adopt(in_a_cycle(slot.clone()));
    handle.next().await;
    *slot.lock().unwrap() = Some(handle.into());
    let weak = Arc::downgrade(&slot);
    drop(slot);
    let report = scope.shutdown(Duration::from_secs(1)).await;
    assert_eq!((report.closed, report.live), (0, 1));

    let slot = weak.upgrade().expect("the generator owns it");
    let handle = slot.lock().unwrap().take();
    drop(handle);
    let report = scope.shutdown(Duration::from_secs(1)).await;
    assert_eq!((report.closed, report.live), (1, 0));
    assert_eq!(Arc::strong_count(&slot), 1);
}
