//! The generator of genawaiter that is on the heap.

use std::future::Future;
use std::pin::Pin;

use ::genawaiter::rc::{Co, Gen};

use super::{Boxed, Consumer, Contender, Permutation, Tree};
use crate::contenders::genawaiter_rc::sum_of_answers;
use crate::{Array, array};

/// See the module.
pub(super) struct GenawaiterRc;

impl Contender for GenawaiterRc {
    const NAME: &'static str = "genawaiter rc";

    fn tight(items: u64, consumer: impl Consumer<u64>) -> Option<u64> {
        Some(consumer.consume(tight(items)))
    }

    fn arrays(items: u64, consumer: impl Consumer<Array>) -> Option<u64> {
        let arrays = Gen::new(async move |co: Co<_>| {
            for n in 0..items {
                co.yield_(array(n)).await;
            }
        });
        Some(consumer.consume(arrays.into_iter()))
    }

    fn ping_pong(items: u64) -> Option<u64> {
        let mut numbers = Gen::new(async |co: Co<u64, u64>| {
            let mut n = 0;
            loop {
                n = co.yield_(n).await + 1;
            }
        });
        Some(sum_of_answers(items, |n| numbers.resume_with(n)))
    }

    fn boxed(items: u64) -> Option<Boxed> {
        Some(Box::new(tight(items)))
    }

    fn relay(inner: Boxed) -> Boxed {
        let relay = Gen::new(async move |co: Co<_>| {
            for n in inner {
                co.yield_(n).await;
            }
        });
        Box::new(relay.into_iter())
    }

    fn fibonacci(consumer: impl Consumer<u64>) -> Option<u64> {
        let fibonacci = Gen::new(async |co: Co<_>| {
            let (mut a, mut b) = (0_u64, 1_u64);
            loop {
                co.yield_(a).await;
                (a, b) = (b, a.wrapping_add(b));
            }
        });
        Some(consumer.consume(fibonacci.into_iter()))
    }

    fn permutations(elements: Vec<u8>, consumer: impl Consumer<Permutation>) -> Option<u64> {
        let permutations = Gen::new(async move |co: Co<_>| {
            permute!(elements, |permutation| co.yield_(permutation).await);
        });
        Some(consumer.consume(permutations.into_iter()))
    }

    fn in_order(tree: &'static Tree, consumer: impl Consumer<u64>) -> Option<u64> {
        let values = Gen::new(async move |co: Co<_>| in_order(tree, &co).await);
        Some(consumer.consume(values.into_iter()))
    }
}

fn tight(items: u64) -> impl Iterator<Item = u64> {
    let numbers = Gen::new(async move |co: Co<_>| {
        for n in 0..items {
            co.yield_(n).await;
        }
    });
    numbers.into_iter()
}

/// Lends the right to yield to a future for each node: the way to delegate that the crate has.
fn in_order<'a>(tree: &'a Tree, co: &'a Co<u64>) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
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
