//! Cleanups that did not run are reported to the hook, once each, and no others.

use std::cell::RefCell;

use gen_runtime::{
    AsyncGenerator, Handle, SkippedCleanup, async_gen, async_gen_block, closing, generator, pin,
    set_skipped_cleanup_hook, sync,
};
use probe::{Gate, drop_half_way, panic_message, ready};

thread_local! {
    // The tests run in threads of their own, and the hook is one for all of them.
    static SKIPPED: RefCell<Vec<SkippedCleanup>> = const { RefCell::new(Vec::new()) };
}

/// Returns what was reported while `action` ran: the function, the line of the `defer!`, and whether the cleanup began.
fn reported(action: impl FnOnce()) -> Vec<(&'static str, u32, bool)> {
    set_skipped_cleanup_hook(|skipped| SKIPPED.with_borrow_mut(|all| all.push(*skipped)));
    SKIPPED.take();
    action();
    let all = SKIPPED.take();
    all.iter()
        .inspect(|skipped| assert_eq!(skipped.location().file(), file!()))
        .map(|skipped| {
            let (_, function) = skipped.function().rsplit_once("::").unwrap();
            (function, skipped.location().line(), skipped.began())
        })
        .collect()
}

/// The lines of the two `defer!`s of [`two`] and of the yields.
const FIRST: u32 = line!() + 6;
const SECOND: u32 = FIRST + 2;

#[async_gen(throws = &'static str)]
async fn two(gate: Gate) -> u32 {
    yield_!(0);
    defer! { gate.clone().await; }
    yield_!(1);
    defer! {
        gate.clone().await;
    }
    yield_!(2);
    gate.clone().await;
    yield_!(3);
}

fn open() -> Gate {
    let gate = Gate::default();
    gate.open();
    gate
}

/// Takes items.
fn advance<G: AsyncGenerator<Sent = ()>>(numbers: &mut Handle<&mut G>, items: usize) {
    for _ in 0..items {
        ready(numbers.next());
    }
}

#[test]
fn those_that_were_reached_are_reported_from_the_innermost_outward() {
    for (items, expected) in [
        (0, vec![]),
        (1, vec![]),
        (2, vec![("two", FIRST, false)]),
        (3, vec![("two", SECOND, false), ("two", FIRST, false)]),
        (4, vec![("two", SECOND, false), ("two", FIRST, false)]),
        (5, vec![]),
    ] {
        let skipped = reported(|| {
            let mut numbers = pin!(two(open()));
            advance(&mut numbers, items);
        });
        assert_eq!(skipped, expected, "after {items} items");
    }
}

#[test]
fn one_in_flight_is_reported() {
    let skipped = reported(|| {
        let gate = open();
        let mut numbers = pin!(two(gate.clone()));
        advance(&mut numbers, 3);
        gate.shut();
        drop_half_way(numbers.next());
    });
    assert_eq!(skipped, [("two", SECOND, false), ("two", FIRST, false)]);
}

#[test]
fn a_close_or_a_throw_reports_nothing() {
    let skipped = reported(|| {
        let mut numbers = pin!(two(open()));
        advance(&mut numbers, 3);
        ready(numbers.close()).unwrap();
        let mut numbers = pin!(two(open()));
        advance(&mut numbers, 3);
        assert_eq!(ready(numbers.throw("e")), Err("e"));
        let first = closing(with_region(), async |numbers| numbers.next().await);
        assert_eq!(ready(first), Some(1));
    });
    assert_eq!(skipped, []);
}

#[async_gen]
async fn with_region() -> u32 {
    defer! {}
    yield_!(1);
}

#[test]
fn a_cleanup_that_is_suspended_has_begun() {
    let skipped = reported(|| {
        let gate = open();
        let mut numbers = pin!(two(gate.clone()));
        advance(&mut numbers, 3);
        gate.shut();
        drop_half_way(numbers.close());
    });
    assert_eq!(skipped, [("two", SECOND, true), ("two", FIRST, false)]);
}

/// The line of the `defer!` of [`nested`], and of the one inside it.
const OUTER: u32 = line!() + 5;
const INNER: u32 = OUTER + 1;

#[async_gen]
async fn nested(gate: Gate) -> u32 {
    defer! {
        defer! {}
        gate.await;
    }
    yield_!(1);
}

#[test]
fn one_in_a_cleanup_is_reported_before_it() {
    let skipped = reported(|| {
        let gate = Gate::default();
        let mut numbers = pin!(nested(gate));
        ready(numbers.next());
        drop_half_way(numbers.close());
    });
    assert_eq!(skipped, [("nested", INNER, false), ("nested", OUTER, true)]);
}

#[async_gen(throws = &'static str)]
async fn leaves(way: u8) -> u32 {
    for _ in 0..2 {
        let caught = attempt! {
            defer! { if way == 4 { Err("cleanup")? } }
            match way {
                0 => break,
                1 => continue,
                2 => return,
                3 => Err("own")?,
                _ => {}
            }
        };
        assert_eq!(caught.is_err(), way == 3 || way == 4);
    }
}

#[test]
fn no_way_out_of_a_block_is_reported() {
    for way in 0..6 {
        let skipped = reported(|| {
            let mut items = pin!(leaves(way));
            assert_eq!(ready(items.next()), None);
        });
        assert_eq!(skipped, [], "way {way}");
    }
}

#[test]
fn a_panic_skips_the_cleanups_around_it() {
    let line = line!() + 4;
    let skipped = reported(|| {
        let mut items = pin!(async_gen_block! {
            #![async_gen(yields = ())]
            defer! {}
            panic!("body");
        });
        assert_eq!(panic_message(|| ready(items.next())), "body");
    });
    let function = "a_panic_skips_the_cleanups_around_it";
    assert_eq!(skipped, [(function, line, false)]);

    let line = line!() + 4;
    let skipped = reported(|| {
        let mut items = pin!(async_gen_block! {
            #![async_gen(yields = ())]
            defer! { panic!("cleanup"); }
        });
        assert_eq!(panic_message(|| ready(items.next())), "cleanup");
    });
    assert_eq!(skipped, [(function, line, true)]);
}

#[async_gen]
async fn outer() -> u32 {
    defer! {}
    yield_from!(with_region());
}

#[test]
fn a_chain_is_reported_from_the_innermost_generator_outward() {
    let skipped = reported(|| {
        let mut numbers = pin!(outer());
        ready(numbers.next());
    });
    let functions: Vec<_> = skipped.iter().map(|&(function, ..)| function).collect();
    assert_eq!(functions, ["with_region", "outer"]);
}

#[async_gen]
async fn selects(gate: Gate) -> u32 {
    #[for_await(close)]
    for n in with_region() {
        yield_!(n);
    }
    gate.await;
}

#[test]
fn the_generator_of_a_closing_loop_is_reported_and_the_loop_too() {
    let skipped = reported(|| {
        let mut numbers = pin!(selects(open()));
        ready(numbers.next());
    });
    let functions: Vec<_> = skipped.iter().map(|&(function, ..)| function).collect();
    assert_eq!(functions, ["selects", "with_region"]);
}

#[generator]
fn regular() -> u32 {
    defer! {}
    yield_!(1);
}

#[test]
fn regular_generators_are_reported() {
    let skipped = reported(|| {
        let mut numbers = sync::pin!(regular());
        numbers.next();
    });
    assert!(matches!(skipped[..], [("regular", _, false)]));
}

struct Store<T>(T);

impl<T: Clone> Store<T> {
    #[async_gen]
    async fn items(&self) -> T {
        defer! {}
        yield_!(self.0.clone());
    }
}

#[test]
fn a_method_has_the_path_of_its_type() {
    set_skipped_cleanup_hook(|skipped| SKIPPED.with_borrow_mut(|all| all.push(*skipped)));
    SKIPPED.take();
    let store = Store(1_u8);
    {
        let mut items = pin!(store.items());
        ready(items.next());
    }
    let all = SKIPPED.take();
    let [skipped] = all[..] else {
        panic!("{all:?}");
    };
    let (function, location) = (skipped.function(), skipped.location());
    assert!(function.contains("skipped::Store"), "{function}");
    assert_eq!(
        skipped.to_string(),
        format!("the cleanup at {location} in {function} was skipped")
    );
}
