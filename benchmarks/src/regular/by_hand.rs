//! `next` written by hand, as the reference for the others.

use std::hint::black_box;

use super::{Boxed, Consumer, Contender, ELEMENTS, Permutation, Tree, permutation};
use crate::{Array, array};

/// See the module.
pub(super) struct ByHand;

impl Contender for ByHand {
    const NAME: &'static str = "by hand";

    fn tight(items: u64, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(Numbers { next: 0, items }))
    }

    fn arrays(items: u64, consumer: impl Consumer<Array>) -> Option<u64> {
        let numbers = Numbers { next: 0, items };
        Some(consumer.consume(Arrays { numbers }))
    }

    fn ping_pong(items: u64) -> Option<u64> {
        let numbers = Successors;
        let mut sum = 0;
        for n in 0..items {
            sum = black_box(sum + numbers.send(n));
        }
        Some(sum)
    }

    fn boxed(items: u64) -> Option<Boxed> {
        Some(Box::new(Numbers { next: 0, items }))
    }

    fn relay(inner: Boxed) -> Boxed {
        Box::new(Relay { inner })
    }

    fn fibonacci(consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(Fibonacci { a: 0, b: 1 }))
    }

    fn permutations(elements: Vec<u8>, consumer: impl Consumer<Permutation>) -> Option<u64> {
        Some(consumer.consume(Permutations {
            elements,
            counters: [0; ELEMENTS],
            started: false,
        }))
    }

    fn in_order(tree: &'static Tree, consumer: impl Consumer<u64>) -> Option<u64> {
        let mut stack = Vec::new();
        tree.push_left(&mut stack);
        Some(consumer.consume(InOrder { stack }))
    }
}

struct Numbers {
    next: u64,
    items: u64,
}

impl Iterator for Numbers {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        if self.next == self.items {
            return None;
        }
        let n = self.next;
        self.next += 1;
        Some(n)
    }
}

struct Arrays {
    numbers: Numbers,
}

impl Iterator for Arrays {
    type Item = Array;

    fn next(&mut self) -> Option<Array> {
        self.numbers.next().map(array)
    }
}

struct Successors;

impl Successors {
    #[expect(clippy::unused_self, reason = "others have state")]
    fn send(&self, n: u64) -> u64 {
        n + 1
    }
}

struct Relay {
    inner: Boxed,
}

impl Iterator for Relay {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.inner.next()
    }
}

struct Fibonacci {
    a: u64,
    b: u64,
}

impl Iterator for Fibonacci {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let item = self.a;
        (self.a, self.b) = (self.b, self.a.wrapping_add(self.b));
        Some(item)
    }
}

struct Permutations {
    elements: Vec<u8>,
    counters: [usize; ELEMENTS],
    started: bool,
}

impl Iterator for Permutations {
    type Item = Permutation;

    fn next(&mut self) -> Option<Permutation> {
        if !self.started {
            self.started = true;
            return Some(permutation(&self.elements));
        }
        let mut length = 1;
        while length < ELEMENTS {
            let n = self.counters[length];
            if n < length {
                let other = if length.is_multiple_of(2) { 0 } else { n };
                self.elements.swap(other, length);
                self.counters[length] += 1;
                return Some(permutation(&self.elements));
            }
            self.counters[length] = 0;
            length += 1;
        }
        None
    }
}

/// A walk that keeps the nodes whose left side it has walked.
struct InOrder {
    stack: Vec<&'static Tree>,
}

impl Iterator for InOrder {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let tree = self.stack.pop()?;
        if let Some(right) = &tree.right {
            right.push_left(&mut self.stack);
        }
        Some(tree.value)
    }
}
