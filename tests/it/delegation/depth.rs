//! Constant cost in depth: polls, and no overflow of the stack at any depth.

use std::cell::Cell;
use std::rc::Rc;

use gen_runtime::{BoxTryGenerator, LocalBoxTryGenerator, State, async_gen, pin};
use probe::{Gate, drop_half_way, ready};

/// Deep enough to overflow the stack of a test's thread if there were one frame for each level.
const DEPTH: u32 = 200_000;

/// Yields below `depth` levels of delegation, and returns the number of levels.
#[async_gen(boxed, local, throws = u32, returns = u32)]
async fn nested(depth: u32, gate: Gate, cleanups: Rc<Cell<u32>>) -> u32 {
    defer! { cleanups.set(cleanups.get() + 1); }
    if depth == 0 {
        yield_!(1);
        gate.await;
        yield_!(2);
        return 0;
    }
    1 + yield_from!(nested(depth - 1, gate, cleanups.clone()))
}

type Nested = LocalBoxTryGenerator<'static, u32, u32, (), u32>;

fn start(depth: u32) -> (Nested, Gate, Rc<Cell<u32>>) {
    let (gate, cleanups) = (Gate::default(), Rc::default());
    (
        nested(depth, gate.clone(), Rc::clone(&cleanups)),
        gate,
        cleanups,
    )
}

#[test]
fn a_deep_generator_runs_to_its_end() {
    let (mut items, gate, cleanups) = start(DEPTH);
    gate.open();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(DEPTH));
    assert_eq!(cleanups.get(), DEPTH + 1);
}

#[test]
fn an_error_thrown_into_a_deep_generator_passes_all_levels() {
    let (mut items, _, cleanups) = start(DEPTH);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(7)), Err(7));
    assert_eq!(cleanups.get(), DEPTH + 1);
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_deep_generator_is_closed() {
    let (mut items, gate, cleanups) = start(DEPTH);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    assert_eq!(items.state(), State::InFlight);
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(cleanups.get(), DEPTH + 1);
    assert_eq!(gate.polls(), 1);
}

#[test]
fn a_deep_generator_is_dropped_half_way() {
    let (mut items, _, cleanups) = start(DEPTH);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop(items);
    assert_eq!(cleanups.get(), 0, "a drop runs no `defer!`");
    assert_eq!(Rc::strong_count(&cleanups), 1);
}

#[async_gen(throws = u32, returns = u32)]
async fn relay(inner: &mut Nested) -> u32 {
    yield_from!(inner)
}

#[test]
fn a_deep_generator_whose_root_was_dropped_is_dropped_half_way() {
    let (mut items, _, cleanups) = start(DEPTH);
    {
        let mut outer = pin!(relay(&mut items));
        assert_eq!(ready(outer.next()), Some(Ok(1)));
    }
    assert_eq!(items.state(), State::Suspended);
    drop(items);
    assert_eq!(Rc::strong_count(&cleanups), 1);
}

#[test]
fn a_deep_generator_whose_root_was_dropped_runs_on() {
    let (mut items, gate, _) = start(DEPTH);
    gate.open();
    {
        let mut outer = pin!(relay(&mut items));
        assert_eq!(ready(outer.next()), Some(Ok(1)));
    }
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(DEPTH));
}

#[test]
fn a_panic_finishes_all_levels() {
    #[async_gen(boxed, throws = u32)]
    async fn panics(depth: u32) -> u32 {
        if depth == 0 {
            yield_!(1);
            panic!("the innermost body");
        }
        yield_from!(panics(depth - 1));
    }
    let mut items: BoxTryGenerator<'_, u32, u32> = panics(DEPTH);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    let message = probe::panic_message(|| {
        let _ = ready(items.next());
    });
    assert_eq!(message, "the innermost body");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn many_short_generators_in_one_poll_use_no_stack() {
    #[async_gen(boxed, returns = u64)]
    async fn nothing(n: u64) -> u64 {
        if n == u64::MAX {
            yield_!(n);
        }
        n
    }
    #[async_gen]
    async fn sums() -> u64 {
        let mut sum = 0;
        for n in 0..u64::from(DEPTH) {
            sum += yield_from!(nothing(n));
        }
        yield_!(sum);
    }
    let mut items = pin!(sums());
    let depth = u64::from(DEPTH);
    assert_eq!(ready(items.next()), Some(depth * (depth - 1) / 2));
}

#[test]
fn an_item_is_one_poll_of_the_innermost_body() {
    let (mut items, gate, _) = start(16);
    assert_eq!(ready(items.next()), Some(Ok(1)));
    drop_half_way(items.next());
    drop_half_way(items.next());
    assert_eq!(gate.polls(), 2);
}

#[test]
fn mutual_recursion_and_type_parameters() {
    #[async_gen(boxed)]
    async fn even<T: Clone + Send + Sync>(n: u32, item: &T) -> T {
        yield_!(item.clone());
        if n > 0 {
            yield_from!(odd(n - 1, item));
        }
    }
    #[async_gen(boxed)]
    async fn odd<T: Clone + Send + Sync>(n: u32, item: &T) -> T {
        yield_from!(even(n - 1, item));
    }
    let mut items = even(6, &"x");
    let mut count = 0;
    while let Some(item) = ready(items.next()) {
        assert_eq!(item, "x");
        count += 1;
    }
    assert_eq!(count, 4);
}

#[test]
fn recursion_through_a_trait_object() {
    trait Node {
        #[async_gen(boxed)]
        async fn values(&self) -> u32;
    }
    struct Leaf(u32);
    struct Branch(Vec<Box<dyn Node + Send + Sync>>);

    impl Node for Leaf {
        #[async_gen(boxed)]
        async fn values(&self) -> u32 {
            yield_!(self.0);
        }
    }
    impl Node for Branch {
        #[async_gen(boxed)]
        async fn values(&self) -> u32 {
            for child in &self.0 {
                yield_from!(child.values());
            }
        }
    }
    let inner = Branch(vec![Box::new(Leaf(2)), Box::new(Leaf(3))]);
    let tree = Branch(vec![
        Box::new(Leaf(1)),
        Box::new(inner),
        Box::new(Branch(vec![])),
    ]);
    let mut items = tree.values();
    for n in 1..=3 {
        assert_eq!(ready(items.next()), Some(n));
    }
    assert_eq!(ready(items.next()), None);
}
