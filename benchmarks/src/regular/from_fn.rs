//! `std::iter::from_fn`: a closure whose captured variables are the state.

use std::iter;

use super::{Boxed, Consumer, Contender, ELEMENTS, Permutation, Tree, permutation};
use crate::{Array, array};

/// See the module.
pub(super) struct FromFn;

impl Contender for FromFn {
    const NAME: &'static str = "`from_fn`";

    fn tight(items: u64, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(numbers(items)))
    }

    fn arrays(items: u64, consumer: impl Consumer<Array>) -> Option<u64> {
        let mut numbers = 0..items;
        Some(consumer.consume(iter::from_fn(move || numbers.next().map(array))))
    }

    fn boxed(items: u64) -> Option<Boxed> {
        Some(Box::new(numbers(items)))
    }

    fn relay(mut inner: Boxed) -> Boxed {
        Box::new(iter::from_fn(move || inner.next()))
    }

    fn fibonacci(consumer: impl Consumer<u64>) -> Option<u64> {
        let (mut a, mut b) = (0_u64, 1_u64);
        Some(consumer.consume(iter::from_fn(move || {
            let item = a;
            (a, b) = (b, a.wrapping_add(b));
            Some(item)
        })))
    }

    fn permutations(mut elements: Vec<u8>, consumer: impl Consumer<Permutation>) -> Option<u64> {
        let mut counters = [0; ELEMENTS];
        let mut started = false;
        Some(consumer.consume(iter::from_fn(move || {
            if !started {
                started = true;
                return Some(permutation(&elements));
            }
            let mut length = 1;
            while length < ELEMENTS {
                let n = counters[length];
                if n < length {
                    let other = if length.is_multiple_of(2) { 0 } else { n };
                    elements.swap(other, length);
                    counters[length] += 1;
                    return Some(permutation(&elements));
                }
                counters[length] = 0;
                length += 1;
            }
            None
        })))
    }

    fn in_order(tree: &'static Tree, consumer: impl Consumer<u64>) -> Option<u64> {
        let mut stack = Vec::new();
        tree.push_left(&mut stack);
        Some(consumer.consume(iter::from_fn(move || {
            let tree = stack.pop()?;
            if let Some(right) = &tree.right {
                right.push_left(&mut stack);
            }
            Some(tree.value)
        })))
    }
}

fn numbers(items: u64) -> impl Iterator<Item = u64> {
    let mut numbers = 0..items;
    iter::from_fn(move || numbers.next())
}
