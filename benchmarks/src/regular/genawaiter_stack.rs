//! The generator of genawaiter that is on the stack of its consumer. It cannot be returned, so it is not boxed.

use std::future::Future;
use std::pin::Pin;

use ::genawaiter::stack::{Co, let_gen_using};

use super::{Consumer, Contender, Permutation, Tree};
use crate::contenders::genawaiter_rc::sum_of_answers;
use crate::{Array, array};

/// See the module.
pub(super) struct GenawaiterStack;

impl Contender for GenawaiterStack {
    const NAME: &'static str = "genawaiter stack";

    fn tight(items: u64, consumer: impl Consumer<u64>) -> Option<u64> {
        let_gen_using!(numbers, async move |co: Co<'_, _>| {
            for n in 0..items {
                co.yield_(n).await;
            }
        });
        Some(consumer.consume(numbers.into_iter()))
    }

    fn arrays(items: u64, consumer: impl Consumer<Array>) -> Option<u64> {
        let_gen_using!(arrays, async move |co: Co<'_, _>| {
            for n in 0..items {
                co.yield_(array(n)).await;
            }
        });
        Some(consumer.consume(arrays.into_iter()))
    }

    fn ping_pong(items: u64) -> Option<u64> {
        let_gen_using!(numbers, async |co: Co<'_, u64, u64>| {
            let mut n = 0;
            loop {
                n = co.yield_(n).await + 1;
            }
        });
        Some(sum_of_answers(items, |n| numbers.resume_with(n)))
    }

    fn fibonacci(consumer: impl Consumer<u64>) -> Option<u64> {
        let_gen_using!(fibonacci, async |co: Co<'_, _>| {
            let (mut a, mut b) = (0_u64, 1_u64);
            loop {
                co.yield_(a).await;
                (a, b) = (b, a.wrapping_add(b));
            }
        });
        Some(consumer.consume(fibonacci.into_iter()))
    }

    fn permutations(elements: Vec<u8>, consumer: impl Consumer<Permutation>) -> Option<u64> {
        let_gen_using!(permutations, async move |co: Co<'_, _>| {
            permute!(elements, |permutation| co.yield_(permutation).await);
        });
        Some(consumer.consume(permutations.into_iter()))
    }

    fn in_order(tree: &'static Tree, consumer: impl Consumer<u64>) -> Option<u64> {
        let_gen_using!(values, async move |co: Co<'_, _>| in_order(tree, &co).await);
        Some(consumer.consume(values.into_iter()))
    }
}

/// Lends the right to yield to a future for each node, as in the generator on the heap.
fn in_order<'a>(tree: &'a Tree, co: &'a Co<'_, u64>) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
    Box::pin(async move {
        if let Some(left) = &tree.left {
            in_order(left, co).await;
        }
        co.yield_(tree.value).await;
        if let Some(right) = &tree.right {
            in_order(right, co).await;
        }
    })
}
