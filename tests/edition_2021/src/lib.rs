//! Generators in a crate of edition 2021, which knows `gen-runtime` by another name.
#![forbid(unsafe_code)]

use generators::{async_gen, async_gen_block, async_gen_items};

/// Borrows, without naming the lifetime.
#[async_gen(crate = generators)]
pub async fn words(text: &str, separator: &str) -> usize {
    for word in text.split(separator) {
        yield_!(word.len());
        assert!(matches!(yield_!(0), ()));
    }
}

async_gen_items! {
    /// Bare yields.
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

#[cfg(test)]
mod tests {
    use super::*;
    use probe::{ready, Log};

    #[async_gen(crate = generators, returns = usize)]
    async fn tail(log: Log) -> u32 {
        let _local = log.guard("local");
        yield_!(1);
        std::mem::size_of_val(&log.guard("temporary"))
    }

    #[allow(clippy::unused_async, reason = "to compare with")]
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
    fn temporaries_of_the_tails_of_regions_live_as_in_a_block_of_the_edition() {
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

    /// Of a tuple, the rest uses one part and the deferred block another.
    #[async_gen(crate = generators)]
    async fn parts(mut pair: (u32, Vec<u32>)) -> u32 {
        let first = &mut pair.0;
        defer! { pair.1.push(7); }
        *first += 1;
        yield_!(*first);
    }

    #[test]
    fn a_region_captures_what_it_uses_and_not_the_rest_of_it() {
        let mut items = generators::pin!(parts((1, Vec::new())));
        assert_eq!(ready(items.next()), Some(2));
        assert_eq!(ready(items.close()), Ok(()));
    }

    #[test]
    fn temporaries_of_a_tail_live_as_in_an_async_fn_of_the_edition() {
        let log = Log::default();
        let _ = ready(tail_of_an_async_fn(log.clone()));
        assert_eq!(log.take(), "-local -temporary");
        let mut items = generators::pin!(tail(log.clone()));
        assert_eq!(ready(items.next()), Some(1));
        assert_eq!(ready(items.next()), None);
        assert_eq!(log.take(), "-local -temporary");
    }

    #[test]
    fn items() {
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
