//! Recursion by `yield_from!`: no depth overflows the stack.

use std::cell::Cell;
use std::rc::Rc;

use gen_runtime::{State, generator, sync};

/// Deep enough to overflow the stack of a test's thread if there were one frame for each level.
const DEPTH: u32 = 100_000;

/// Yields below `depth` levels of delegation, and returns the number of levels.
#[generator(boxed, local, throws = u32, returns = u32)]
fn nested(depth: u32, cleanups: Rc<Cell<u32>>) -> u32 {
    defer! { cleanups.set(cleanups.get() + 1); }
    if depth == 0 {
        yield_!(1);
        yield_!(2);
        return 0;
    }
    1 + yield_from!(nested(depth - 1, cleanups.clone()))
}

#[test]
fn a_deep_generator_runs_to_its_end() {
    let cleanups = Rc::default();
    let mut items = nested(DEPTH, Rc::clone(&cleanups));
    assert_eq!(items.by_ref().collect::<Vec<_>>(), [Ok(1), Ok(2)]);
    assert_eq!(items.take_return(), Some(DEPTH));
    assert_eq!(cleanups.get(), DEPTH + 1);
}

#[test]
fn a_close_and_a_throw_pass_all_levels() {
    for closes in [false, true] {
        let cleanups = Rc::default();
        let mut items = nested(DEPTH, Rc::clone(&cleanups));
        assert_eq!(items.next(), Some(Ok(1)));
        if closes {
            assert_eq!(items.close(), Ok(()));
        } else {
            assert_eq!(items.throw(7), Err(7));
        }
        assert_eq!(
            (cleanups.get(), items.state()),
            (DEPTH + 1, State::Finished)
        );
    }
}

#[test]
fn a_deep_generator_is_dropped_while_suspended() {
    let cleanups = Rc::default();
    let mut items = nested(DEPTH, Rc::clone(&cleanups));
    assert_eq!(items.next(), Some(Ok(1)));
    drop(items);
    assert_eq!((cleanups.get(), Rc::strong_count(&cleanups)), (0, 1));
}

#[test]
fn a_panic_finishes_all_levels() {
    #[generator(boxed)]
    fn panics(depth: u32) -> u32 {
        if depth == 0 {
            yield_!(1);
            panic!("the innermost body");
        }
        yield_from!(panics(depth - 1));
    }
    let mut items = panics(DEPTH);
    assert_eq!(items.next(), Some(1));
    assert_eq!(probe::panic_message(|| items.next()), "the innermost body");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn many_short_generators_in_one_call_use_no_stack() {
    #[generator(boxed, returns = u64)]
    fn nothing(n: u64) -> u64 {
        if n == u64::MAX {
            yield_!(n);
        }
        n
    }
    #[generator]
    fn sums() -> u64 {
        let mut sum = 0;
        for n in 0..u64::from(DEPTH) {
            sum += yield_from!(nothing(n));
        }
        yield_!(sum);
    }
    let depth = u64::from(DEPTH);
    assert_eq!(sync::pin!(sums()).next(), Some(depth * (depth - 1) / 2));
}

#[test]
fn a_tree_is_walked_in_order_through_a_trait_object() {
    trait Node {
        #[generator(boxed)]
        fn values(&self) -> u32;
    }
    struct Leaf(u32);
    struct Branch(Vec<Box<dyn Node + Send + Sync>>);

    impl Node for Leaf {
        #[generator(boxed)]
        fn values(&self) -> u32 {
            yield_!(self.0);
        }
    }
    impl Node for Branch {
        #[generator(boxed)]
        fn values(&self) -> u32 {
            for child in &self.0 {
                yield_from!(child.values());
            }
        }
    }
    let inner = Branch(vec![
        Box::new(Leaf(2)),
        Box::new(Branch(vec![])),
        Box::new(Leaf(3)),
    ]);
    let tree = Branch(vec![Box::new(Leaf(1)), Box::new(inner)]);
    assert_eq!(tree.values().collect::<Vec<_>>(), [1, 2, 3]);
}
