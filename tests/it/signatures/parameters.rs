//! The signatures of functions and inherent methods.

use std::fmt::{Debug, Display};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use futures::StreamExt as _;
use gen_runtime::{AsyncGenerator, async_gen, pin};
use probe::ready;

fn all<G>(generator: G) -> Vec<G::Yield>
where
    G: AsyncGenerator<Sent = (), Item = <G as AsyncGenerator>::Yield>,
{
    let mut items = pin!(generator);
    let mut all = Vec::new();
    while let Some(item) = ready(items.next()) {
        all.push(item);
    }
    all
}

#[async_gen]
async fn generic<T, const N: usize>(items: [T; N]) -> T
where
    T: Clone + Debug,
{
    for item in &items {
        yield_!(item.clone());
    }
}

#[async_gen]
async fn words(text: &str) -> &str {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[async_gen]
async fn two_lifetimes<'a, 'b>(text: &'a str, parts: &'b [usize]) -> (&'a str, &'b usize) {
    for part in parts {
        yield_!((&text[..*part], part));
    }
}

#[async_gen]
async fn impl_arguments(items: impl IntoIterator<Item = impl Display>, mut count: usize) -> String {
    for item in items {
        count += 1;
        yield_!(format!("{count}{item}"));
    }
}

#[async_gen]
async fn impl_yield(n: u8) -> impl Display {
    yield_!(n);
}

#[async_gen]
async fn patterns(
    (a, [b, mut c]): (u8, [u8; 2]),
    Point { x, y: renamed }: Point,
    Point { x: first, .. }: Point,
    &d: &u8,
    ref whole @ (ref left, _): (String, u8),
) -> u8 {
    c += 1;
    for value in [
        a,
        b,
        c,
        x,
        renamed,
        first,
        d,
        u8::try_from(left.len()).unwrap(),
        whole.1,
    ] {
        yield_!(value);
    }
}

struct Point {
    x: u8,
    y: u8,
}

#[test]
fn free_functions_may_have_any_signature() {
    assert_eq!(all(generic(["a", "b"])), ["a", "b"]);
    assert_eq!(all(words("to be")), ["to", "be"]);
    assert_eq!(all(two_lifetimes("abc", &[1, 2])), [("a", &1), ("ab", &2)]);
    assert_eq!(all(impl_arguments(["x", "y"], 4)), ["5x", "6y"]);
    let mut items = pin!(impl_yield(7));
    assert_eq!(ready(items.next()).unwrap().to_string(), "7");
    assert_eq!(
        all(patterns(
            (1, [2, 2]),
            Point { x: 4, y: 5 },
            Point { x: 6, y: 0 },
            &7,
            ("length 8".into(), 9)
        )),
        [1, 2, 3, 4, 5, 6, 7, 8, 9]
    );
}

#[test]
fn an_argument_may_be_borrowed_while_the_generator_lives() {
    let text = String::from("a b");
    let mut items = pin!(words(&text));
    let first = ready(items.next());
    let second = ready(items.next());
    assert_eq!((first, second), (Some("a"), Some("b")));
}

#[derive(Clone)]
struct List<T>(Vec<T>);

impl<T: Copy> List<T> {
    #[async_gen]
    async fn by_reference(&self) -> &T {
        for item in &self.0 {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn by_mutable_reference(&mut self) -> &mut T {
        for item in &mut self.0 {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn by_value(self) -> T {
        for item in self.0 {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn by_mutable_value(mut self) -> T {
        while let Some(item) = self.0.pop() {
            yield_!(item);
        }
    }

    #[async_gen]
    async fn boxed(self: Box<Self>) -> T {
        yield_!(self.0[0]);
    }

    #[async_gen]
    async fn shared(self: Arc<Self>) -> T {
        yield_!(self.0[0]);
    }

    #[async_gen]
    async fn counted(self: Rc<Self>) -> Self {
        yield_!((*self).clone());
    }

    #[async_gen]
    async fn pinned(self: Pin<&mut Self>) -> &mut T
    where
        T: Unpin,
    {
        yield_!(&mut self.get_mut().0[0]);
    }

    #[async_gen]
    async fn associated(first: T) -> Self {
        yield_!(Self(vec![first]));
    }
}

#[test]
fn methods_may_have_any_receiver() {
    let mut list = List(vec![1, 2]);
    assert_eq!(all(list.by_reference()), [&1, &2]);
    for item in all(list.by_mutable_reference()) {
        *item += 10;
    }
    assert_eq!(all(list.clone().by_value()), [11, 12]);
    assert_eq!(all(list.clone().by_mutable_value()), [12, 11]);
    assert_eq!(all(Box::new(list.clone()).boxed()), [11]);
    assert_eq!(all(Arc::new(list.clone()).shared()), [11]);
    assert_eq!(all(Rc::new(list.clone()).counted())[0].0, [11, 12]);
    *all(Pin::new(&mut list).pinned())[0] = 5;
    assert_eq!(list.0, [5, 12]);
    assert_eq!(all(List::associated(3))[0].0, [3]);
}

macro_rules! generators {
    ($($name:ident: $ty:ty = $value:expr;)*) => {$(
        #[async_gen]
        async fn $name() -> $ty {
            yield_!($value);
        }
    )*};
}

generators! {
    seven: u8 = 7;
    eight: &'static str = "8";
}

#[test]
fn a_macro_may_define_generators() {
    assert_eq!(all(seven()), [7]);
    assert_eq!(all(eight()), ["8"]);
}

#[async_gen]
#[cfg(not(any()))]
#[inline]
async fn attributes(#[allow(unused_variables)] n: u8) -> u8 {
    #![allow(unused_mut)]
    let mut one = 1;
    yield_!(one);
}

#[test]
fn attributes_are_kept() {
    assert_eq!(all(attributes(2)), [1]);
}

#[async_gen]
async fn results_as_items() -> Result<u8, Option<()>> {
    yield_!(Ok(1));
    yield_!(Err(None));
}

#[async_gen(returns = Option<String>)]
async fn not_copy() -> Box<[u8]> {
    yield_!(Box::from([1, 2]));
    Some(String::from("end"))
}

#[test]
fn items_may_be_results_or_move_only() {
    assert_eq!(
        ready(results_as_items().collect::<Vec<_>>()),
        [Ok(1), Err(None)]
    );
    let mut items = pin!(not_copy());
    assert_eq!(ready(items.next()).as_deref(), Some(&[1, 2][..]));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return().flatten().as_deref(), Some("end"));
}

#[async_gen(send = u8)]
async fn positions(list: Vec<u8>) -> u8 {
    let mut array = [0; 4];
    array[usize::from(yield_!(0))] += yield_!(1);
    let sum = yield_!(2) + yield_!(3) * !(u8::try_from(i32::from(yield_!(4))).unwrap());
    let pair = Pair {
        left: yield_!(5),
        right: (yield_!(6), list[yield_!(7) as usize]).1,
    };
    if yield_!(8) == 1 && yield_!(9) == 1 || yield_!(10) == 1 {
        yield_!(11);
    }
    let Some(x) = yield_!(12).checked_sub(1) else {
        return;
    };
    match yield_!(13) {
        n if n == yield_!(14) => {}
        _ => return,
    }
    while yield_!(15) != 1 {}
    for n in 0..yield_!(16) {
        let _ = n;
    }
    yield_!(yield_!(17));
    let closure = |a: u8, b: u8| a + b;
    yield_!(closure(yield_!(18), x));
    yield_!(19).clone_into(&mut array[3]);
    let _ = (sum, pair.left, pair.right);
    yield_! { 20 };
    let _ = (yield_!(21), { yield_!(22) });
    if let Some(n) = Some(yield_!(23)) {
        yield_!(n);
    }
    #[allow(unused_assignments)]
    {
        array[0] = yield_!(24);
    }
    let _ = &yield_!(25)..&yield_!(26);
    let _ = [yield_!(27); 2];
    let last = loop {
        let value = yield_!(28);
        if value == 1 {
            break value;
        }
    };
    assert_eq!(last, 1);
    return assert_eq!(1, { yield_!(29) });
}

struct Pair {
    left: u8,
    right: u8,
}

#[test]
fn a_yield_may_be_in_every_position_of_an_expression() {
    let mut items = pin!(positions(vec![9, 9]));
    let mut seen = vec![ready(items.resume()).unwrap()];
    while let Some(item) = ready(items.send(1)) {
        seen.push(item);
    }
    let expected: Vec<u8> = [
        &[0, 1][..],
        &[
            2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 1, 18, 1, 19, 20, 21, 22, 23, 1,
        ],
        &[24, 25, 26, 27, 28, 29],
    ]
    .concat();
    assert_eq!(seen[2..], expected[2..]);
    // The value of a compound assignment to an integer is evaluated before its place.
    assert_eq!(seen[..2], [1, 0]);
}

#[async_gen(send = i32)]
#[expect(
    unused_must_use,
    clippy::no_effect,
    reason = "tests where the statement before `-n` ends"
)]
async fn statements(n: i32) -> i32 {
    #[cfg(any())]
    yield_!(1);
    #[cfg(not(any()))]
    yield_!(2);
    let list = [
        #[cfg(any())]
        yield_!(3),
        yield_!(4),
    ];
    yield_! { list.len().try_into().unwrap() }
    yield_! { 5 }
    -n;
    #[for_await]
    for item in futures::stream::iter([6]) {
        yield_! { item };
    }
}

#[test]
fn yields_may_have_attributes_and_braces() {
    let mut items = pin!(statements(1));
    let mut all = Vec::new();
    while let Some(item) = ready(items.next()) {
        all.push(item);
    }
    assert_eq!(all, [2, 4, 1, 5, 6]);
}

/// Some arguments exist only under a condition.
#[async_gen(returns = u32)]
async fn conditional(
    first: u32,
    #[cfg(test)] second: u32,
    #[cfg(not(test))] never: NoSuchType,
    #[cfg(test)] (third, _): (u32, u32),
    #[cfg(not(test))] (never, _): (NoSuchType, u32),
) -> u32 {
    yield_!(first);
    #[cfg(test)]
    yield_!(second + third);
    #[cfg(not(test))]
    yield_!(never);
    first
}

#[async_gen(boxed)]
async fn conditional_and_boxed(
    #[cfg(not(test))] never: &NoSuchType,
    #[cfg(test)] text: &str,
    other: &str,
) -> usize {
    yield_!(text.len() + other.len());
}

#[test]
fn arguments_may_be_conditional() {
    let mut items = pin!(conditional(1, 2, (3, 4)));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), Some(5));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(1));
    assert_eq!(ready(conditional_and_boxed("ab", "c").next()), Some(3));
}
