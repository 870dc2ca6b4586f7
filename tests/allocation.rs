//! Generators on the stack do not allocate.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use gen_runtime::{async_gen, async_gen_block, generator, generator_block, pin, sync, try_closing};
use probe::ready;

/// Counts allocations per thread.
struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: Every call is forwarded to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        // SAFETY: The caller upholds the contract of `alloc`, which is the same for `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: The caller upholds the contract of `dealloc`, and `alloc` above uses `System`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

fn allocations(action: impl FnOnce()) -> usize {
    let before = COUNT.get();
    action();
    COUNT.get() - before
}

#[async_gen(send = u64, throws = u8, returns = u64)]
async fn sums(values: &[u64]) -> u64 {
    let mut sum = 0;
    for value in values {
        std::future::ready(()).await;
        sum += yield_!(*value);
    }
    #[for_await]
    for value in futures::stream::iter(values) {
        sum += yield_!(*value);
    }
    if sum == 0 {
        Err(1)?;
    }
    sum
}

#[test]
fn no_operation_allocates() {
    let values = [1, 2, 3];
    let count = allocations(|| {
        let mut items = pin!(sums(&values));
        assert_eq!(ready(items.resume()), Some(Ok(1)));
        assert_eq!(ready(items.send(4)), Some(Ok(2)));
        assert_eq!(ready(items.next()), Some(Ok(3)));
        while ready(items.try_next()).unwrap().is_some() {}
        assert_eq!(items.take_return(), Some(4));

        let mut items = pin!(sums(&values));
        ready(items.resume());
        assert_eq!(ready(items.throw(9)), Err(9));
        assert_eq!(ready(items.close()), Ok(()));

        let closed = try_closing(sums(&values), async |items| items.try_next().await);
        assert_eq!(ready(closed), Ok(Some(1)));

        let mut block = pin!(async_gen_block! {
            for await value in futures::stream::iter(values) {
                yield value;
            }
        });
        while ready(block.next()).is_some() {}
    });
    assert_eq!(count, 0);
}

#[async_gen(throws = u8, returns = u64)]
async fn with_regions(values: &[u64]) -> u64 {
    let mut done = 0;
    for value in values {
        defer! {
            std::future::ready(()).await;
            done += 1;
        }
        let caught = attempt! { yield_!(*value) };
        if caught.is_err() {
            return done;
        }
    }
    done
}

#[test]
fn regions_and_interrupts_do_not_allocate() {
    let values = [1, 2, 3];
    let count = allocations(|| {
        let mut items = pin!(with_regions(&values));
        assert_eq!(ready(items.next()), Some(Ok(1)));
        assert_eq!(ready(items.next()), Some(Ok(2)));
        assert_eq!(ready(items.throw(7)), Ok(None));
        assert_eq!(items.take_return(), Some(1));

        let mut items = pin!(with_regions(&values));
        ready(items.next());
        assert_eq!(ready(items.close()), Ok(()));
    });
    assert_eq!(count, 0);
}

#[test]
fn a_boxed_handle_allocates_once() {
    let values = [1, 2, 3];
    let count = allocations(|| {
        let mut items = gen_runtime::Handle::boxed(sums(&values));
        while ready(items.next()).is_some() {}
    });
    assert_eq!(count, 1);
}

/// Has regions, sends values, delegates and forwards.
#[generator(send = u64, throws = u8, returns = u64)]
fn regular(values: &[u64]) -> u64 {
    let mut sum = 0;
    defer! { sum = 0; }
    for value in values {
        if let Ok(sent) = attempt! { yield_!(*value) } {
            sum += sent;
        }
    }
    yield_all!(values.iter().copied());
    sum += yield_from!(inner());
    sum
}

#[generator(send = u64, returns = u64)]
fn inner() -> u64 {
    yield_!(7)
}

#[test]
fn a_pinned_regular_generator_does_not_allocate() {
    let values = [1, 2];
    let count = allocations(|| {
        let mut items = sync::pin!(regular(&values));
        assert_eq!(items.resume(), Some(Ok(1)));
        assert_eq!(items.send(4), Some(Ok(2)));
        assert_eq!(items.throw(9), Ok(Some(1)));
        assert_eq!(items.try_send(0), Ok(Some(Ok(2))));
        assert_eq!(items.try_next(), Ok(Some(7)));
        assert_eq!(items.send(6), None);
        assert_eq!(items.take_return(), Some(10));

        let mut items = sync::pin!(regular(&values));
        assert_eq!(items.by_ref().take(3).count(), 3);
        assert_eq!(items.close(), Ok(()));
        let first = sync::try_closing(regular(&values), |items| items.try_next());
        assert_eq!(first, Ok(Some(1)));

        let block = generator_block! {
            for value in values {
                yield value;
            }
        };
        assert_eq!(sync::pin!(block).sum::<u64>(), 3);
    });
    assert_eq!(count, 0);
}

#[test]
fn a_boxed_regular_generator_allocates_once() {
    let values = [1, 2];
    let count = allocations(|| {
        let items: sync::BoxTryGenerator<'_, u64, u8, u64, u64> =
            sync::Handle::boxed(regular(&values)).into();
        assert_eq!(items.count(), 5);
    });
    assert_eq!(count, 1);
}
