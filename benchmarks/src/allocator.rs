//! An allocator that counts, for the benches that measure memory.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
    static LIVE_BYTES: Cell<usize> = const { Cell::new(0) };
}

/// Returns the number of allocations of this thread so far.
#[must_use]
pub fn allocations() -> usize {
    ALLOCATIONS.get()
}

/// Returns the bytes that this thread has allocated and not freed, as requested from the allocator.
#[must_use]
pub fn live_bytes() -> usize {
    LIVE_BYTES.get()
}

/// The system's allocator, with counters for each thread. A bench makes it its `#[global_allocator]`.
pub struct Counting;

// SAFETY: Every call is forwarded to the system's allocator, and the counters do not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        LIVE_BYTES.set(LIVE_BYTES.get().wrapping_add(layout.size()));
        // SAFETY: The caller upholds the contract of `alloc`, which is the same for `System`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // Wraps if another thread allocated the memory.
        LIVE_BYTES.set(LIVE_BYTES.get().wrapping_sub(layout.size()));
        // SAFETY: The caller upholds the contract of `dealloc`, and `alloc` above uses `System`.
        unsafe { System.dealloc(pointer, layout) }
    }
}
