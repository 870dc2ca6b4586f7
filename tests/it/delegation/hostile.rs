//! Safe code that attacks the pointers of a chain.

use std::mem;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::rc::Rc;

use gen_runtime::{AsyncGenerator, BoxGenerator, Handle, LocalBoxGenerator, State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

#[async_gen(boxed)]
async fn count(from: u32, to: u32) -> u32 {
    for n in from..to {
        yield_!(n);
    }
}

/// Delegates to a generator of its own.
#[async_gen(boxed)]
async fn wrapped(from: u32, to: u32) -> u32 {
    yield_from!(count(from, to));
}

#[async_gen]
async fn relay<G>(inner: G) -> u32
where
    G: AsyncGenerator<Yield = u32, Sent = (), Item = u32, Error = std::convert::Infallible>,
{
    yield_from!(inner);
}

/// Points to another generator each time it is dereferenced.
struct Flips<'a> {
    generators: [&'a mut BoxGenerator<'static, u32>; 2],
    at: usize,
}

impl Deref for Flips<'_> {
    type Target = BoxGenerator<'static, u32>;

    fn deref(&self) -> &Self::Target {
        self.generators[self.at]
    }
}

impl DerefMut for Flips<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.at = 1 - self.at;
        self.generators[self.at]
    }
}

#[test]
fn a_pointer_of_another_type_is_dereferenced_once() {
    #[async_gen]
    async fn outer(flips: Flips<'_>) -> u32 {
        let mut handle = Handle::new(Pin::new(flips));
        yield_from!(handle.as_mut());
        yield_from!(handle.as_mut());
    }
    let (mut low, mut high) = (wrapped(0, 2), wrapped(10, 12));
    let flips = Flips {
        generators: [&mut low, &mut high],
        at: 0,
    };
    let mut items = pin!(outer(flips));
    for n in [10, 11, 0, 1] {
        assert_eq!(ready(items.next()), Some(n));
    }
    assert_eq!(ready(items.next()), None);
}

/// Panics when it is dropped.
struct Bomb(&'static str);

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(std::thread::panicking(), "{}", self.0);
    }
}

#[test]
fn a_destructor_that_panics_while_a_chain_is_dropped() {
    #[async_gen(boxed, local)]
    async fn nested(depth: u32, log: Log) -> u32 {
        let _guard = log.guard("level");
        let _bomb = (depth == 2).then(|| Bomb("destructor"));
        if depth == 0 {
            yield_!(1);
        } else {
            yield_from!(nested(depth - 1, log.clone()));
        }
    }
    let log = Log::default();
    let mut items = nested(5, log.clone());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| drop(items)), "destructor");
    // Each level was dropped once.
    assert_eq!(log.take(), ["-level"; 6].join(" "));
}

#[test]
fn a_destructor_that_panics_in_a_deep_chain_does_not_make_the_drop_recurse() {
    #[async_gen(boxed)]
    async fn nested(depth: u32) -> u32 {
        if depth == 0 {
            let _bomb = Bomb("deep");
            yield_!(1);
        } else {
            yield_from!(nested(depth - 1));
        }
    }
    let mut items = nested(200_000);
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| drop(items)), "deep");
}

#[test]
fn a_generator_that_is_closing_is_refused() {
    #[async_gen(boxed, local)]
    async fn slow(gate: Gate) -> u32 {
        defer! { gate.await; }
        yield_!(1);
    }
    let mut inner = slow(Gate::default());
    assert_eq!(ready(inner.next()), Some(1));
    drop_half_way(inner.close());
    let mut items = pin!(relay(inner));
    let message = panic_message(|| ready(items.next()));
    assert_eq!(message, "`yield_from!` of a generator that is closing");
}

#[test]
fn a_destructor_that_panics_at_the_end_of_an_inner_generator() {
    #[async_gen(boxed)]
    async fn explodes() -> u32 {
        let _bomb = Bomb("at the end");
        yield_!(1);
    }
    let mut items = Handle::boxed(relay(relay(explodes())));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| ready(items.next())), "at the end");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.next()), None);
}

#[test]
fn a_cleanup_that_panics_finishes_all() {
    #[async_gen(boxed)]
    async fn fails() -> u32 {
        defer! { panic!("in a cleanup"); }
        yield_!(1);
    }
    let mut items = Handle::boxed(relay(relay(fails())));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_message(|| ready(items.close())), "in a cleanup");
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn handles_that_are_swapped_while_their_generators_are_suspended() {
    let (mut low, mut high) = (wrapped(0, 3), wrapped(10, 13));
    for turn in 0..3 {
        {
            let mut items = pin!(relay(&mut low));
            assert_eq!(ready(items.next()), Some([0, 10, 1][turn]));
        }
        mem::swap(&mut low, &mut high);
    }
    assert_eq!(ready(low.next()), Some(11));
    assert_eq!(ready(high.next()), Some(2));
}

#[test]
fn a_root_that_becomes_an_inner_generator_and_a_root_again() {
    let mut middle = wrapped(0, 6);
    assert_eq!(ready(middle.next()), Some(0));
    {
        let mut items = pin!(relay(&mut middle));
        assert_eq!(ready(items.next()), Some(1));
        assert_eq!(ready(items.next()), Some(2));
    }
    assert_eq!(ready(middle.next()), Some(3));
    {
        let mut items = pin!(relay(relay(&mut middle)));
        assert_eq!(ready(items.next()), Some(4));
    }
    assert_eq!(ready(middle.next()), Some(5));
    assert_eq!(ready(middle.next()), None);
}

#[test]
fn an_outer_generator_that_is_never_polled_changes_nothing() {
    let mut middle = wrapped(0, 3);
    assert_eq!(ready(middle.next()), Some(0));
    drop(Handle::boxed(relay(&mut middle)));
    {
        let mut items = pin!(relay(&mut middle));
        drop(items.next());
    }
    assert_eq!(ready(middle.next()), Some(1));
}

#[test]
fn an_inner_generator_that_is_moved_before_it_is_pinned() {
    #[async_gen]
    async fn moves() -> u32 {
        let inner = relay(wrapped(0, 2));
        let inner = [Some(inner)];
        let [inner] = inner;
        yield_from!(inner.unwrap());
    }
    let mut items = pin!(moves());
    assert_eq!(ready(items.next()), Some(0));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), None);
}

#[test]
fn a_leaked_chain_keeps_what_it_owns() {
    let alive = Rc::new(());
    #[async_gen(boxed, local)]
    async fn holds(alive: Rc<()>) -> u32 {
        yield_!(1);
        drop(alive);
    }
    #[async_gen(boxed, local)]
    async fn around(inner: LocalBoxGenerator<'static, u32>) -> u32 {
        yield_from!(inner);
    }
    let mut items = around(around(holds(Rc::clone(&alive))));
    assert_eq!(ready(items.next()), Some(1));
    mem::forget(items);
    assert_eq!(Rc::strong_count(&alive), 2);
}

#[test]
fn the_stack_of_each_poll_is_another_one() {
    /// Polls below this many frames more.
    #[inline(never)]
    fn deeper(items: &mut LocalBoxGenerator<'_, u32>, frames: u32) -> Option<u32> {
        let padding = std::hint::black_box([frames; 64]);
        let item = match frames {
            0 => ready(items.next()),
            _ => deeper(items, frames - 1),
        };
        assert_eq!(std::hint::black_box(padding)[63], frames);
        item
    }
    #[async_gen(boxed, local)]
    async fn nested(depth: u32, gate: Gate) -> u32 {
        if depth == 0 {
            for n in 0..6 {
                yield_!(n);
                gate.clone().await;
            }
        } else {
            yield_from!(nested(depth - 1, gate));
        }
    }
    let gate = Gate::default();
    gate.open();
    let mut items = nested(3, gate.clone());
    for n in 0..6 {
        assert_eq!(deeper(&mut items, 7 * (6 - n)), Some(n));
    }
    gate.shut();
    drop_half_way(items.next());
    gate.open();
    assert_eq!(deeper(&mut items, 50), None);
}

#[test]
fn a_generator_that_another_executor_drives_inside_a_body() {
    #[async_gen]
    async fn drives() -> u32 {
        let mut own = wrapped(100, 102);
        for n in 0..2 {
            // Not a part of the chain around it.
            let item = futures::executor::block_on(own.next());
            yield_!(item.unwrap() + n);
        }
    }
    let mut items = pin!(relay(relay(drives())));
    assert_eq!(ready(items.next()), Some(100));
    assert_eq!(ready(items.next()), Some(102));
    assert_eq!(ready(items.next()), None);
}
