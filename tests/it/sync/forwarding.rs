//! `yield_all!`, which takes anything to iterate over.

use gen_runtime::{State, async_gen, async_gen_items, generator, generator_block, sync};
use probe::Log;

#[test]
fn collections_ranges_options_and_iterators_are_forwarded() {
    #[generator]
    fn all(list: &[u32], owned: Vec<u32>) -> u32 {
        yield_all!(owned);
        yield_all!(3..5);
        yield_all!(Some(5));
        yield_all!(None::<u32>);
        yield_all!([6]);
        yield_all!(list.iter().copied());
        let () = yield_all!(sync::pin!(inner()));
        let mut rest = (20..30).filter(|n| n % 5 == 0);
        yield_all!(rest.by_ref().take(1));
        yield_all![rest];
        gen_runtime::yield_all! { Some(30) }
    }
    #[generator]
    fn inner() -> u32 {
        yield_!(9);
    }
    let items: Vec<_> = sync::pin!(all(&[7, 8], vec![1, 2])).collect();
    assert_eq!(items, [1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 25, 30]);
}

#[generator(throws = String)]
fn parsed(words: &[&str], log: Log) -> u32 {
    let numbers = words
        .iter()
        .map(|word| word.parse::<u32>().map_err(|_| (*word).to_owned()));
    let caught = attempt! {
        let _guard = log.guard("guard");
        yield_all!(numbers);
    };
    log.push(format_args!("{caught:?}"));
    yield_all!([100_u32]);
    caught?;
}

#[test]
fn an_error_among_results_is_raised_and_may_be_caught() {
    let log = Log::default();
    let items: Vec<_> = sync::pin!(parsed(&["1", "2"], log.clone())).collect();
    assert_eq!(items, [1, 2, 100].map(Ok));
    assert_eq!(log.take(), "-guard Ok(())");
    let items: Vec<_> = sync::pin!(parsed(&["1", "x", "3"], log.clone())).collect();
    assert_eq!(items, [Ok(1), Ok(100), Err("x".to_owned())]);
    assert_eq!(log.take(), "-guard Err(\"x\")");
}

#[test]
fn a_throw_lands_between_two_items_and_drops_the_iterator() {
    let log = Log::default();
    let mut items = sync::pin!(parsed(&["1", "2"], log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.throw("e".to_owned()), Ok(Some(100)));
    assert_eq!(log.take(), "-guard Err(\"e\")");
}

#[test]
fn a_close_drops_the_iterator_and_runs_what_is_deferred() {
    #[generator]
    fn guarded(log: Log) -> u32 {
        defer! { log.push("deferred"); }
        let guard = log.guard("iterator");
        yield_all!((1..).inspect(move |_| {
            let _ = &guard;
        }));
    }
    let log = Log::default();
    let mut items = sync::pin!(guarded(log.clone()));
    assert_eq!((items.next(), items.next()), (Some(1), Some(2)));
    assert_eq!(log.take(), "");
    assert_eq!(items.close(), Ok(()));
    assert_eq!(
        (log.take().as_str(), items.state()),
        ("-iterator deferred", State::Finished)
    );
}

/// Expands to its argument, and is not known to the library.
macro_rules! same {
    ($($tokens:tt)*) => { $($tokens)* };
}

#[test]
fn in_the_tokens_of_macros_that_are_not_known() {
    #[generator(throws = String)]
    fn outer(log: Log) -> u32 {
        let forwarded = same!((yield_all!(1..=3_u32), yield_from!(last(4))));
        log.push(format_args!("{forwarded:?}"));
        same! {
            yield_all!([5_u32, 6]);
            let value = same!(yield_from!(last(7)) + 1);
            yield_all!([Ok::<u32, String>(8)]);
        }
        attempt! { same!(yield_all!([Err::<u32, _>("inner".to_owned())])) }.unwrap_err();
        yield_!(value * 10);
    }
    #[generator(returns = u32)]
    fn last(n: u32) -> u32 {
        yield_!(n);
        n
    }
    let log = Log::default();
    let items: Result<Vec<_>, _> = sync::pin!(outer(log.clone())).collect();
    assert_eq!(items, Ok(vec![1, 2, 3, 4, 5, 6, 7, 8, 80]));
    assert_eq!(log.take(), "((), 4)");
}

/// Operands that rustc would read as the body of a `for` loop, or warn about in its head.
#[test]
fn any_expression_may_be_the_operand() {
    struct Three {
        from: u32,
    }
    impl IntoIterator for Three {
        type Item = u32;
        type IntoIter = std::ops::Range<u32>;

        fn into_iter(self) -> Self::IntoIter {
            self.from..self.from + 3
        }
    }
    #[generator]
    fn all() -> u32 {
        yield_all!(Three { from: 1 });
        yield_all!((4..6));
        yield_all!({ 6..8 });
        yield_all!(if true { 8..9 } else { 0..0 });
        yield_all!(match Some(9) {
            Some(n) => n..n + 1,
            None => 0..0,
        });
    }
    #[async_gen]
    async fn all_async() -> u32 {
        yield_all!(Once { item: Some(1) });
    }
    struct Once {
        item: Option<u32>,
    }
    impl futures::Stream for Once {
        type Item = u32;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<u32>> {
            std::task::Poll::Ready(self.item.take())
        }
    }
    assert!(sync::pin!(all()).eq(1..10));
    assert_eq!(probe::ready(gen_runtime::pin!(all_async()).next()), Some(1));
}

async_gen_items! {
    #[generator]
    fn in_items(n: u32) -> u32 {
        yield_all!(0..n);
        yield 10;
    }
}

#[test]
fn in_items_and_blocks() {
    assert_eq!(sync::pin!(in_items(2)).collect::<Vec<_>>(), [0, 1, 10]);
    let block = sync::pin!(generator_block! {
        yield_all!(sync::pin!(in_items(1)));
        yield 20;
    });
    assert_eq!(block.collect::<Vec<_>>(), [0, 10, 20]);
}

#[test]
fn values_that_are_sent_are_dropped() {
    #[generator(send = String)]
    fn items() -> u32 {
        yield_all!([1, 2]);
    }
    let mut items = sync::pin!(items());
    assert_eq!(items.resume(), Some(1));
    assert_eq!(items.send("a".to_owned()), Some(2));
    assert_eq!(items.send("b".to_owned()), None);
}
