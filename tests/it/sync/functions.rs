//! Functions that may be regular generators: their generics, lifetimes, parameters and the types that they return.

use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::rc::Rc;

use gen_runtime::{generator, sync};
use probe::Log;

/// All items of a generator that yields plain values.
fn all<G>(generator: G) -> Vec<G::Yield>
where
    G: sync::Generator<Sent = (), Item = <G as gen_runtime::AsyncGenerator>::Yield>,
{
    sync::pin!(generator).collect()
}

#[generator]
fn windows<T, const N: usize>(items: &[T]) -> [T; N]
where
    T: Copy + Default,
{
    for window in items.windows(N) {
        let mut copy = [T::default(); N];
        copy.copy_from_slice(window);
        yield_!(copy);
    }
}

#[generator]
fn two_lifetimes<'a, 'b: 'a>(text: &'a str, parts: &'b [usize]) -> (&'a str, &'b usize) {
    for part in parts {
        yield_!((&text[..*part], part));
    }
}

#[generator]
fn elided(text: &str) -> &str {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[generator]
fn impl_arguments(items: impl IntoIterator<Item = impl Display>, mut count: usize) -> String {
    for item in items {
        count += 1;
        yield_!(format!("{count}{item}"));
    }
}

#[generator]
fn called<F, T: ?Sized>(function: F, with: &T) -> String
where
    F: for<'x> Fn(&'x T) -> &'x str,
    for<'x> &'x T: Debug,
{
    yield_!(function(with).to_owned());
    yield_!(format!("{with:?}"));
}

struct Point {
    x: u8,
    y: u8,
}

#[generator]
fn patterns(
    (a, [b, mut c]): (u8, [u8; 2]),
    Point { x, y: renamed }: Point,
    &d: &u8,
    ref whole @ (ref left, _): (String, u8),
    _: u8,
) -> usize {
    c += 1;
    for value in [a, b, c, x, renamed, d, whole.1] {
        yield_!(value.into());
    }
    yield_!(left.len());
}

#[test]
fn generics_lifetimes_and_patterns_are_those_of_a_function() {
    assert_eq!(all(windows::<_, 2>(&[1, 2, 3])), [[1, 2], [2, 3]]);
    assert_eq!(all(two_lifetimes("abc", &[1, 2])), [("a", &1), ("ab", &2)]);
    assert_eq!(all(impl_arguments(["x", "y"], 4)), ["5x", "6y"]);
    assert_eq!(
        all(called(|text: &str| &text[1..], "abc")),
        ["bc", "\"abc\""]
    );
    let point = Point { x: 4, y: 5 };
    let items = all(patterns((1, [2, 2]), point, &6, ("length 8".into(), 7), 0));
    assert_eq!(items, [1, 2, 3, 4, 5, 6, 7, 8]);
}

#[test]
fn an_item_may_outlive_the_generator_and_borrow_what_it_was_given() {
    let text = String::from("a b");
    let words: Vec<&str> = {
        let items = sync::pin!(elided(&text));
        items.collect()
    };
    assert_eq!(words, ["a", "b"]);
}

#[test]
fn a_call_evaluates_the_arguments_and_runs_nothing() {
    #[generator]
    fn lazy(value: u32, log: Log) -> u32 {
        log.push("body");
        yield_!(value);
    }
    let log = Log::default();
    let value = |log: &Log| {
        log.push("argument");
        1
    };
    let mut items = sync::pin!(lazy(value(&log), log.clone()));
    assert_eq!(log.take(), "argument");
    assert_eq!((items.next(), log.take().as_str()), (Some(1), "body"));
}

#[test]
fn arguments_that_are_not_used_are_dropped_with_the_body_in_order() {
    #[generator]
    fn unused(_: probe::Guard, _unused: probe::Guard, third: probe::Guard) -> u32 {
        yield_!(1);
        drop(third);
        yield_!(2);
    }
    let log = Log::default();
    let mut items = sync::pin!(unused(
        log.guard("first"),
        log.guard("second"),
        log.guard("third")
    ));
    assert_eq!((items.next(), items.next()), (Some(1), Some(2)));
    assert_eq!(log.take(), "-third");
    assert_eq!(items.next(), None);
    assert_eq!(log.take(), "-first -second");
}

#[generator]
fn units() {
    yield_!();
    yield_!(());
}

#[generator]
fn opaque(n: u8) -> impl Display + Send {
    yield_!(n);
}

#[generator]
fn closures(n: u32) -> impl Fn(u32) -> u32 {
    yield_!(move |m| m + n);
}

#[generator]
fn nothing() -> u32 {}

#[test]
fn any_type_may_be_yielded() {
    assert_eq!(all(units()).len(), 2);
    assert_eq!(
        sync::pin!(opaque(7))
            .map(|n| n.to_string())
            .collect::<String>(),
        "7"
    );
    assert_eq!(sync::pin!(closures(2)).map(|add| add(3)).sum::<u32>(), 5);
    assert!(all(nothing()).is_empty());
}

#[generator(bounds = Send + 'static)]
fn bounded(n: u32) -> u32 {
    yield_!(n);
}

#[generator(send = Option<&'a str>, throws = Box<dyn std::error::Error + 'a>, returns = Vec<&'a str>)]
fn collects<'a>(first: &'a str) -> usize {
    let mut list = vec![first];
    while let Some(more) = yield_!(list.len()) {
        if more.is_empty() {
            Err("empty")?;
        }
        list.push(more);
    }
    list
}

#[generator(boxed, local, throws = u8)]
fn local(shared: Rc<u32>) -> u32 {
    yield_!(*shared);
    Err(2)
}

#[test]
fn every_argument_of_the_attribute_has_its_effect() {
    fn is_static<G: sync::Generator<Error = Infallible> + Send + 'static>(generator: G) -> G {
        generator
    }
    assert_eq!(all(is_static(bounded(3))), [3]);
    let (a, b) = (String::from("a"), String::from("b"));
    let mut items = sync::pin!(collects(&a));
    assert!(matches!(items.resume(), Some(Ok(1))));
    assert!(matches!(items.send(Some(&b)), Some(Ok(2))));
    assert!(items.send(None).is_none());
    assert_eq!(items.take_return(), Some(vec!["a", "b"]));
    let mut items = sync::pin!(collects(&a));
    items.resume();
    assert_eq!(
        items.send(Some("")).unwrap().unwrap_err().to_string(),
        "empty"
    );
    let items: sync::LocalBoxTryGenerator<'_, u32, u8> = local(Rc::new(1));
    assert_eq!(items.collect::<Vec<_>>(), [Ok(1), Err(2)]);
}

#[test]
fn functions_that_take_and_return_generators() {
    fn evens<G>(generator: G) -> impl sync::Generator<Yield = u32, Sent = (), Item = u32>
    where
        G: sync::Generator<Yield = u32, Sent = (), Item = u32>,
    {
        #[generator]
        fn filtered<G>(generator: G) -> u32
        where
            G: sync::Generator<Yield = u32, Sent = (), Item = u32>,
        {
            for n in sync::pin!(generator).filter(|n| n % 2 == 0) {
                yield_!(n);
            }
        }
        filtered(generator)
    }
    #[generator]
    fn up_to(n: u32) -> u32 {
        yield_all!(1..=n);
    }
    assert_eq!(all(evens(evens(up_to(5)))), [2, 4]);
}
