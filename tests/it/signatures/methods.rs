//! Receivers of methods, and the impls that methods may be in.

use std::borrow::Cow;
use std::fmt::{Debug, Display};
use std::ops::Deref;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;
use probe::ready;

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

#[derive(Clone, Debug, PartialEq)]
struct List<T>(Vec<T>);

#[allow(clippy::needless_arbitrary_self_type, reason = "tests receivers")]
impl<T> List<T> {
    const FIRST: usize = 0;

    #[async_gen]
    async fn typed(self: &Self) -> &T {
        yield_!(&self.0[Self::FIRST]);
    }

    #[async_gen]
    async fn typed_by_value(self: Self) -> T {
        for item in self.0 {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn typed_mutable(self: &mut Self) -> &mut Vec<T> {
        yield_!(&mut self.0);
    }

    #[async_gen]
    async fn named<'list, 'other>(&'list self, other: &'other Self) -> (&'list T, &'other T) {
        for pair in self.0.iter().zip(&other.0) {
            yield_!(pair);
        }
    }

    #[async_gen]
    async fn named_mutable<'a>(&'a mut self, first: T) -> &'a mut T
    where
        T: 'a,
    {
        self.0.insert(Self::FIRST, first);
        for item in &mut self.0 {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn borrowed_from_self_only(&self, skip: &usize) -> &T {
        for item in self.0.iter().skip(*skip) {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn owned_box(self: Box<Self>) -> Box<Self> {
        yield_!(self);
    }

    #[async_gen]
    async fn mutable_box(mut self: Box<Self>) -> Option<T> {
        yield_!(self.0.pop());
        yield_!(self.0.pop());
    }

    #[async_gen]
    async fn counted(self: Rc<Self>) -> usize {
        yield_!(Rc::strong_count(&self));
    }

    #[async_gen]
    async fn shared(self: &Arc<Self>) -> Arc<Self> {
        yield_!(Arc::clone(self));
    }

    #[async_gen]
    async fn pinned(self: Pin<&Self>) -> &T {
        for item in &self.get_ref().0 {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn pinned_box(self: Pin<Box<Self>>) -> usize {
        yield_!(self.0.len());
    }

    #[async_gen]
    async fn pinned_counted(self: Pin<Rc<Self>>) -> Pin<Rc<Self>> {
        yield_!(self);
    }

    #[async_gen]
    async fn itself(self: Self, other: Self, third: List<Self>) -> Self
    where
        Self: Sized,
    {
        yield_!(self);
        let Self(items) = other;
        yield_!(Self(items));
        for inner in third.0 {
            yield_!(inner);
        }
    }
}

fn list(numbers: &[u8]) -> List<u8> {
    List(numbers.to_vec())
}

#[test]
fn the_type_of_a_receiver_may_be_written_out() {
    let mut one = list(&[1, 2]);
    assert_eq!(all(one.typed()), [&1]);
    all(one.typed_mutable())[0].push(3);
    assert_eq!(all(one.typed_by_value()), [1, 2, 3]);
}

#[test]
fn the_lifetime_of_a_receiver_may_be_named() {
    let mut one = list(&[1, 2]);
    assert_eq!(all(one.named(&list(&[3, 4]))), [(&1, &3), (&2, &4)]);
    for item in all(one.named_mutable(0)) {
        *item += 10;
    }
    assert_eq!(one.0, [10, 11, 12]);
}

#[test]
fn an_elided_lifetime_is_that_of_self() {
    let one = list(&[1, 2]);
    let items: Vec<&u8> = {
        let skip = 1;
        all(one.borrowed_from_self_only(&skip))
    };
    assert_eq!(items, [&2]);
}

#[test]
fn a_receiver_may_be_any_smart_pointer() {
    let one = list(&[1, 2]);
    assert_eq!(*all(Box::new(one.clone()).owned_box())[0], one);
    assert_eq!(all(Box::new(one.clone()).mutable_box()), [Some(2), Some(1)]);
    assert_eq!(all(Rc::new(one.clone()).counted()), [1]);
    let shared = Arc::new(one.clone());
    assert!(Arc::ptr_eq(&all(shared.shared())[0], &shared));
    assert_eq!(all(Pin::new(&one).pinned()), [&1, &2]);
    assert_eq!(all(Box::pin(one.clone()).pinned_box()), [2]);
    assert_eq!(all(Rc::pin(one.clone()).pinned_counted())[0].0, [1, 2]);
}

#[test]
fn self_is_a_type_and_a_constructor_in_signatures_and_bodies() {
    let items = all(list(&[1]).itself(list(&[2]), List(vec![list(&[3])])));
    assert_eq!(items, [list(&[1]), list(&[2]), list(&[3])]);
}

/// `Copy`, so that `mut self` changes only the generator's own copy.
#[derive(Clone, Copy)]
struct Counter(u8);

impl Counter {
    #[async_gen]
    async fn count(mut self, to: u8) -> u8 {
        while self.0 < to {
            self.0 += 1;
            yield_!(self.0);
        }
    }

    #[async_gen]
    async fn count_for(&mut self, rounds: u8) -> u8 {
        for _ in 0..rounds {
            self.0 += 1;
            yield_!(self.0);
        }
    }
}

#[test]
fn mut_self_changes_a_copy_and_a_mutable_reference_the_original() {
    let mut counter = Counter(0);
    assert_eq!(all(counter.count(2)), [1, 2]);
    assert_eq!(all(counter.count_for(2)), [1, 2]);
    assert_eq!(all(counter.count_for(1)), [3]);
}

#[derive(Clone, Copy)]
enum Tree<'a, T: ?Sized + 'a, const N: usize> {
    Leaf(&'a T),
    Node([&'a Self; N]),
}

impl<'a, T, const N: usize> Tree<'a, T, N>
where
    T: ?Sized + Display + Sync,
{
    /// Yields items that borrow from the leaves, not from the tree.
    #[async_gen(boxed)]
    async fn leaves(&self) -> &'a T {
        match *self {
            Self::Leaf(leaf) => yield_!(leaf),
            Self::Node(children) => {
                for child in children {
                    #[for_await]
                    for leaf in child.leaves() {
                        yield_!(leaf);
                    }
                }
            }
        }
    }

    #[async_gen]
    async fn texts<F>(self, text: F) -> String
    where
        F: Fn(&T) -> String,
    {
        #[for_await]
        for leaf in self.leaves() {
            yield_!(text(leaf));
        }
    }
}

#[test]
fn generators_may_use_the_parameters_of_a_generic_impl() {
    let (left, right) = (Tree::Leaf("l"), Tree::Leaf("r"));
    let leaves = {
        let tree = Tree::Node([&left, &right]);
        all(tree.leaves())
    };
    assert_eq!(leaves, ["l", "r"]);
    let (left, right) = (Tree::Leaf(&1), Tree::Leaf(&2));
    let items = all(Tree::Node([&left, &right]).texts(|leaf| format!("<{leaf}>")));
    assert_eq!(items, ["<1>", "<2>"]);
}

trait Source {
    #[async_gen]
    async fn items(self) -> String;
}

impl Source for &str {
    #[async_gen]
    async fn items(self) -> String {
        for word in self.split(' ') {
            yield_!(word.to_owned());
        }
    }
}

impl<T: Debug> Source for &mut List<T> {
    #[async_gen]
    async fn items(self) -> String {
        while let Some(item) = self.0.pop() {
            yield_!(format!("{item:?}"));
        }
    }
}

impl<const N: usize> Source for [Cow<'_, str>; N] {
    #[async_gen]
    async fn items(self) -> String {
        for item in self {
            yield_!(item.into_owned());
        }
    }
}

impl<A: Source, B: Source> Source for (A, B) {
    #[async_gen]
    async fn items(self) -> String {
        #[for_await]
        for item in self.0.items() {
            yield_!(item);
        }
        #[for_await]
        for item in self.1.items() {
            yield_!(item);
        }
    }
}

impl Source for fn(u8) -> u8 {
    #[async_gen]
    async fn items(self) -> String {
        yield_!(self(1).to_string());
    }
}

#[test]
fn impls_may_be_for_references_arrays_tuples_and_functions() {
    let mut numbers = list(&[1, 2]);
    assert_eq!(all(("to be", &mut numbers).items()), ["to", "be", "2", "1"]);
    assert_eq!(numbers.0, []);
    let words = [Cow::Borrowed("a"), Cow::Owned("b".to_owned())];
    assert_eq!(all(words.items()), ["a", "b"]);
    let function: fn(u8) -> u8 = |n| n + 1;
    assert_eq!(all(function.items()), ["2"]);
}

trait Shape {
    fn name(&self) -> &str;
}

impl Shape for String {
    fn name(&self) -> &str {
        self
    }
}

impl dyn Shape {
    #[async_gen]
    async fn letters(&self) -> char {
        for letter in self.name().chars() {
            yield_!(letter);
        }
    }
}

impl dyn Shape + Send + '_ {
    #[async_gen]
    async fn twice(self: Box<Self>) -> String {
        for _ in 0..2 {
            yield_!(self.name().to_owned());
        }
    }
}

trait Words {
    #[async_gen]
    async fn words(&self) -> &str;
}

impl Words for str {
    #[async_gen]
    async fn words(&self) -> &str {
        for word in self.split(' ') {
            yield_!(word);
        }
    }
}

impl Words for dyn Shape + '_ {
    #[async_gen]
    async fn words(&self) -> &str {
        yield_!(self.name());
    }
}

impl<P> Words for Pin<P>
where
    P: Deref,
    P::Target: Words,
{
    #[async_gen]
    async fn words(&self) -> &str {
        #[for_await]
        for word in (**self).words() {
            yield_!(word);
        }
    }
}

#[test]
fn impls_may_be_for_unsized_types_and_trait_objects() {
    let shape: &dyn Shape = &"ab".to_owned();
    assert_eq!(all(shape.letters()), ['a', 'b']);
    assert_eq!(all(shape.words()), ["ab"]);
    let boxed: Box<dyn Shape + Send> = Box::new("c".to_owned());
    assert_eq!(all(boxed.twice()), ["c", "c"]);
    assert_eq!(all("to be".words()), ["to", "be"]);
    assert_eq!(all(Pin::new("to be").words()), ["to", "be"]);
}

#[test]
fn impls_in_a_function_may_use_its_items() {
    const STEP: u8 = 2;
    struct Local;
    impl Local {
        #[async_gen]
        async fn steps(&self) -> u8 {
            yield_!(STEP);
            yield_!(2 * STEP);
        }
    }
    assert_eq!(all(Local.steps()), [2, 4]);
}
