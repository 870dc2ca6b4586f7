//! This library.

use std::hint::black_box;

use ::gen_runtime::{generator, sync};

use super::workloads::{repeat_walk, sum_of_walks};
use super::{Boxed, Consumer, Contender, ELEMENTS, Permutation, Sum, Tree, permutation};
use crate::workloads::{Workload, triangle, workloads};
use crate::{Array, array};

/// See the module.
pub(super) struct GenRuntime;

impl Contender for GenRuntime {
    const NAME: &'static str = "gen-runtime";

    fn tight(items: u64, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(sync::pin!(tight(items))))
    }

    fn arrays(items: u64, consumer: impl Consumer<Array>) -> Option<u64> {
        Some(consumer.consume(sync::pin!(arrays(items))))
    }

    fn ping_pong(items: u64) -> Option<u64> {
        let mut numbers = sync::pin!(successors());
        numbers.resume();
        let mut sum = 0;
        for n in 0..items {
            sum = black_box(sum + numbers.send(n).unwrap_or_default());
        }
        Some(sum)
    }

    fn boxed(items: u64) -> Option<Boxed> {
        Some(Box::new(sync::Handle::boxed(tight(items))))
    }

    fn relay(inner: Boxed) -> Boxed {
        Box::new(sync::Handle::boxed(relay(inner)))
    }

    fn fibonacci(consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(sync::pin!(fibonacci())))
    }

    fn permutations(elements: Vec<u8>, consumer: impl Consumer<Permutation>) -> Option<u64> {
        Some(consumer.consume(sync::pin!(permutations(elements))))
    }

    fn in_order(tree: &'static Tree, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(in_order(tree)))
    }

    fn special() -> Vec<Workload> {
        workloads! {
            "tree, by loops", "which yield each item again": |items| repeat_walk(items, |tree| Some(walk_by_loops(tree))) => sum_of_walks;
            "W7, boxed", "W7 through a vtable": |items| Some(ping_pong_boxed(items)) => |items| triangle(items + 1);
            "W9, `BoxGenerator`", "W1 through it": |items| Some(delegated::<0>(items)) => triangle;
            "nested 1, `yield_from!`", "W9 through one delegation": |items| Some(delegated::<1>(items)) => triangle;
            "nested 4, `yield_from!`", "through 4": |items| Some(delegated::<4>(items)) => triangle;
            "nested 16, `yield_from!`", "through 16": |items| Some(delegated::<16>(items)) => triangle;
            "nested 64, `yield_from!`", "through 64": |items| Some(delegated::<64>(items)) => triangle;
        }
    }
}

#[generator]
fn tight(items: u64) -> u64 {
    for n in 0..items {
        yield_!(n);
    }
}

#[generator]
fn arrays(items: u64) -> Array {
    for n in 0..items {
        yield_!(array(n));
    }
}

#[generator(send = u64)]
fn successors() -> u64 {
    let mut n = 0;
    loop {
        n = yield_!(n) + 1;
    }
}

#[generator]
fn relay(inner: Boxed) -> u64 {
    for n in inner {
        yield_!(n);
    }
}

#[generator]
fn fibonacci() -> u64 {
    let (mut a, mut b) = (0_u64, 1_u64);
    loop {
        yield_!(a);
        (a, b) = (b, a.wrapping_add(b));
    }
}

#[generator]
fn permutations(mut elements: Vec<u8>) -> Permutation {
    let mut counters = [0; ELEMENTS];
    yield_!(permutation(&elements));
    let mut length = 1;
    while length < ELEMENTS {
        let n = counters[length];
        if n < length {
            let other = if length.is_multiple_of(2) { 0 } else { n };
            elements.swap(other, length);
            yield_!(permutation(&elements));
            counters[length] += 1;
            length = 1;
        } else {
            counters[length] = 0;
            length += 1;
        }
    }
}

#[generator(boxed)]
fn in_order(tree: &Tree) -> u64 {
    if let Some(left) = &tree.left {
        yield_from!(in_order(left));
    }
    yield_!(tree.value);
    if let Some(right) = &tree.right {
        yield_from!(in_order(right));
    }
}

#[generator(boxed)]
fn in_order_by_loops(tree: &Tree) -> u64 {
    if let Some(left) = &tree.left {
        for value in in_order_by_loops(left) {
            yield_!(value);
        }
    }
    yield_!(tree.value);
    if let Some(right) = &tree.right {
        for value in in_order_by_loops(right) {
            yield_!(value);
        }
    }
}

#[inline(never)]
fn walk_by_loops(tree: &'static Tree) -> u64 {
    Sum.consume(in_order_by_loops(tree))
}

#[generator(boxed)]
fn delegate(inner: sync::BoxGenerator<'static, u64>) -> u64 {
    yield_from!(inner);
}

#[inline(never)]
fn delegated<const DEPTH: usize>(items: u64) -> u64 {
    let mut numbers: sync::BoxGenerator<'_, u64> = sync::Handle::boxed(tight(items)).into();
    for _ in 0..DEPTH {
        numbers = delegate(numbers);
    }
    drain_boxed(black_box(numbers))
}

#[inline(never)]
fn drain_boxed(numbers: sync::BoxGenerator<'_, u64>) -> u64 {
    Sum.consume(numbers)
}

#[inline(never)]
fn ping_pong_boxed(items: u64) -> u64 {
    let numbers: sync::BoxGenerator<'_, u64, u64> = sync::Handle::boxed(successors()).into();
    let mut numbers = black_box(numbers);
    numbers.resume();
    let mut sum = 0;
    for n in 0..items {
        sum = black_box(sum + numbers.send(n).unwrap_or_default());
    }
    sum
}
