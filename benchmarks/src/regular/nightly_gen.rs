//! The compiler's own `gen fn`.

use super::{Boxed, Consumer, Contender, Permutation, Tree};
use crate::{Array, array};

/// See the module.
pub(super) struct NightlyGen;

impl Contender for NightlyGen {
    const NAME: &'static str = "nightly `gen fn`";

    fn tight(items: u64, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(tight(items)))
    }

    fn arrays(items: u64, consumer: impl Consumer<Array>) -> Option<u64> {
        Some(consumer.consume(arrays(items)))
    }

    fn boxed(items: u64) -> Option<Boxed> {
        Some(Box::new(tight(items)))
    }

    fn relay(inner: Boxed) -> Boxed {
        Box::new(relay(inner))
    }

    fn fibonacci(consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(fibonacci()))
    }

    fn permutations(elements: Vec<u8>, consumer: impl Consumer<Permutation>) -> Option<u64> {
        Some(consumer.consume(permutations(elements)))
    }

    fn in_order(tree: &'static Tree, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(in_order(tree)))
    }
}

gen fn tight(items: u64) -> u64 {
    for n in 0..items {
        yield n;
    }
}

gen fn arrays(items: u64) -> Array {
    for n in 0..items {
        yield array(n);
    }
}

gen fn relay(inner: Boxed) -> u64 {
    for n in inner {
        yield n;
    }
}

gen fn fibonacci() -> u64 {
    let (mut a, mut b) = (0_u64, 1_u64);
    loop {
        yield a;
        (a, b) = (b, a.wrapping_add(b));
    }
}

gen fn permutations(elements: Vec<u8>) -> Permutation {
    permute!(elements, |permutation| yield permutation);
}

fn in_order(tree: &Tree) -> Box<dyn Iterator<Item = u64> + Send + '_> {
    Box::new(gen move {
        if let Some(left) = &tree.left {
            for value in in_order(left) {
                yield value;
            }
        }
        yield tree.value;
        if let Some(right) = &tree.right {
            for value in in_order(right) {
                yield value;
            }
        }
    })
}
