//! Generators in a crate of edition 2021 that has renamed `gen-runtime`.
#![forbid(unsafe_code)]

use generators::{async_gen, async_gen_block, async_gen_items, generator, generator_block, sync};

/// Borrows an argument without naming its lifetime.
#[async_gen(crate = generators)]
pub async fn words(text: &str, separator: &str) -> usize {
    for word in text.split(separator) {
        yield_!(word.len());
        assert!(matches!(yield_!(0), ()));
    }
}

async_gen_items! {
    /// Uses bare yields, and `gen` as a name.
    #[async_gen(crate = generators)]
    pub async fn gen_numbers(gen: u32) -> u32 {
        let doubled = async_gen_block! {
            #![async_gen(crate = generators)]
            yield gen * 2;
        };
        for await n in doubled {
            yield n;
        }
    }
}

/// Borrows two arguments without naming their lifetimes, and uses `gen` as a name.
#[generator(crate = generators, throws = String)]
pub fn lengths(text: &str, gen: &[usize]) -> usize {
    defer! { println!("closed"); }
    for word in text.split(' ') {
        attempt! { yield_!(word.len()) }?;
    }
    yield_all!(gen.iter().copied());
    let block = generator_block! {
        #![generator(crate = generators)]
        yield gen.len();
    };
    yield_from!(block);
}

/// Its future captures the lifetimes that are not named.
#[generator(crate = generators, boxed)]
pub fn nested(depth: u32, text: &str) -> &str {
    yield_!(text);
    if depth > 0 {
        yield_from!(nested(depth - 1, &text[1..]));
    }
}

/// Pins a generator that borrows in the value of a function: its temporaries live to the end.
#[must_use]
pub fn first_length(text: &str) -> Option<Result<usize, String>> {
    sync::pin!(lengths(text, &[])).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{ready, Log};

    #[test]
    fn regular_generators_yield_items_and_capture_what_they_borrow() {
        let (text, more) = (String::from("to be"), vec![7]);
        let items: Result<Vec<_>, _> = sync::pin!(lengths(&text, &more)).collect();
        assert_eq!(items, Ok(vec![2, 2, 7, 1]));
        assert_eq!(first_length(&text), Some(Ok(2)));
        assert_eq!(nested(2, "abc").collect::<Vec<_>>(), ["abc", "bc", "c"]);
    }

    #[generator(crate = generators, returns = usize)]
    fn regular_tail(log: Log) -> u32 {
        let _local = log.guard("local");
        yield_!(1);
        std::mem::size_of_val(&log.guard("temporary"))
    }

    #[async_gen(crate = generators, returns = usize)]
    async fn tail(log: Log) -> u32 {
        let _local = log.guard("local");
        yield_!(1);
        std::mem::size_of_val(&log.guard("temporary"))
    }

    #[allow(clippy::unused_async, reason = "compared with the generator")]
    async fn tail_of_an_async_fn(log: Log) -> usize {
        let _local = log.guard("local");
        std::mem::size_of_val(&log.guard("temporary"))
    }

    #[async_gen(crate = generators, throws = (), returns = usize)]
    async fn tails_of_regions(log: Log) -> u32 {
        let _local = log.guard("local");
        let size = attempt! {
            let _local = log.guard("attempt's");
            yield_!(1);
            std::mem::size_of_val(&log.guard("attempt's temporary"))
        };
        defer! { log.push("deferred"); }
        let _local = log.guard("guard's");
        size? - std::mem::size_of_val(&log.guard("temporary"))
    }

    #[test]
    fn temporaries_in_tails_of_regions_live_as_long_as_in_a_block_of_edition_2021() {
        let log = Log::default();
        let mut items = generators::pin!(tails_of_regions(log.clone()));
        assert_eq!(ready(items.next()), Some(Ok(1)));
        assert_eq!(ready(items.next()), None);
        assert_eq!(items.take_return(), Some(0));
        assert_eq!(
            log.take(),
            "-attempt's -attempt's temporary -guard's -temporary deferred -local"
        );
    }

    /// The rest of the body uses one part of the tuple, and the deferred block the other.
    #[async_gen(crate = generators)]
    async fn parts(mut pair: (u32, Vec<u32>)) -> u32 {
        let first = &mut pair.0;
        defer! { pair.1.push(7); }
        *first += 1;
        yield_!(*first);
    }

    #[test]
    fn a_region_captures_only_the_fields_that_it_uses() {
        let mut items = generators::pin!(parts((1, Vec::new())));
        assert_eq!(ready(items.next()), Some(2));
        assert_eq!(ready(items.close()), Ok(()));
    }

    #[test]
    fn temporaries_in_a_tail_live_as_long_as_in_an_async_fn_of_edition_2021() {
        let log = Log::default();
        let _ = ready(tail_of_an_async_fn(log.clone()));
        assert_eq!(log.take(), "-local -temporary");
        let mut items = generators::pin!(tail(log.clone()));
        assert_eq!(ready(items.next()), Some(1));
        assert_eq!(ready(items.next()), None);
        assert_eq!(log.take(), "-local -temporary");
        assert_eq!(sync::pin!(regular_tail(log.clone())).count(), 1);
        assert_eq!(log.take(), "-local -temporary");
    }

    #[test]
    fn generators_with_a_renamed_runtime_yield_items() {
        let text = String::from("to be");
        let mut lengths = generators::pin!(words(&text, " "));
        let mut all = Vec::new();
        while let Some(length) = ready(lengths.next()) {
            all.push(length);
        }
        assert_eq!(all, [2, 0, 2, 0]);
        let mut numbers = generators::pin!(gen_numbers(4));
        assert_eq!(ready(numbers.next()), Some(8));
        assert_eq!(ready(numbers.next()), None);
    }
}
