//! Expansions under lints that a user may deny.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    future_incompatible,
    keyword_idents,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused,
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    closure_returning_async_block,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    ffi_unwind_calls,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_attr_outside_unsafe,
    unused_extern_crates,
    unused_import_braces,
    unused_labels,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::dbg_macro,
    clippy::default_numeric_fallback,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::let_underscore_must_use,
    clippy::let_underscore_untyped,
    clippy::mem_forget,
    clippy::multiple_unsafe_ops_per_block,
    clippy::panic,
    clippy::pattern_type_mismatch,
    clippy::semicolon_if_nothing_returned,
    clippy::semicolon_outside_block,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::shadow_unrelated,
    clippy::single_call_fn,
    clippy::str_to_string,
    clippy::todo,
    clippy::undocumented_unsafe_blocks,
    clippy::unimplemented,
    clippy::unreachable,
    clippy::unwrap_in_result,
    clippy::unwrap_used,
    clippy::unseparated_literal_suffix,
    clippy::wildcard_enum_match_arm
)]
#![allow(
    clippy::single_call_fn,
    reason = "each generator is called by one test"
)]

#[path = "lints/regular.rs"]
pub mod regular;

use core::num::ParseIntError;

use futures::StreamExt as _;
use gen_runtime::{async_gen, async_gen_block, async_gen_items};
use probe::ready;

/// All forms of awaits and returns, and yields of plain values.
#[async_gen(throws = ParseIntError, returns = usize)]
pub async fn numbers(text: &str, _unused: u8, (low, high): (i32, i32), [first, _]: [u8; 2]) -> i32 {
    let mut count: usize = 0;
    for word in text.split(' ') {
        if word.is_empty() {
            return count;
        }
        let number: i32 = word.parse()?;
        if number < low || number > high {
            return Ok(count);
        }
        yield_!(number);
        core::future::ready(()).await;
        count = count.saturating_add(usize::from(first));
    }
    #[for_await]
    for number in futures::stream::iter([low, high]) {
        yield_!(number);
    }
    count
}

/// Yields in the tokens of other macros.
#[async_gen(send = u8)]
pub async fn hidden(mut total: u8) -> u8 {
    while total < 100_u8 {
        total = total.saturating_add(yield_!(total));
        println!("{:?}", yield_!(total));
    }
}

/// Operands that need parentheses before an operator, but not as arguments.
#[async_gen(throws = u8, returns = u8)]
pub async fn operands(number: u8) -> u8 {
    let mut future = core::future::ready(number);
    let _first = (&mut future).await;
    let _second = (if number == 0 {
        core::future::ready(1_u8)
    } else {
        core::future::ready(2_u8)
    })
    .await;
    yield_!((number.saturating_add(1)));
    yield_!({ number });
    #[for_await]
    for item in (futures::stream::iter([number])) {
        yield_!(item);
    }
    return { number };
}

/// Tokens in which no yield is expanded.
#[async_gen]
pub async fn stringified() -> &'static str {
    yield_!(stringify!(yield_!(1)));
}

/// A body that reaches neither its end nor a yield.
#[async_gen(throws = u8)]
pub async fn waits_for_ever() -> u8 {
    loop {
        core::future::pending::<()>().await;
    }
}

/// Blocks that end in a yield, in a body that consists of one `match`.
#[async_gen]
pub async fn tails(number: u8) -> u8 {
    match number {
        1 => yield_!(1),
        2 => {
            if number > 2 {
                yield_!(3);
            }
            yield_!(2)
        }
        _ => yield_!(number),
    }
}

/// A body that ends in a value.
#[async_gen(returns = u8)]
pub async fn tail_value(number: u8) -> u8 {
    if number > 2 {
        yield_!(1)
    }
    number
}

/// A body that never ends.
#[async_gen(throws = ())]
pub async fn endless() -> u8 {
    loop {
        yield_!(1);
    }
}

/// A body whose end is not reached.
#[async_gen(throws = ())]
pub async fn fails() -> u8 {
    yield_!(1);
    return Err(());
}

/// Regions that are left in every way.
#[async_gen(throws = ParseIntError, returns = u8)]
pub async fn regions(text: &str, mut number: u8) -> u8 {
    defer! {
        core::future::ready(()).await;
        number = number.saturating_sub(1);
        let _parsed: u8 = "1".parse()?;
    }
    'rounds: for round in 0_u8..3 {
        defer! {
            drop(attempt! { text.parse::<u8>()? });
        }
        let parsed = attempt! {
            defer! {
                number = number.saturating_add(1);
            }
            if round == 0 {
                continue;
            }
            yield_!(text.parse()?);
            match number {
                7 => break 'rounds,
                8 => return 5,
                9 => return Ok(6),
                _ => {}
            }
            println!("{:?}", yield_!(number));
            round
        };
        if let Ok(value) = parsed {
            yield_!(value);
        }
    }
    let value = {
        defer! {
            core::future::ready(()).await;
        }
        yield_!(number);
        number
    };
    value
}

/// Empty regions, and regions whose ends are not reached.
#[async_gen(throws = ())]
pub async fn region_tails(number: u8) -> u8 {
    attempt! {}?;
    attempt! {
        if number > 200 {
            loop {
                yield_!(number);
            }
        }
        return;
    }?;
    {
        defer! {}
    }
    if number > 100 {
        defer! {
            core::future::ready(()).await;
        }
        return Err(());
    }
    loop {
        defer! {
            println!("{number}");
        }
        yield_!(number);
        break;
    }
    defer! {
        println!("{number}");
    }
    loop {
        core::future::ready(()).await;
        yield_!(number);
    }
}

/// A region without `throws`.
#[async_gen]
pub async fn plain_region(numbers: &mut Vec<u8>) -> u8 {
    for number in 0_u8..2 {
        defer! {
            numbers.push(number);
        }
        if number == 0 {
            continue;
        }
        yield_!(number);
    }
    defer! {
        numbers.push(5);
    }
    yield_!(2);
    numbers.push(4);
}

/// Macros whose handlers and operands are code of the body.
#[async_gen(throws = ParseIntError)]
pub async fn known_macros(text: &str) -> u8 {
    let rows = async || Some(1_u8);
    loop {
        defer! {
            core::future::ready(()).await;
        }
        tokio::select! {
            Some(mut row) = rows(), if !text.is_empty() => {
                row = row.saturating_add(1);
                yield_!(row);
                break;
            }
            else => break,
        }
    }
    for _round in 0_u8..1 {
        tokio::select! {
            _unused = rows() => yield_!(3),
            () = core::future::pending() => break,
        }
        let (first, second) = tokio::join!(rows(), core::future::ready(text.parse::<u8>()?));
        let ((),) = tokio::join!(core::future::ready(()));
        println!("{:?} {}", first, core::future::ready(second).await);
        println!("{:?}", attempt! { yield_!(text.parse()?) });
        let name = format!("{}", if first.is_none() { return } else { second });
        assert!(core::future::ready(true).await, "{name}");
    }
    tokio::select! {
        row = core::future::ready(text.parse::<u8>()?) => yield_!(row),
        () = core::future::pending() => {}
    }
}

/// A type whose methods are generators.
#[derive(Clone, Copy, Debug)]
pub struct Source(u8);

impl Source {
    /// Yields a reference to a field.
    #[async_gen]
    pub async fn one(&self) -> &u8 {
        yield_!(&self.0);
    }

    /// Yields a reference, from a box.
    #[async_gen(boxed)]
    pub async fn boxed<'text, T: Sync>(&self, text: &'text str, _other: &T) -> &'text str {
        yield_!(text);
    }
}

async_gen_items! {
    /// A bare yield, and `for await`.
    #[async_gen]
    pub async fn bare() -> u8 {
        for await number in futures::stream::iter([1_u8]) {
            yield number;
        }
    }
}

/// Uses the values that are sent in every position of an expression.
#[async_gen(send = bool)]
async fn sent_values() -> u32 {
    if yield_!(1) {
        while yield_!(2) {}
    }
    if !yield_!(3) && yield_!(4) {
        return;
    }
    let more = match yield_!(5) {
        true if yield_!(6) => yield_!(7),
        other => !other,
    };
    let shown = format!("{}", yield_!(8));
    if more || shown.is_empty() || matches!(yield_!(9), true) {
        _ = yield_!(10);
    }
    for _ in core::iter::once(yield_!(11)) {}
    let _: [bool; 2] = [yield_!(12); 2];
    let both = (yield_!(13), yield_!(14)).0 | yield_!(15);
    if both {
        while !yield_!(16) {}
    }
}

/// Delegates in every way.
#[async_gen(throws = ParseIntError, returns = u8)]
pub async fn delegates(text: &str) -> u8 {
    let _number: u8 = yield_from!(tail_value(3));
    let total = attempt! { yield_from!(inner(text)) }?;
    yield_all!(tails(2));
    yield_all!(inner(text));
    #[for_await(close)]
    for number in inner(text) {
        yield_!(number?);
    }
    println!("{}", yield_from!(inner(text)));
    total
}

/// Parses a number, and yields it.
#[async_gen(throws = ParseIntError, returns = u8)]
pub async fn inner(text: &str) -> u8 {
    yield_!(text.parse()?);
    5
}

#[test]
#[allow(
    clippy::default_numeric_fallback,
    reason = "tests the generators above"
)]
fn the_expansions_in_this_file_raise_no_lint_and_run() {
    let text = ready(numbers("1 2", 0, (0, 5), [1, 0]).collect::<Vec<_>>());
    assert_eq!(text, [Ok(1), Ok(2), Ok(0), Ok(5)]);

    let mut sums = gen_runtime::pin!(hidden(99));
    assert_eq!(ready(sums.resume()), Some(99));
    assert_eq!(ready(sums.send(1)), Some(100));
    assert_eq!(ready(sums.send(0)), None);

    assert_eq!(ready(endless().take(2).collect::<Vec<_>>()), [Ok(1), Ok(1)]);
    assert_eq!(ready(fails().collect::<Vec<_>>()), [Ok(1), Err(())]);

    let source = Source(3);
    assert_eq!(ready(source.one().collect::<Vec<&u8>>()), [&3]);
    assert_eq!(
        ready(source.boxed("text", &1_u8).collect::<Vec<_>>()),
        ["text"]
    );
    let values = ready(operands(3).collect::<Vec<_>>());
    assert_eq!(values, [Ok(4), Ok(3), Ok(3)]);
    assert_eq!(ready(stringified().collect::<Vec<_>>()), ["yield_!(1)"]);
    assert_eq!(ready(tails(2).collect::<Vec<_>>()), [2]);
    assert_eq!(ready(tail_value(3).collect::<Vec<_>>()), [1]);
    let mut waits = gen_runtime::pin!(waits_for_ever());
    probe::drop_half_way(waits.next());
    assert_eq!(ready(bare().collect::<Vec<_>>()), [1]);

    let mut items = gen_runtime::pin!(regions("4", 1));
    assert_eq!(ready(items.next()), Some(Ok(4)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.close()), Ok(()));
    assert!(ready(region_tails(1).collect::<Vec<_>>()).is_empty());
    let rows = ready(known_macros("7").collect::<Vec<_>>());
    assert_eq!(rows, [2, 3, 7, 7].map(Ok));
    let mut numbers = vec![];
    let plain = ready(plain_region(&mut numbers).collect::<Vec<_>>());
    assert_eq!((plain, numbers), (vec![1, 2], vec![0, 1, 4, 5]));

    let delegated = ready(delegates("7").collect::<Vec<_>>());
    assert_eq!(delegated, [1, 7, 2, 7, 7, 7].map(Ok));

    let block = async_gen_block! {
        yield 1_u8;
        println!("{:?}", yield 2_u8);
    };
    assert_eq!(ready(block.collect::<Vec<_>>()), [1, 2]);
}

#[test]
fn sent_values_are_used_in_every_position() {
    let mut items = gen_runtime::pin!(sent_values());
    let mut sent = Vec::new();
    let mut item = ready(items.resume());
    while let Some(number) = item {
        sent.push(number);
        item = ready(items.send(true));
        if number == 2 {
            item = ready(items.send(false));
        }
    }
    assert_eq!(sent, [1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16]);
}
