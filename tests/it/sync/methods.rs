//! Regular generators as methods, of types and of traits.

use std::pin::Pin;
use std::rc::Rc;

use gen_runtime::generator;
use gen_runtime::sync::{self, BoxGenerator, BoxTryGenerator};

#[derive(Clone, Debug, PartialEq)]
struct List<T>(Vec<T>);

impl<T> List<T> {
    const FIRST: usize = 0;

    #[generator]
    fn shared(&self, skip: usize) -> &T {
        for item in self.0.iter().skip(skip) {
            yield_!(item);
        }
    }

    #[generator]
    fn mutable(&mut self, first: T) -> &mut T {
        self.0.insert(Self::FIRST, first);
        for item in &mut self.0 {
            yield_!(item);
        }
    }

    #[generator]
    fn owned(self) -> T {
        for item in self.0 {
            yield_!(item);
        }
    }

    #[generator]
    fn mutable_box(mut self: Box<Self>) -> Option<T> {
        yield_!(self.0.pop());
        yield_!(self.0.pop());
    }

    #[generator]
    fn counted(self: Rc<Self>) -> usize {
        yield_!(Rc::strong_count(&self));
    }

    #[generator]
    fn pinned(self: Pin<&mut Self>, last: T) -> usize
    where
        T: Unpin,
    {
        let list = &mut self.get_mut().0;
        yield_!(list.len());
        list.push(last);
        yield_!(list.len());
    }

    #[generator]
    fn named<'list, 'other>(&'list self, other: &'other Self) -> (&'list T, &'other T) {
        for pair in self.0.iter().zip(&other.0) {
            yield_!(pair);
        }
    }

    #[generator]
    fn associated(items: [T; 2]) -> Self {
        yield_!(List(items.into()));
    }
}

#[test]
fn the_receivers_of_methods() {
    let mut list = List(vec![1, 2]);
    assert_eq!(sync::pin!(list.shared(1)).collect::<Vec<_>>(), [&2]);
    for item in sync::pin!(list.mutable(0)) {
        *item += 10;
    }
    assert_eq!(list.0, [10, 11, 12]);
    let other = List(vec![5]);
    assert_eq!(
        sync::pin!(list.named(&other)).collect::<Vec<_>>(),
        [(&10, &5)]
    );
    assert_eq!(
        sync::pin!(Pin::new(&mut list).pinned(7)).collect::<Vec<_>>(),
        [3, 4]
    );
    let popped = sync::pin!(Box::new(list.clone()).mutable_box());
    assert_eq!(popped.collect::<Vec<_>>(), [Some(7), Some(12)]);
    let counted = Rc::new(list.clone());
    assert_eq!(sync::pin!(Rc::clone(&counted).counted()).next(), Some(2));
    assert_eq!(sync::pin!(list.owned()).sum::<i32>(), 40);
    assert_eq!(
        sync::pin!(List::associated([1, 2])).next(),
        Some(List(vec![1, 2]))
    );
}

trait Source {
    type Item: Copy;

    /// A required generator.
    #[generator]
    fn items(&self, from: usize) -> &Self::Item;

    /// A provided generator.
    #[generator(returns = usize)]
    fn twice(&self) -> Self::Item {
        let mut count = 0;
        for _ in 0..2 {
            for item in sync::pin!(self.items(0)) {
                yield_!(*item);
                count += 1;
            }
        }
        count
    }

    fn len(&self) -> usize;
}

impl<T: Copy> Source for List<T> {
    type Item = T;

    #[generator]
    fn items(&self, from: usize) -> &T {
        for item in &self.0[from..] {
            yield_!(item);
        }
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

#[test]
fn a_default_body_may_call_a_required_generator() {
    let list = List(vec!['a', 'b']);
    let mut twice = sync::pin!(list.twice());
    assert_eq!(twice.by_ref().collect::<String>(), "abab");
    assert_eq!(twice.take_return(), Some(4));
    assert_eq!(sync::pin!(list.items(1)).collect::<Vec<_>>(), [&'b']);
    assert_eq!(list.len(), 2);
}

/// A trait of boxed generators is dyn-safe.
trait Pager {
    #[generator(boxed, throws = String)]
    fn pages(&self, prefix: &str, limit: usize) -> String;

    #[generator(boxed, local)]
    fn log(&mut self) -> u32 {
        let shared = Rc::new(1);
        yield_!(*shared);
    }

    #[generator(boxed)]
    fn count(&self) -> usize;
}

struct Pages(usize);

impl Pager for Pages {
    #[generator(boxed, throws = String)]
    fn pages(&self, prefix: &str, limit: usize) -> String {
        for number in 0..self.0.min(limit) {
            yield_!(format!("{prefix}{number}"));
        }
        Err(prefix.to_owned())
    }

    #[generator(boxed)]
    fn count(&self) -> usize {
        yield_!(self.0);
    }
}

#[test]
fn a_trait_object_may_have_boxed_generators() {
    let mut pager: Box<dyn Pager> = Box::new(Pages(1));
    let both: BoxTryGenerator<'_, String, String> = pager.pages("page ", 5);
    assert_eq!(
        both.collect::<Vec<_>>(),
        [Ok("page 0".to_owned()), Err("page ".to_owned())]
    );
    let count: BoxGenerator<'_, usize> = pager.count();
    assert_eq!(count.sum::<usize>(), 1);
    assert_eq!(pager.log().next(), Some(1));
}

/// One trait may have generators of both kinds.
trait Both {
    #[generator]
    fn plain(&self) -> u32;

    #[gen_runtime::async_gen]
    async fn waiting(&self) -> u32 {
        yield_from!(self.plain());
    }
}

impl Both for u32 {
    #[generator]
    fn plain(&self) -> u32 {
        yield_!(*self);
    }
}

#[test]
fn a_trait_may_have_generators_of_both_kinds() {
    let mut waiting = gen_runtime::pin!(7.waiting());
    assert_eq!(probe::ready(waiting.next()), Some(7));
    assert_eq!(sync::pin!(8.plain()).next(), Some(8));
}
