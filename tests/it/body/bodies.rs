//! Statements, expressions and items in bodies, apart from yields.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};

use futures::{Stream, StreamExt as _};
use gen_runtime::{BoxGenerator, State, async_gen, async_gen_block, pin};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

#[async_gen]
async fn labelled(to: u32) -> (u32, u32) {
    let mut log = 0;
    'rows: for row in 0..to {
        'cells: loop {
            for cell in 0.. {
                yield_!((row, cell));
                log += 1;
                match (row, cell) {
                    (0, 1) => continue 'rows,
                    (1, 0) => break 'cells,
                    (_, 2) => break 'rows,
                    (_, 1) if log > 100 => continue 'cells,
                    _ => {}
                }
            }
        }
        yield_!((row, 100 + log));
    }
    yield_!((log, 1000));
}

#[test]
fn labelled_loops_work_across_yields() {
    let rows = [(0, 0), (0, 1), (1, 0), (1, 103), (2, 0), (2, 1), (2, 2)];
    assert_eq!(all(labelled(9)), [&rows[..], &[(6, 1000)]].concat());
    assert_eq!(all(labelled(1)), [(0, 0), (0, 1), (2, 1000)]);
}

#[async_gen(send = u8)]
async fn shadowing(n: u8, log: Log) -> String {
    let text = log.guard("outer");
    let n = n + 1;
    {
        let n = yield_!(format!("inner{n}"));
        let text = text;
        let n = n * 2;
        yield_!(format!("block{n}"));
        drop(text);
    }
    let n = n.to_string();
    let n = { yield_!(n.clone()) } + n.parse::<u8>().unwrap();
    if let Some(n) = n.checked_sub(1) {
        yield_!(format!("if{n}"));
    }
    yield_!(format!("end{n}"));
}

#[test]
fn a_sent_value_may_shadow_a_variable() {
    let log = Log::default();
    let mut items = pin!(shadowing(1, log.clone()));
    assert_eq!(ready(items.resume()).unwrap(), "inner2");
    assert_eq!(ready(items.send(10)).unwrap(), "block20");
    assert_eq!(log.take(), "");
    assert_eq!(ready(items.send(0)).unwrap(), "2");
    assert_eq!(log.take(), "-outer");
    assert_eq!(ready(items.send(5)).unwrap(), "if6");
    assert_eq!(ready(items.send(0)).unwrap(), "end7");
}

#[async_gen]
async fn nested_items(n: u32) -> u32 {
    use std::collections::BTreeSet as Set;

    const STEP: u32 = 10;
    static CALLS: AtomicU32 = AtomicU32::new(0);

    type Numbers = Set<u32>;

    #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    enum Kind {
        Small = 1,
        Large,
    }

    struct Local<T>(T);

    trait Doubled {
        const FACTOR: u32 = 2;
        fn doubled(&self) -> u32;
    }

    impl Doubled for Local<u32> {
        fn doubled(&self) -> u32 {
            self.0 * Self::FACTOR
        }
    }

    mod inner {
        pub(super) fn function(n: u32) -> u32 {
            n + super::FROM_ABOVE
        }
    }

    fn function(n: u32) -> Option<u32> {
        let found = (0..n).find(|m| m * m >= n)?;
        Some(found)
    }

    async fn future(n: u32) -> u32 {
        std::future::ready(n).await + 1
    }

    CALLS.fetch_add(1, Ordering::Relaxed);
    yield_!(n + STEP);
    yield_!(Local(n).doubled());
    yield_!(function(n).unwrap_or(STEP));
    yield_!(future(n).await);
    yield_!(inner::function(n));
    let numbers: Numbers = [Kind::Large, Kind::Small].map(|kind| kind as u32).into();
    for number in numbers {
        yield_!(number);
    }
    yield_!(CALLS.load(Ordering::Relaxed));
}

const FROM_ABOVE: u32 = 1000;

#[test]
fn a_body_may_contain_items_of_every_kind() {
    assert_eq!(all(nested_items(4)), [14, 8, 2, 5, 1004, 1, 2, 1]);
    assert_eq!(all(nested_items(1)), [11, 2, 10, 2, 1001, 1, 2, 2]);
}

#[async_gen(send = char)]
async fn nested_generators(from: u32) -> u32 {
    #[async_gen(send = u32, returns = &'static str)]
    async fn inner(from: u32) -> u32 {
        let sent = yield_!(from);
        yield_!(sent);
        "inner"
    }

    struct Source;
    impl Source {
        #[async_gen]
        async fn items(&self) -> u32 {
            yield_!(1);
        }
    }

    let mut one = pin!(inner(from));
    let first = one.resume().await.unwrap();
    let sent = yield_!(first);
    let second = one.send(u32::from(sent)).await.unwrap();
    yield_!(second);
    one.send(0).await;
    let length = one.take_return().unwrap().len();

    let base = 100;
    let block = async_gen_block! {
        #![async_gen(send = bool, returns = u32)]
        let mut n = base;
        while yield_!(n) {
            n += 1;
        }
        n * 10
    };
    let mut block = pin!(block);
    block.resume().await;
    for more in [true, false] {
        if let Some(n) = block.send(more).await {
            yield_!(n);
        }
    }
    yield_!(block.take_return().unwrap() + u32::try_from(length).unwrap());
    #[for_await]
    for n in Source.items() {
        yield_!(n);
    }
}

#[test]
fn nested_generators_have_their_own_yields_and_types() {
    let mut items = pin!(nested_generators(7));
    let mut all = vec![ready(items.resume()).unwrap()];
    while let Some(item) = ready(items.send('a')) {
        all.push(item);
    }
    assert_eq!(all, [7, 97, 101, 1015, 1]);
}

struct Directory {
    name: &'static str,
    inside: Vec<Directory>,
}

#[async_gen(boxed)]
async fn directories(directory: &Directory, depth: usize) -> (&str, usize) {
    yield_!((directory.name, depth));
    #[for_await]
    for found in files(&directory.inside, depth + 1) {
        yield_!(found);
    }
}

#[async_gen(boxed)]
async fn files(inside: &[Directory], depth: usize) -> (&str, usize) {
    for directory in inside {
        let mut found: BoxGenerator<'_, _> = directories(directory, depth);
        while let Some(found) = found.next().await {
            yield_!(found);
        }
    }
}

#[test]
fn boxed_generators_may_recurse_through_each_other_and_borrow() {
    let leaf = |name| Directory {
        name,
        inside: vec![],
    };
    let root = Directory {
        name: "root",
        inside: vec![
            Directory {
                name: "a",
                inside: vec![leaf("b")],
            },
            leaf("c"),
        ],
    };
    let found = all(directories(&root, 0));
    assert_eq!(found, [("root", 0), ("a", 1), ("b", 2), ("c", 1)]);
}

static TOTAL: AtomicU32 = AtomicU32::new(0);

thread_local! {
    static NAMES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

#[async_gen]
async fn constants_and_statics<const N: usize>() -> usize {
    let table = const {
        let mut table = [0; N];
        let mut i = 0;
        while i < N {
            table[i] = i * i;
            i += 1;
        }
        table
    };
    for n in table {
        TOTAL.fetch_add(1, Ordering::Relaxed);
        NAMES.with_borrow_mut(|names| names.push(n.to_string()));
        yield_!(n);
    }
    yield_!(const { usize::MAX - N } + N);
    match table[0] {
        0 => yield_!(N),
        _ => return,
    }
}

#[test]
fn constants_are_evaluated_and_statics_are_shared() {
    assert_eq!(all(constants_and_statics::<3>()), [0, 1, 4, usize::MAX, 3]);
    assert_eq!(TOTAL.load(Ordering::Relaxed), 3);
    assert_eq!(NAMES.take(), ["0", "1", "4"]);
}

macro_rules! statements {
    ($name:ident, $value:expr) => {
        let $name = $value;
        let _ = &$name;
    };
}

macro_rules! items {
    ($name:ident, $function:ident) => {
        struct $name(u32);
        fn $function(n: u32) -> $name {
            $name(n + 1)
        }
    };
}

macro_rules! number {
    () => {
        u32
    };
}

macro_rules! small {
    ($name:ident) => {
        ($name @ 0..=9, _) | (_, $name)
    };
}

#[async_gen]
async fn macros(n: u32) -> number!() {
    statements!(doubled, n * 2);
    yield_!(doubled);
    items!(Local, local);
    let Local(more) = local(n);
    yield_!(more);
    let small!(either) = (n, 100);
    yield_!(either);
    let typed: number!() = 1;
    yield_!(typed);
    macro_rules! inner {
        ($value:expr) => {{
            const INNER: u32 = $value;
            INNER
        }};
    }
    yield_!(inner!(7));
    for small!(each) in [(1, 2), (30, 40)] {
        yield_!(each);
    }
}

#[test]
fn macros_may_expand_to_statements_items_patterns_and_types() {
    assert_eq!(all(macros(5)), [10, 6, 5, 1, 7, 1, 40]);
    assert_eq!(all(macros(50)), [100, 51, 100, 1, 7, 1, 40]);
}

#[async_gen]
async fn borrowing(mut list: Vec<u32>) -> u32 {
    let count = |than: u32| list.iter().filter(|n| **n > than).count();
    yield_!(u32::try_from(count(1)).unwrap());
    yield_!(u32::try_from(count(2)).unwrap());
    let mut push = |n| {
        if n == 0 {
            return false;
        }
        list.push(n);
        true
    };
    assert!(push(8) && !push(0));
    yield_!(100);
    push(9);
    let sum = async {
        let mut sum = 0;
        for n in &list {
            sum += std::future::ready(*n).await;
        }
        sum
    };
    yield_!(sum.await);
    let mut append = async |n: u32| {
        list.push(std::future::ready(n).await);
        list.len()
    };
    append(1).await;
    yield_!(101);
    yield_!(u32::try_from(append(2).await).unwrap());
    let owned = async move { list.into_iter().max() };
    yield_!(102);
    yield_!(owned.await.unwrap_or(0));
}

#[test]
fn closures_and_async_blocks_may_borrow_variables_across_yields() {
    assert_eq!(
        all(borrowing(vec![1, 2, 3])),
        [2, 1, 100, 23, 101, 7, 102, 9]
    );
}

#[async_gen(returns = &'static str)]
async fn early(n: u32) -> u32 {
    if n == 0 {
        return "at once";
    }
    for m in 0..n {
        yield_!(m);
        if m == 1 {
            return "in a loop";
        }
    }
    let found = (0..n).map(|m| {
        if m == 0 {
            return 10;
        }
        m
    });
    for m in found {
        yield_!(m);
    }
    "at the end"
}

#[test]
fn a_return_ends_the_body_unless_it_is_in_a_closure() {
    for (n, items, end) in [
        (0, &[][..], "at once"),
        (1, &[0, 10], "at the end"),
        (5, &[0, 1], "in a loop"),
    ] {
        let mut generator = pin!(early(n));
        for item in items {
            assert_eq!(ready(generator.next()), Some(*item));
        }
        assert_eq!(ready(generator.next()), None);
        assert_eq!(generator.take_return(), Some(end));
    }
}

#[async_gen]
async fn empty() -> u8 {}

#[async_gen]
async fn only_a_yield() -> u8 {
    yield_!(1)
}

#[async_gen]
async fn nothing_after_the_yield(n: u8) -> u8 {
    if n > 0 {
        yield_!(n)
    }
}

#[async_gen(throws = String)]
async fn empty_that_throws() -> u8 {}

#[async_gen(returns = Option<u8>)]
async fn no_yield() -> u8 {
    std::future::ready(Some(1)).await
}

#[test]
fn bodies_may_be_empty_or_lack_a_yield() {
    let mut items = pin!(empty());
    assert_eq!(items.state(), State::Created);
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.state(), State::Finished);
    assert_eq!(all(only_a_yield()), [1]);
    assert_eq!(all(nothing_after_the_yield(0)), []);
    assert_eq!(all(nothing_after_the_yield(2)), [2]);
    assert_eq!(all(empty_that_throws()), []);
    let mut items = pin!(no_yield());
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(Some(1)));
}

#[async_gen]
async fn endless(gate: Gate) -> u64 {
    let mut n = 0;
    loop {
        yield_!(n);
        n += 1;
        gate.clone().await;
    }
}

#[async_gen(returns = std::convert::Infallible)]
async fn endless_that_returns_nothing() -> u8 {
    loop {
        for n in 0..2 {
            yield_!(n);
        }
    }
}

#[async_gen]
async fn not_written_yet(n: u8) -> u8 {
    todo!("yield {n}")
}

#[async_gen(throws = u8)]
async fn only_fails(n: u8) -> u8 {
    return Err(n);
}

#[test]
fn bodies_need_not_reach_their_end() {
    let gate = Gate::default();
    let mut items = pin!(endless(gate.clone()));
    assert_eq!(ready(items.next()), Some(0));
    drop_half_way(items.next());
    gate.open();
    for n in 1..1000 {
        assert_eq!(ready(items.next()), Some(n));
    }
    let items = endless_that_returns_nothing().take(5);
    assert_eq!(all(items), [0, 1, 0, 1, 0]);
    let mut items = pin!(not_written_yet(1));
    let message = panic_message(|| ready(items.next()));
    assert_eq!(message, "not yet implemented: yield 1");
    assert_eq!(all(only_fails(4)), [Err(4)]);
}

#[async_gen(send = bool)]
async fn assigned_later() -> u8 {
    let value;
    if yield_!(1) {
        value = 2;
    } else {
        yield_!(10);
        value = 3;
    }
    yield_!(value);
    let (mut first, second);
    (first, second) = (4, 5);
    loop {
        if yield_!(first) {
            break;
        }
        first += second;
    }
}

#[test]
fn variables_may_be_assigned_after_their_declaration() {
    let mut items = pin!(assigned_later());
    assert_eq!(ready(items.resume()), Some(1));
    assert_eq!(ready(items.send(true)), Some(2));
    assert_eq!(ready(items.send(true)), Some(4));
    assert_eq!(ready(items.send(false)), Some(9));
    assert_eq!(ready(items.send(true)), None);
    let mut items = pin!(assigned_later());
    assert_eq!(ready(items.resume()), Some(1));
    assert_eq!(ready(items.send(false)), Some(10));
    assert_eq!(ready(items.send(false)), Some(3));
}
