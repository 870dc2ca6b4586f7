//! corosensei: coroutines that have a stack of their own, so a function that is called may yield.

use std::hint::black_box;
use std::iter;

use ::corosensei::{Coroutine, Yielder};

use super::{Boxed, Consumer, Contender, Permutation, Tree};
use crate::{Array, array};

/// See the module.
pub(super) struct Corosensei;

impl Contender for Corosensei {
    const NAME: &'static str = "corosensei";

    fn tight(items: u64, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(tight(items)))
    }

    fn arrays(items: u64, consumer: impl Consumer<Array>) -> Option<u64> {
        Some(consumer.consume(iterator(move |yielder| {
            for n in 0..items {
                yielder.suspend(array(n));
            }
        })))
    }

    fn ping_pong(items: u64) -> Option<u64> {
        let mut numbers = Coroutine::<u64, u64, ()>::new(|yielder, _| {
            let mut n = 0;
            loop {
                n = yielder.suspend(n) + 1;
            }
        });
        numbers.resume(0);
        let mut sum = 0;
        for n in 0..items {
            sum = black_box(sum + numbers.resume(n).as_yield().unwrap_or_default());
        }
        Some(sum)
    }

    fn boxed(items: u64) -> Option<Boxed> {
        Some(Box::new(tight(items)))
    }

    fn relay(inner: Boxed) -> Boxed {
        Box::new(iterator(move |yielder| {
            for n in inner {
                yielder.suspend(n);
            }
        }))
    }

    fn fibonacci(consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(iterator(|yielder| {
            let (mut a, mut b) = (0_u64, 1_u64);
            loop {
                yielder.suspend(a);
                (a, b) = (b, a.wrapping_add(b));
            }
        })))
    }

    fn permutations(elements: Vec<u8>, consumer: impl Consumer<Permutation>) -> Option<u64> {
        Some(consumer.consume(iterator(move |yielder| {
            permute!(elements, |permutation| yielder.suspend(permutation));
        })))
    }

    fn in_order(tree: &'static Tree, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(iterator(move |yielder| in_order(tree, yielder))))
    }
}

/// Makes an iterator of a coroutine, which is none. Not to be asked again after `None`.
fn iterator<T: 'static>(body: impl FnOnce(&Yielder<(), T>) + 'static) -> impl Iterator<Item = T> {
    let mut coroutine = Coroutine::new(move |yielder, ()| body(yielder));
    iter::from_fn(move || coroutine.resume(()).as_yield())
}

fn tight(items: u64) -> impl Iterator<Item = u64> {
    iterator(move |yielder| {
        for n in 0..items {
            yielder.suspend(n);
        }
    })
}

fn in_order(tree: &Tree, yielder: &Yielder<(), u64>) {
    if let Some(left) = &tree.left {
        in_order(left, yielder);
    }
    yielder.suspend(tree.value);
    if let Some(right) = &tree.right {
        in_order(right, yielder);
    }
}
