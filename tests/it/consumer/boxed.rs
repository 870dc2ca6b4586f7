//! The boxed forms of generators.

use std::cell::Cell;
use std::fmt::Debug;
use std::rc::Rc;

use futures::stream::{BoxStream, StreamExt as _};
use gen_runtime::{
    AsyncGenerator, BoxGenerator, BoxTryGenerator, Handle, LocalBoxGenerator, LocalBoxTryGenerator,
    State, async_gen, pin,
};
use probe::ready;

#[async_gen(boxed)]
async fn up_to(n: u32) -> u32 {
    for i in 1..=n {
        yield_!(i);
    }
}

#[async_gen(boxed, send = u8, throws = String, returns = char)]
async fn all_types() -> u32 {
    let sent = yield_!(1);
    if sent == 0 {
        Err("zero")?;
    }
    'r'
}

#[async_gen(boxed, local)]
async fn local(counter: Rc<Cell<u32>>) -> u32 {
    counter.set(counter.get() + 1);
    yield_!(counter.get());
}

#[async_gen(boxed, local, throws = String)]
async fn local_try(counter: Rc<Cell<u32>>) -> u32 {
    yield_!(counter.get());
    Err("e".into())
}

#[test]
fn boxed_types_can_be_named_and_kept_in_one_collection() {
    let mut all: Vec<BoxGenerator<'static, u32>> = vec![up_to(2), up_to(1)];
    assert_eq!(ready(all[0].next()), Some(1));
    assert_eq!(ready(all[1].next()), Some(1));
    assert_eq!(ready(all[0].next()), Some(2));
    assert_eq!(ready(all[1].next()), None);
    assert_eq!(all[1].state(), State::Finished);
}

#[test]
fn every_operation_works_through_the_box() {
    let mut items: BoxTryGenerator<'static, u32, String, u8, char> = all_types();
    assert_eq!(items.try_send(1).err(), Some(1));
    assert_eq!(ready(items.resume()), Some(Ok(1)));
    assert_eq!(ready(items.send(1)), None);
    assert_eq!(items.take_return(), Some('r'));

    let mut items = all_types();
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    assert_eq!(ready(items.try_next()), Err("zero".to_owned()));

    let mut items = all_types();
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw("mine".into())), Err("mine".to_owned()));
    assert_eq!(ready(items.close()), Ok(()));
}

#[test]
fn local_forms_may_hold_values_that_are_not_send() {
    let counter = Rc::new(Cell::new(4));
    let mut items: LocalBoxGenerator<'static, u32> = local(counter.clone());
    assert_eq!(ready(items.next()), Some(5));
    let mut items: LocalBoxTryGenerator<'static, u32, String> = local_try(counter);
    assert_eq!(ready(items.next()), Some(Ok(5)));
    assert_eq!(ready(items.try_next()), Err("e".to_owned()));
}

struct Words {
    text: String,
}

impl Words {
    /// Two borrows of different lifetimes, and a generic argument.
    #[async_gen(boxed)]
    async fn containing<T: Debug + Send + Sync>(&self, part: &str, extra: &T) -> &str {
        assert!(!format!("{extra:?}").is_empty());
        for word in self.text.split(' ').filter(|word| word.contains(part)) {
            yield_!(word);
        }
    }

    #[async_gen(boxed)]
    async fn lengths(self: &std::sync::Arc<Self>, scale: impl Fn(&str) -> usize + Send) -> usize {
        for word in self.text.split(' ') {
            yield_!(scale(word));
        }
    }
}

#[test]
fn a_boxed_method_borrows_its_arguments() {
    let words = Words {
        text: "a bc cd".into(),
    };
    let first;
    {
        let part = String::from("c");
        let mut found: BoxGenerator<'_, &str> = words.containing(&part, &1);
        first = ready(found.next());
    }
    assert_eq!(first, Some("bc"));

    let words = std::sync::Arc::new(words);
    let mut lengths = words.lengths(|word| word.len() * 10);
    assert_eq!(ready(lengths.next()), Some(10));
    assert_eq!(ready(lengths.next()), Some(20));
}

#[async_gen(boxed)]
async fn named<'a, T>(items: &'a [T], skip: &usize) -> &'a T
where
    T: Sync,
{
    for item in items.iter().skip(*skip) {
        yield_!(item);
    }
}

#[test]
fn a_named_lifetime_keeps_its_name() {
    let items = [1, 2, 3];
    let second: Option<&i32> = {
        let skip = 1;
        ready(named(&items, &skip).next())
    };
    assert_eq!(second, Some(&2));
}

#[async_gen(boxed)]
async fn depth_first(depth: u32) -> u32 {
    yield_!(depth);
    for below in 0..depth {
        #[for_await]
        for value in depth_first(below) {
            yield_!(value);
        }
    }
}

#[test]
fn a_boxed_generator_may_recurse() {
    let mut values = depth_first(2);
    let mut all = Vec::new();
    while let Some(value) = ready(values.next()) {
        all.push(value);
    }
    assert_eq!(all, [2, 0, 1, 0]);
}

#[async_gen]
async fn unboxed() -> u32 {
    yield_!(1);
}

#[test]
fn any_generator_can_be_boxed_afterwards() {
    let mut owned = Handle::boxed(unboxed());
    assert_eq!(ready(owned.next()), Some(1));
    let mut erased: BoxGenerator<'static, u32> = Handle::new(Box::pin(unboxed()));
    assert_eq!(ready(erased.next()), Some(1));
    assert_eq!(ready(erased.next()), None);
}

trait Source {
    fn rows(&self) -> BoxGenerator<'_, &str>;
}

impl Source for Words {
    #[async_gen(boxed)]
    async fn rows(&self) -> &str {
        yield_!(&self.text);
    }
}

#[async_gen(boxed)]
async fn letters(word: &str) -> char {
    for letter in word.chars() {
        yield_!(letter);
    }
}

fn first_letter(letters: for<'a> fn(&'a str) -> BoxGenerator<'a, char>) -> Option<char> {
    ready(letters(&String::from("abc")).next())
}

#[test]
fn with_one_borrow_the_return_type_has_an_elided_lifetime() {
    let source: Box<dyn Source> = Box::new(Words { text: "a b".into() });
    assert_eq!(ready(source.rows().next()), Some("a b"));
    assert_eq!(first_letter(letters), Some('a'));
}

/// Has a boxed generator that cleans up.
struct Counter {
    closed: std::sync::atomic::AtomicU32,
}

impl Counter {
    #[async_gen(boxed, throws = String)]
    async fn count(&self) -> u32 {
        defer! {
            std::future::ready(()).await;
            self.closed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
        for n in 0.. {
            let taken = attempt! { yield_!(n) };
            if let Err(error) = taken {
                yield_!(u32::try_from(error.len()).unwrap());
            }
        }
    }
}

#[test]
fn interrupts_reach_the_regions_of_a_boxed_generator() {
    let counter = Counter {
        closed: std::sync::atomic::AtomicU32::new(0),
    };
    let mut count: BoxTryGenerator<'_, u32, String> = counter.count();
    assert_eq!(ready(count.next()), Some(Ok(0)));
    assert_eq!(ready(count.throw("error".to_owned())), Ok(Some(5)));
    assert_eq!(ready(count.next()), Some(Ok(1)));
    assert_eq!(ready(count.close()), Ok(()));
    drop(count);
    assert_eq!(counter.closed.into_inner(), 1);
}

/// A field of a nameable type takes a generator from a handle, and from a function that is not `boxed`.
#[test]
fn a_handle_on_the_heap_converts_into_each_boxed_form() {
    struct Sources {
        plain: BoxGenerator<'static, u32>,
        local: LocalBoxGenerator<'static, u32>,
        fails: BoxTryGenerator<'static, u32, u8>,
        fails_local: LocalBoxTryGenerator<'static, u32, u8>,
    }

    #[async_gen]
    async fn one() -> u32 {
        yield_!(1);
    }

    #[async_gen(throws = u8)]
    async fn two() -> u32 {
        yield_!(2);
    }

    let mut sources = Sources {
        plain: Handle::boxed(one()).into(),
        local: Handle::boxed(one()).into(),
        fails: Handle::boxed(two()).into(),
        fails_local: Handle::boxed(two()).into(),
    };
    assert_eq!(ready(sources.plain.next()), Some(1));
    assert_eq!(ready(sources.local.next()), Some(1));
    assert_eq!(ready(sources.fails.next()), Some(Ok(2)));
    assert_eq!(ready(sources.fails_local.next()), Some(Ok(2)));
}

#[test]
fn a_generator_becomes_a_boxed_stream() {
    #[async_gen]
    async fn one() -> u32 {
        yield_!(1);
    }

    #[async_gen(boxed)]
    async fn boxed() -> u32 {
        yield_!(2);
    }

    // The box of the handle is that of the stream; a boxed generator is boxed once more.
    let mut first: BoxStream<'_, u32> = Handle::boxed(one()).into_inner();
    let mut second: BoxStream<'_, u32> = boxed().boxed();
    assert_eq!(ready(first.next()), Some(1));
    assert_eq!(ready(second.next()), Some(2));
}

#[test]
fn a_box_and_a_pinned_box_are_generators() {
    #[async_gen(returns = u8)]
    async fn one() -> u32 {
        yield_!(1);
        7
    }

    fn total<G>(generator: G) -> (Option<u32>, Option<u8>)
    where
        G: AsyncGenerator<Yield = u32, Sent = (), Item = u32, Return = u8>,
    {
        let mut items = pin!(generator);
        let item = ready(items.next());
        assert_eq!(ready(items.next()), None);
        (item, items.take_return())
    }

    assert_eq!(total(Box::pin(one())), (Some(1), Some(7)));
    assert_eq!(total(Box::new(Handle::boxed(one()))), (Some(1), Some(7)));
}
