//! Forms of functions: generics, lifetimes, argument patterns, visibilities and names.

use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

use futures::{Stream, StreamExt as _};
use gen_runtime::{async_gen, pin};
use probe::ready;

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

#[async_gen]
async fn windows<T, const N: usize, const FROM_END: bool>(items: &[T]) -> [T; N]
where
    T: Copy + Default,
    [T; N]: Sized,
{
    let windows = items.windows(N).map(|window| {
        let mut copy = [T::default(); N];
        copy.copy_from_slice(window);
        copy
    });
    let mut windows: Vec<_> = windows.collect();
    if FROM_END {
        windows.reverse();
    }
    for window in windows {
        yield_!(window);
    }
}

#[test]
fn const_arguments_may_be_given_by_a_turbofish() {
    let items = [1, 2, 3];
    assert_eq!(all(windows::<_, 2, false>(&items)), [[1, 2], [2, 3]]);
    assert_eq!(all(windows::<u8, 1, true>(&items)), [[3], [2], [1]]);
}

#[async_gen]
async fn called<F, T: ?Sized>(function: F, with: &T) -> String
where
    F: for<'x> Fn(&'x T) -> &'x str,
    for<'x> &'x T: Debug,
{
    yield_!(function(with).to_owned());
    yield_!(format!("{:?}", &with));
}

#[test]
fn bounds_may_be_higher_ranked_and_types_may_be_unsized() {
    assert_eq!(
        all(called(|text: &str| &text[1..], "abc")),
        ["bc", "\"abc\""]
    );
}

#[async_gen]
async fn lookup<'map, 'key: 'map, K>(
    map: &'map BTreeMap<K, &'key str>,
    keys: &'key [K],
) -> (&'key K, &'map &'key str)
where
    K: Ord + 'map + 'key,
{
    for key in keys {
        if let Some(value) = map.get(key) {
            yield_!((key, value));
        }
    }
}

#[test]
fn bounds_between_named_lifetimes_are_kept() {
    let keys = vec![3, 1, 2];
    let first;
    {
        let map = BTreeMap::from([(1, "one"), (3, "three")]);
        let found = all(lookup(&map, &keys));
        assert_eq!(found, [(&3, &"three"), (&1, &"one")]);
        first = found[0].0;
    }
    assert_eq!(*first, 3);
}

struct Line<'a> {
    text: &'a str,
}

#[async_gen]
async fn elided_in_paths(line: Line<'_>, _: &u8) -> usize {
    yield_!(line.text.len());
}

#[async_gen]
async fn elided_in_the_item(text: &str) -> (Option<&str>, Line<'static>) {
    yield_!((Some(text), Line { text: "line" }));
}

#[async_gen]
async fn elided_in_both(line: Line<'_>) -> Line<'_> {
    for text in line.text.split(' ') {
        yield_!(Line { text });
    }
}

#[test]
fn lifetimes_may_be_elided_in_paths_and_inside_types() {
    let text = String::from("to be");
    assert_eq!(all(elided_in_paths(Line { text: &text }, &0)), [5]);
    let items = all(elided_in_the_item(&text));
    assert_eq!((items[0].0, items[0].1.text), (Some("to be"), "line"));
    let lines = all(elided_in_both(Line { text: &text }));
    assert_eq!((lines[0].text, lines[1].text), ("to", "be"));
}

#[async_gen]
async fn impl_with_a_lifetime(text: &str) -> impl Iterator<Item = char> + '_ {
    for word in text.split(' ') {
        yield_!(word.chars().rev());
    }
}

#[async_gen]
async fn impl_that_captures(text: &str, times: &usize) -> impl Display {
    for word in text.split(' ') {
        yield_!(word.repeat(*times));
    }
}

#[test]
fn anonymous_items_may_borrow_from_the_arguments() {
    let text = String::from("to be");
    let words: Vec<String> = all(impl_with_a_lifetime(&text).map(Iterator::collect));
    assert_eq!(words, ["ot", "eb"]);
    let mut items = pin!(impl_that_captures(&text, &2));
    assert_eq!(ready(items.next()).unwrap().to_string(), "toto");
    assert_eq!(ready(items.next()).unwrap().to_string(), "bebe");
    assert!(ready(items.next()).is_none());
}

#[async_gen]
async fn anonymous_arguments(
    shared: &(impl Display + ?Sized),
    numbers: &mut impl Iterator<Item = u32>,
    mut observe: impl FnMut(u32),
    later: impl AsyncFn(u32) -> u32,
    stream: impl Stream<Item = u32>,
) -> String {
    for number in numbers {
        observe(number);
        yield_!(format!("{shared}{}", later(number).await));
    }
    #[for_await]
    for number in stream {
        yield_!(format!("{number}"));
    }
}

#[test]
fn anonymous_arguments_may_be_borrowed_called_and_awaited() {
    let mut numbers = [1, 2].into_iter();
    let mut seen = Vec::new();
    let items = all(anonymous_arguments(
        "n",
        &mut numbers,
        |number| seen.push(number),
        async |number| std::future::ready(number * 10).await,
        futures::stream::iter([7]),
    ));
    assert_eq!(items, ["n10", "n20", "7"]);
    assert_eq!((seen, numbers.next()), (vec![1, 2], None));
}

#[expect(clippy::too_many_arguments, reason = "one argument per pattern")]
#[async_gen]
async fn pieces(
    [first, .., last]: [u8; 4],
    [head, rest @ ..]: [u8; 3],
    mut count: u8,
    &mut (ref mut changed, ref kept): &mut (u8, u8),
    (ref mut left, mut right): (Vec<u8>, u8),
    _: u8,
    (): (),
    All { ref text, .. }: All<u8>,
    whole @ Wrapped(inside): Wrapped,
) -> u8 {
    count += 1;
    *changed += 1;
    left.push(right);
    right += 1;
    for item in [first, last, head, rest[1], count, *changed, *kept] {
        yield_!(item);
    }
    yield_!(left[0]);
    yield_!(right);
    yield_!(u8::try_from(text.len()).unwrap());
    yield_!(whole.0 + inside);
}

struct All<T> {
    text: String,
    #[expect(dead_code, reason = "the pattern does not bind it")]
    rest: T,
}

#[derive(Clone, Copy)]
struct Wrapped(u8);

#[test]
fn arguments_may_have_any_pattern() {
    let mut pair = (4, 9);
    let everything = All {
        text: "eight".to_owned(),
        rest: 0,
    };
    let items = all(pieces(
        [1, 0, 0, 2],
        [3, 0, 4],
        5,
        &mut pair,
        (vec![], 10),
        0,
        (),
        everything,
        Wrapped(6),
    ));
    assert_eq!(items, [1, 2, 3, 4, 6, 5, 9, 10, 11, 5, 12]);
    assert_eq!(pair, (5, 9));
}

mod visibilities {
    #[allow(
        unreachable_pub,
        clippy::needless_pub_self,
        reason = "uses each visibility once"
    )]
    pub mod inner {
        use gen_runtime::async_gen;

        #[async_gen]
        pub async fn everywhere() -> u8 {
            yield_!(1);
        }

        #[async_gen]
        pub(crate) async fn in_the_crate() -> u8 {
            yield_!(2);
        }

        #[async_gen]
        pub(super) async fn above() -> u8 {
            yield_!(3);
        }

        #[async_gen]
        pub(in crate::signatures::functions::visibilities) async fn in_a_path() -> u8 {
            yield_!(4);
        }

        #[async_gen]
        pub(self) async fn here() -> u8 {
            yield_!(5);
        }

        #[async_gen]
        async fn private() -> u8 {
            yield_!(6);
        }

        pub(super) fn own() -> [Vec<u8>; 2] {
            [super::super::all(here()), super::super::all(private())]
        }
    }

    pub(super) fn visible_above() -> [Vec<u8>; 2] {
        [super::all(inner::above()), super::all(inner::in_a_path())]
    }

    pub(super) fn own() -> [Vec<u8>; 2] {
        inner::own()
    }
}

#[test]
fn every_visibility_is_kept() {
    assert_eq!(all(visibilities::inner::everywhere()), [1]);
    assert_eq!(all(visibilities::inner::in_the_crate()), [2]);
    assert_eq!(visibilities::visible_above(), [[3], [4]]);
    assert_eq!(visibilities::own(), [[5], [6]]);
}

/// Reads the value that `number` points to.
///
/// # Safety
///
/// The pointer must be valid, and not written to, while the generator lives.
#[async_gen]
async unsafe fn read(number: *const u32) -> u32 {
    // SAFETY: The caller guarantees that `number` is valid while the generator lives.
    yield_!(unsafe { *number });
    // SAFETY: The caller guarantees that `number` is valid while the generator lives.
    yield_!(unsafe { number.read() } + 1);
}

#[test]
fn a_generator_of_an_unsafe_function_is_safe_to_use() {
    let number = 4;
    let make: unsafe fn(_) -> _ = read;
    // SAFETY: `number` lives until the end of this function.
    let mut items = pin!(unsafe { make(&raw const number) });
    assert_eq!(ready(items.next()), Some(4));
    assert_eq!(ready(items.next()), Some(5));
}

#[async_gen]
async fn r#match(r#type: u8, größe: u8) -> u8 {
    let r#fn = r#type + größe;
    yield_!(r#fn);
}

#[test]
fn names_may_be_raw_or_not_ascii() {
    assert_eq!(all(r#match(1, 2)), [3]);
}

#[async_gen]
async fn a_function_as_a_value(n: u8) -> u8 {
    yield_!(n);
    yield_!(n * 10);
}

#[test]
fn a_generator_function_may_be_used_as_a_value() {
    let items = futures::stream::iter([1, 2]).flat_map(a_function_as_a_value);
    assert_eq!(all(items), [1, 10, 2, 20]);
}

const _: () = {
    #[async_gen]
    async fn in_a_constant() -> u8 {
        yield_!(1);
    }
    let _ = in_a_constant;
};

const LIMIT: usize = 2;

#[async_gen]
async fn sized_by_a_constant(start: [u8; LIMIT]) -> [u8; LIMIT + 1] {
    yield_!([start[0], start[1], 3]);
}

#[test]
fn array_lengths_may_be_constant_expressions() {
    assert_eq!(all(sized_by_a_constant([1, 2])), [[1, 2, 3]]);
}
