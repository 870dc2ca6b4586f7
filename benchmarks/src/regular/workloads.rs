//! The workloads of regular generators.

use std::hint::black_box;
use std::sync::LazyLock;

use super::{Boxed, Consumer, Contender, ELEMENTS, Sum, Take, Tree};
use crate::workloads::{Workload, triangle, workloads};

/// The nodes of the tree: the number of items of a walk, of which others must be a multiple.
pub const NODES: u64 = 20_000;
static TREE: LazyLock<Box<Tree>> = LazyLock::new(|| Tree::complete(NODES).expect("nodes"));

/// Returns all workloads of a contender.
pub(super) fn of<C: Contender>() -> Vec<Workload> {
    let mut all = workloads! {
        "W1", "a tight loop": |items| tight::<C>(items) => triangle;
        "W5a", "items of 256 bytes": |items| arrays::<C>(items) => |items| (0..items).map(|n| n % 256).sum();
        "W7", "send a number, get one": |items| ping_pong::<C>(items) => |items| triangle(items + 1);
        "W9", "W1 through `Box<dyn Iterator>`": |items| nested::<C, 0>(items) => triangle;
        "nested 1", "W9 through one boxed layer": |items| nested::<C, 1>(items) => triangle;
        "nested 4", "through 4": |items| nested::<C, 4>(items) => triangle;
        "nested 16", "through 16": |items| nested::<C, 16>(items) => triangle;
        "nested 64", "through 64": |items| nested::<C, 64>(items) => triangle;
        "fibonacci", "endless, of which so many are taken": |items| fibonacci::<C>(items) => sum_of_fibonacci;
        "permutations", "Heap's algorithm, on a `Vec`": |items| permutations::<C>(items) => sum_of_first_elements;
        "tree", "walked in order, by recursion": |items| walks::<C>(items) => sum_of_walks;
    };
    all.extend(C::special());
    all
}

// Each workload is a function that is not inlined, so that each iterator is compiled on its own.

#[inline(never)]
fn tight<C: Contender>(items: u64) -> Option<u64> {
    C::tight(items, Sum)
}

#[inline(never)]
fn arrays<C: Contender>(items: u64) -> Option<u64> {
    C::arrays(items, Sum)
}

#[inline(never)]
fn ping_pong<C: Contender>(items: u64) -> Option<u64> {
    C::ping_pong(items)
}

#[inline(never)]
fn nested<C: Contender, const DEPTH: usize>(items: u64) -> Option<u64> {
    let mut iterator = C::boxed(items)?;
    for _ in 0..DEPTH {
        iterator = C::relay(iterator);
    }
    Some(drain(black_box(iterator)))
}

#[inline(never)]
fn drain(iterator: Boxed) -> u64 {
    Sum.consume(iterator)
}

#[inline(never)]
fn fibonacci<C: Contender>(items: u64) -> Option<u64> {
    C::fibonacci(Take(items))
}

#[inline(never)]
fn permutations<C: Contender>(items: u64) -> Option<u64> {
    C::permutations(elements(), Take(items))
}

#[inline(never)]
fn walks<C: Contender>(items: u64) -> Option<u64> {
    repeat_walk(items, walk::<C>)
}

/// Returns the sum of as many walks as there are so many items.
pub(super) fn repeat_walk(items: u64, walk: fn(&'static Tree) -> Option<u64>) -> Option<u64> {
    (0..items / NODES).map(|_| walk(&TREE)).sum()
}

#[inline(never)]
fn walk<C: Contender>(tree: &'static Tree) -> Option<u64> {
    C::in_order(tree, Sum)
}

/// Returns the checksum of [`repeat_walk`].
pub(super) fn sum_of_walks(items: u64) -> u64 {
    items / NODES * triangle(NODES)
}

fn elements() -> Vec<u8> {
    (0..).take(ELEMENTS).collect()
}

fn sum_of_fibonacci(items: u64) -> u64 {
    let (mut a, mut b, mut sum) = (0_u64, 1_u64, 0_u64);
    for _ in 0..items {
        sum = sum.wrapping_add(a);
        (a, b) = (b, a.wrapping_add(b));
    }
    sum
}

/// Computes the sum by the recursive form of Heap's algorithm.
fn sum_of_first_elements(items: u64) -> u64 {
    fn visit(elements: &mut [u8], length: usize, left: &mut u64, sum: &mut u64) {
        if length == 1 {
            if *left > 0 {
                *left -= 1;
                *sum += u64::from(elements[0]);
            }
            return;
        }
        for n in 0..length {
            if *left == 0 {
                return;
            }
            visit(elements, length - 1, left, sum);
            if n + 1 < length {
                let other = if length.is_multiple_of(2) { n } else { 0 };
                elements.swap(other, length - 1);
            }
        }
    }
    let (mut left, mut sum) = (items, 0);
    visit(&mut elements(), ELEMENTS, &mut left, &mut sum);
    sum
}

#[cfg(test)]
mod tests {
    use super::NODES;
    use crate::regular;

    #[test]
    fn all_contenders_yield_the_same_checksums() {
        for contender in regular::all() {
            for workload in contender.workloads {
                assert_eq!(workload.run_checked(NODES), workload.run_checked(2 * NODES));
            }
        }
    }
}
