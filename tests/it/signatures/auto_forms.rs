//! `Send`, `Sync` and `Unpin` of generators, for each kind of value that they hold.

#![allow(
    clippy::needless_pass_by_value,
    clippy::arc_with_non_send_sync,
    clippy::await_holding_lock,
    reason = "tests the values that a body holds"
)]

use std::cell::{Cell, RefCell};
use std::marker::PhantomPinned;
use std::rc::Rc;
use std::sync::{Arc, Mutex, mpsc};

use gen_runtime::{
    AsyncGenerator, BoxGenerator, Handle, LocalBoxGenerator, async_gen, async_gen_block, pin,
};
use probe::ready;

struct Is<'a, T>(&'a T);

/// The answers for types to which no inherent method of `Is` applies.
trait IsNot {
    fn send(&self) -> bool {
        false
    }

    fn sync(&self) -> bool {
        false
    }

    fn unpin(&self) -> bool {
        false
    }
}

impl<T> IsNot for Is<'_, T> {}

impl<T: Send> Is<'_, T> {
    fn send(&self) -> bool {
        let _ = self.0;
        true
    }
}

impl<T: Sync> Is<'_, T> {
    fn sync(&self) -> bool {
        let _ = self.0;
        true
    }
}

impl<T: Unpin> Is<'_, T> {
    fn unpin(&self) -> bool {
        let _ = self.0;
        true
    }
}

/// Returns whether a value is `Send`, and whether it is `Sync`.
macro_rules! auto {
    ($value:expr) => {
        (Is(&$value).send(), Is(&$value).sync())
    };
}

#[async_gen]
async fn holds<T>(make: fn() -> T) -> u8 {
    let _held = make();
    yield_!(1);
}

#[async_gen]
async fn holds_at_an_await<T>(make: fn() -> T) -> u8 {
    {
        let _held = make();
        std::future::ready(()).await;
    }
    yield_!(1);
}

#[async_gen]
async fn does_not_hold<T>(make: fn() -> T) -> u8 {
    drop(make());
    yield_!(1);
    {
        let _held = make();
    }
    std::future::ready(()).await;
}

#[test]
fn locals_count_only_if_they_are_held_across_a_suspension() {
    assert_eq!(auto!(holds(|| 1)), (true, true));
    assert_eq!(auto!(holds(|| Rc::new(1))), (false, false));
    assert_eq!(auto!(holds(|| Cell::new(1))), (true, false));
    assert_eq!(auto!(holds_at_an_await(|| Rc::new(1))), (false, false));
    assert_eq!(auto!(holds_at_an_await(|| Cell::new(1))), (true, false));
    assert_eq!(auto!(does_not_hold(|| Rc::new(1))), (true, true));
    let mutex = Mutex::new(1);
    assert_eq!(auto!(holds_guard(&mutex)), (false, true));
}

#[async_gen]
async fn holds_guard(mutex: &Mutex<u8>) -> u8 {
    let guard = mutex.lock().unwrap();
    yield_!(*guard);
}

#[async_gen]
async fn argument<T>(_argument: T) -> u8 {
    yield_!(1);
}

#[test]
fn arguments_count_even_if_they_are_unused() {
    assert_eq!(auto!(argument(1)), (true, true));
    assert_eq!(auto!(argument(Rc::new(1))), (false, false));
    assert_eq!(auto!(argument(Cell::new(1))), (true, false));
    assert_eq!(auto!(argument(&Cell::new(1))), (false, false));
    assert_eq!(auto!(argument(&Mutex::new(1))), (true, true));
    assert_eq!(auto!(argument(Arc::new(RefCell::new(1)))), (false, false));
    assert_eq!(auto!(argument(mpsc::channel::<u8>().1)), (true, false));
}

#[async_gen(returns = T)]
async fn returns<T>(make: fn() -> T) -> u8 {
    yield_!(1);
    make()
}

#[async_gen(throws = T)]
async fn throws<T>(make: fn() -> T) -> u8 {
    yield_!(1);
    return Err(make());
}

#[test]
fn the_return_value_counts_since_the_generator_keeps_it() {
    assert_eq!(auto!(returns(|| 1)), (true, true));
    assert_eq!(auto!(returns(|| Rc::new(1))), (false, false));
    assert_eq!(auto!(throws(|| 1)), (true, true));
}

#[async_gen(throws = ())]
async fn regions<T: Copy>(shared: &Cell<u8>, value: T) -> u8 {
    let _ = shared;
    let own = Cell::new(1);
    {
        defer! {
            own.set(own.get() + 1);
        }
        yield_!(own.get());
    }
    let _ = value;
}

#[async_gen(throws = ())]
async fn exclusive_regions() -> u8 {
    let mut own = 1;
    {
        defer! {
            own += 1;
            std::future::ready(()).await;
        }
        yield_!(1);
    }
    yield_!(own);
    let caught = attempt! { yield_!(own) };
    yield_!(u8::from(caught.is_ok()));
}

#[async_gen(throws = ())]
async fn sharing_regions() -> u8 {
    let own = Cell::new(1);
    let _ = attempt! {
        own.set(2);
        yield_!(own.get());
    };
    own.set(3);
}

#[test]
fn a_region_borrows_the_variables_that_it_shares_with_the_body() {
    assert_eq!(auto!(exclusive_regions()), (true, true));
    assert_eq!(auto!(sharing_regions()), (false, false));
    assert_eq!(auto!(regions(&Cell::new(1), 1)), (false, false));
}

fn block<T>(captured: T) -> impl AsyncGenerator<Yield = u8, Item = u8> {
    async_gen_block! {
        let _ = &captured;
        yield 1;
    }
}

#[test]
fn captures_of_a_block_count() {
    assert_eq!(auto!(block(1)), (true, true));
    assert_eq!(auto!(block(Cell::new(1))), (true, false));
    assert_eq!(auto!(block(Rc::new(1))), (false, false));
}

#[async_gen(boxed)]
async fn boxed() -> u8 {
    yield_!(1);
}

#[async_gen(boxed, local)]
async fn boxed_local() -> u8 {
    yield_!(1);
}

#[test]
fn generators_are_pinned_and_pointers_to_them_are_unpin() {
    assert!(!Is(&argument(1)).unpin());
    assert!(!Is(&argument(PhantomPinned)).unpin());
    let items = pin!(argument(PhantomPinned));
    assert!(Is(&items).unpin());
    assert!(Is(&Handle::boxed(argument(PhantomPinned))).unpin());
    let boxed: BoxGenerator<'_, u8> = boxed();
    assert!(Is(&boxed).unpin() && Is(&boxed).send());
    let local: LocalBoxGenerator<'_, u8> = boxed_local();
    assert!(Is(&local).unpin() && !Is(&local).send());
}

#[test]
fn a_handle_and_its_calls_have_the_auto_traits_of_the_generator() {
    let mut sent = pin!(argument(1));
    assert_eq!(auto!(sent.next()), (true, true));
    assert_eq!(auto!(sent.close()), (true, true));
    assert_eq!(auto!(sent), (true, true));
    let mut local = pin!(argument(Rc::new(1)));
    assert_eq!(auto!(local.next()), (false, false));
    assert_eq!(auto!(local), (false, false));
    assert!(Is(&Handle::boxed(argument(1))).send());
    assert!(!Is(&Handle::boxed(argument(Rc::new(1)))).send());
}

/// A consumer may move a generator to another thread between two items.
#[test]
fn a_generator_may_continue_on_another_thread() {
    let mut items = Handle::boxed(exclusive_regions());
    assert_eq!(ready(items.next()), Some(Ok(1)));
    let thread = std::thread::spawn(move || (ready(items.next()), items));
    let (second, mut items) = thread.join().unwrap();
    assert_eq!(second, Some(Ok(2)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), None);
}
