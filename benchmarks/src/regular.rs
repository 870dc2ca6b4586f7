//! Regular generators, which do not await, beside other ways to write an [`Iterator`].
//!
//! Each module is a contender; [`workloads`] has the work that all of them do, named as that of async generators. The
//! program `regular` runs one workload, for `regular.sh`.

/// The body that yields the permutations of a `Vec`, by Heap's algorithm, for contenders that yield in macros.
macro_rules! permute {
    ($elements:ident, |$permutation:ident| $yields:expr) => {{
        let mut elements = $elements;
        let mut counters = [0; $crate::regular::ELEMENTS];
        let $permutation = $crate::regular::permutation(&elements);
        $yields;
        let mut length = 1;
        while length < $crate::regular::ELEMENTS {
            let n = counters[length];
            if n < length {
                let other = if length.is_multiple_of(2) { 0 } else { n };
                elements.swap(other, length);
                let $permutation = $crate::regular::permutation(&elements);
                $yields;
                counters[length] += 1;
                length = 1;
            } else {
                counters[length] = 0;
                length += 1;
            }
        }
    }};
}

mod by_hand;
mod corosensei;
mod from_fn;
mod gen_runtime;
mod genawaiter_rc;
mod genawaiter_stack;
#[cfg(nightly)]
mod nightly_coroutine;
#[cfg(nightly)]
mod nightly_gen;
mod tree;
mod workloads;

use std::hint::black_box;

pub use self::tree::Tree;
pub use self::workloads::NODES;
use crate::contenders::Entry;
use crate::workloads::Workload;
use crate::{Array, Item};

/// A way to write an iterator, with the parts that all workloads are made of.
///
/// An iterator is passed to a consumer, since some cannot leave the function that makes them. Defaults say that the
/// contender does not support a workload.
pub trait Contender: 'static {
    /// The name of its crate.
    const NAME: &'static str;

    /// Yields `0..items`.
    #[must_use]
    fn tight(_items: u64, _consumer: impl Consumer<u64>) -> Option<u64> {
        None
    }

    /// Yields an [`array()`](crate::array()) for each of `0..items`.
    #[must_use]
    fn arrays(_items: u64, _consumer: impl Consumer<Array>) -> Option<u64> {
        None
    }

    /// Sends `0..items` to a generator that answers each number with its successor, and returns the sum of the
    /// answers.
    #[must_use]
    fn ping_pong(_items: u64) -> Option<u64> {
        None
    }

    /// Yields `0..items` through a vtable.
    #[must_use]
    fn boxed(_items: u64) -> Option<Boxed> {
        None
    }

    /// Yields the items of `inner` again, through a vtable.
    #[must_use]
    fn relay(inner: Boxed) -> Boxed {
        inner
    }

    /// Yields the Fibonacci numbers without end. They wrap.
    #[must_use]
    fn fibonacci(_consumer: impl Consumer<u64>) -> Option<u64> {
        None
    }

    /// Yields the permutations of the elements by Heap's algorithm.
    #[must_use]
    fn permutations(_elements: Vec<u8>, _consumer: impl Consumer<Permutation>) -> Option<u64> {
        None
    }

    /// Yields the values of a tree in order.
    #[must_use]
    fn in_order(_tree: &'static Tree, _consumer: impl Consumer<u64>) -> Option<u64> {
        None
    }

    /// Workloads that no other contender supports.
    #[must_use]
    fn special() -> Vec<Workload> {
        Vec::new()
    }
}

/// A type-erased iterator.
pub type Boxed = Box<dyn Iterator<Item = u64>>;

/// The number of elements that are permuted: more permutations than the items of any run.
pub const ELEMENTS: usize = 10;

/// A permutation of `0..10`.
pub type Permutation = [u8; ELEMENTS];

/// Copies the elements, in place of lending them: an iterator cannot.
///
/// # Panics
///
/// Panics if there are more or fewer elements.
#[must_use]
#[inline]
pub fn permutation(elements: &[u8]) -> Permutation {
    elements.try_into().expect("ten elements")
}

impl Item for Permutation {
    fn check(&self) -> u64 {
        black_box(self)[0].into()
    }
}

/// A consumer, compiled together with each iterator that it is given.
pub trait Consumer<T> {
    /// Consumes the iterator, and returns a checksum.
    fn consume(self, iterator: impl Iterator<Item = T>) -> u64;
}

/// Consumes all items.
pub struct Sum;

impl<T: Item> Consumer<T> for Sum {
    #[inline]
    fn consume(self, iterator: impl Iterator<Item = T>) -> u64 {
        let mut sum = 0;
        for item in iterator {
            sum = black_box(sum + item.check());
        }
        sum
    }
}

/// Consumes so many items. The sum wraps.
pub struct Take(pub u64);

impl<T: Item> Consumer<T> for Take {
    #[inline]
    fn consume(self, mut iterator: impl Iterator<Item = T>) -> u64 {
        let mut sum = 0_u64;
        for _ in 0..self.0 {
            let Some(item) = iterator.next() else { break };
            sum = black_box(sum.wrapping_add(item.check()));
        }
        sum
    }
}

/// Returns all contenders, the hand-written one first.
#[must_use]
pub fn all() -> Vec<Entry> {
    fn entry<C: Contender>() -> Entry {
        Entry {
            name: C::NAME,
            workloads: workloads::of::<C>(),
        }
    }
    vec![
        entry::<by_hand::ByHand>(),
        entry::<gen_runtime::GenRuntime>(),
        #[cfg(nightly)]
        entry::<nightly_gen::NightlyGen>(),
        #[cfg(nightly)]
        entry::<nightly_coroutine::NightlyCoroutine>(),
        entry::<from_fn::FromFn>(),
        entry::<genawaiter_stack::GenawaiterStack>(),
        entry::<genawaiter_rc::GenawaiterRc>(),
        entry::<corosensei::Corosensei>(),
    ]
}
