//! Regular generators under the lints of the crate.

use core::num::ParseIntError;

use gen_runtime::{async_gen_items, generator, generator_block, sync};

/// All forms of returns, and yields of plain values.
#[generator(throws = ParseIntError, returns = usize)]
pub fn numbers(text: &str, _unused: u8, (low, high): (i32, i32), [first, _]: [u8; 2]) -> i32 {
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
        count = count.saturating_add(usize::from(first));
    }
    count
}

/// Yields in the tokens of other macros.
#[generator(send = u8)]
pub fn hidden(mut total: u8) -> u8 {
    while total < 100_u8 {
        total = total.saturating_add(yield_!(total));
        println!("{:?}", yield_!(total));
    }
}

/// Blocks that end in a yield, in a body that consists of one `match`.
#[generator]
pub fn tails(number: u8) -> u8 {
    match number {
        1 => yield_!(1),
        2 => {
            if number > 2 {
                yield_!(3);
            }
            yield_!(2)
        }
        _ => yield_!((number.saturating_add(1))),
    }
}

/// A body that ends in a value.
#[generator(returns = u8)]
pub fn tail_value(number: u8) -> u8 {
    if number > 2 {
        yield_!(1)
    }
    number
}

/// A body that never ends.
#[generator(throws = ())]
pub fn endless() -> u8 {
    loop {
        yield_!(1);
    }
}

/// A body without a yield.
#[generator]
pub fn nothing() -> u8 {}

/// Regions that are left in every way.
#[generator(throws = ParseIntError, returns = u8)]
pub fn regions(text: &str, mut number: u8) -> u8 {
    defer! {
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
    attempt! {}?;
    let value = {
        defer! {}
        yield_!(number);
        number
    };
    value
}

/// Forwards what clippy and rustc would write otherwise in a `for` loop.
#[generator(returns = u8)]
pub fn forwards(list: &[u8], map: Vec<u8>) -> u8 {
    yield_all!([1]);
    yield_all!(Some(2));
    yield_all!(list.iter().copied());
    yield_all!(map.into_iter());
    yield_all!(3..5);
    yield_all!(sync::pin!(tails(1)));
    7
}

/// The same with results.
#[generator(throws = ParseIntError)]
pub fn forwards_results(text: &str) -> u8 {
    yield_all!(text.split(' ').map(str::parse::<u8>));
    yield_all!(Some(1_u8));
    yield_all!(text.parse::<u8>());
    yield_result!(text.parse());
}

/// Delegates in every way.
#[generator(throws = ParseIntError, returns = u8)]
pub fn delegates(text: &str) -> u8 {
    let _number: u8 = yield_from!(tail_value(3));
    let total = attempt! { yield_from!(inner(text)) }?;
    yield_all!(sync::pin!(inner(text)));
    println!("{}", yield_from!(inner(text)));
    total
}

/// Parses a number, and yields it.
#[generator(throws = ParseIntError, returns = u8)]
pub fn inner(text: &str) -> u8 {
    yield_!(text.parse()?);
    5
}

/// A type whose methods are generators.
#[derive(Clone, Copy, Debug)]
pub struct Source(u8);

impl Source {
    /// Yields a reference to a field.
    #[generator]
    pub fn one(&self) -> &u8 {
        yield_!(&self.0);
    }

    /// Yields a reference, from a box.
    #[generator(boxed)]
    pub fn boxed<'text, T: Sync>(&self, text: &'text str, _other: &T) -> &'text str {
        yield_!(text);
    }
}

async_gen_items! {
    /// A bare yield.
    #[generator]
    pub fn bare(to: u8) -> u8 {
        for number in 0..to {
            yield number;
        }
    }
}

#[test]
#[allow(
    clippy::default_numeric_fallback,
    reason = "tests the generators above"
)]
fn the_expansions_in_this_file_raise_no_lint_and_run() {
    let parsed: Vec<_> = sync::pin!(numbers("1 2", 0, (0, 5), [1, 0])).collect();
    assert_eq!(parsed, [Ok(1), Ok(2)]);
    let mut sums = sync::pin!(hidden(99));
    assert_eq!(sums.resume(), Some(99));
    assert_eq!((sums.send(1), sums.send(0)), (Some(100), None));
    assert_eq!(sync::pin!(tails(2)).collect::<Vec<_>>(), [2]);
    assert_eq!(sync::pin!(tail_value(3)).collect::<Vec<_>>(), [1]);
    assert_eq!(sync::pin!(endless()).nth(3), Some(Ok(1)));
    assert_eq!(sync::pin!(nothing()).count(), 0);

    let mut items = sync::pin!(regions("4", 1));
    assert_eq!(items.next(), Some(Ok(4)));
    assert_eq!(items.next(), Some(Ok(2)));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.close(), Ok(()));

    let forwarded: Vec<_> = sync::pin!(forwards(&[8], vec![9])).collect();
    assert_eq!(forwarded, [1, 2, 8, 9, 3, 4, 1]);
    let results: Vec<_> = sync::pin!(forwards_results("7")).collect();
    assert_eq!(results, [7, 1, 7, 7].map(Ok));
    let delegated: Vec<_> = sync::pin!(delegates("7")).collect();
    assert_eq!(delegated, [1, 7, 7, 7].map(Ok));

    let source = Source(3);
    assert_eq!(sync::pin!(source.one()).collect::<Vec<_>>(), [&3]);
    assert_eq!(source.boxed("text", &1_u8).collect::<Vec<_>>(), ["text"]);
    assert_eq!(sync::pin!(bare(2)).collect::<Vec<_>>(), [0, 1]);
    let block = sync::pin!(generator_block! {
        yield 1_u8;
        println!("{:?}", yield 2_u8);
    });
    assert_eq!(block.collect::<Vec<_>>(), [1, 2]);
}
