//! A handle as an iterator: the loops and adapters of the standard library.

use gen_runtime::{State, generator, sync};
use probe::Log;

#[generator]
fn numbers(to: u32, log: Log) -> u32 {
    defer! { log.push("closed"); }
    for n in 1..=to {
        log.push(n);
        yield_!(n);
    }
}

#[generator(boxed)]
fn letters(word: &str) -> char {
    for letter in word.chars() {
        yield_!(letter);
    }
}

#[test]
fn a_for_loop_takes_a_pinned_or_a_boxed_generator() {
    let log = Log::default();
    for n in sync::pin!(numbers(2, log.clone())) {
        log.push(format_args!("item{n}"));
    }
    assert_eq!(log.take(), "1 item1 2 item2 closed");
    let mut word = String::new();
    for letter in letters("abc") {
        word.insert(0, letter);
    }
    assert_eq!(word, "cba");
}

#[test]
fn a_body_runs_only_as_far_as_the_items_that_are_taken() {
    let log = Log::default();
    let mut items = sync::pin!(numbers(9, log.clone()));
    assert_eq!(items.by_ref().take(2).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(log.take(), "1 2");
    // An adapter closes nothing.
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(items.next(), Some(3));
    assert_eq!(items.close(), Ok(()));
    assert_eq!(log.take(), "3 closed");
}

#[test]
fn a_loop_that_is_left_may_be_continued() {
    let mut items = letters("abcde");
    for letter in items.by_ref() {
        if letter == 'b' {
            break;
        }
    }
    assert_eq!(items.by_ref().next(), Some('c'));
    assert_eq!(items.collect::<String>(), "de");
}

#[test]
fn peekable_runs_one_item_ahead_and_zip_stops_at_the_shorter_one() {
    let log = Log::default();
    let mut items = sync::Handle::boxed(numbers(3, log.clone())).peekable();
    assert_eq!(items.peek(), Some(&1));
    assert_eq!(items.peek(), Some(&1));
    assert_eq!(log.take(), "1");
    assert_eq!(items.next_if(|n| *n == 2), None);
    assert_eq!(items.collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(log.take(), "2 3 closed");
    let pairs = sync::Handle::boxed(numbers(5, log.clone())).zip(letters("ab"));
    assert_eq!(pairs.collect::<Vec<_>>(), [(1, 'a'), (2, 'b')]);
    // `zip` asks its first iterator first.
    assert_eq!(log.take(), "1 2 3");
}

#[test]
fn the_size_hint_is_exact_once_the_generator_is_finished() {
    let mut items = letters("a");
    assert_eq!(items.size_hint(), (0, None));
    items.next();
    assert_eq!(items.size_hint(), (0, None));
    items.next();
    assert_eq!(items.size_hint(), (0, Some(0)));
    let mut closed = letters("a");
    closed.close().unwrap();
    assert_eq!(closed.size_hint(), (0, Some(0)));
    static_assertions::assert_impl_all!(sync::BoxGenerator<'static, u8>: std::iter::FusedIterator);
}

#[test]
fn an_iterator_is_fused_after_an_end_a_close_and_a_panic() {
    #[generator]
    fn once(panics: bool) -> u32 {
        yield_!(1);
        assert!(!panics, "in the body");
    }
    let mut ended = sync::Handle::boxed(once(false));
    assert_eq!(ended.by_ref().count(), 1);
    let mut closed = sync::Handle::boxed(once(false));
    closed.close().unwrap();
    let mut panicked = sync::Handle::boxed(once(true));
    panicked.next();
    assert_eq!(probe::panic_message(|| panicked.next()), "in the body");
    for items in [&mut ended, &mut closed, &mut panicked] {
        assert_eq!(items.state(), State::Finished);
        assert_eq!(items.by_ref().count(), 0);
    }
}

#[generator(throws = String)]
fn parsed(words: &[&str]) -> u32 {
    for word in words {
        yield_result!(word.parse::<u32>().map_err(|_| (*word).to_owned()));
    }
}

#[test]
fn results_are_collected_up_to_the_first_error() {
    let sum: Result<u32, _> = sync::pin!(parsed(&["1", "2"])).sum();
    assert_eq!(sum, Ok(3));
    let mut items = sync::pin!(parsed(&["1", "x", "3"]));
    let list: Result<Vec<_>, _> = items.by_ref().collect();
    assert_eq!(list, Err("x".to_owned()));
    assert_eq!(items.next(), Some(Ok(3)));
    let (good, bad): (Vec<_>, Vec<_>) =
        sync::pin!(parsed(&["1", "x", "3"])).partition(Result::is_ok);
    assert_eq!((good.len(), bad.len()), (2, 1));
}

#[test]
fn an_iterator_sends_default_values() {
    #[generator(send = Option<u32>)]
    fn sent() -> Option<u32> {
        let mut last = Some(7);
        for _ in 0..3 {
            last = yield_!(last);
        }
    }
    let mut items = sync::pin!(sent());
    assert_eq!(items.next(), Some(Some(7)));
    assert_eq!(items.send(Some(5)), Some(Some(5)));
    assert_eq!(items.collect::<Vec<_>>(), [None]);
}

#[test]
fn generators_are_chained_flattened_and_passed_as_iterators() {
    fn longest<'a>(words: impl Iterator<Item = &'a str>) -> usize {
        words.map(str::len).max().unwrap_or(0)
    }
    #[generator]
    fn words(text: &str) -> &str {
        for word in text.split(' ') {
            yield_!(word);
        }
    }
    assert_eq!(longest(sync::pin!(words("to be or not"))), 3);
    let flat = ["ab", "", "c"].into_iter().flat_map(letters);
    assert_eq!(flat.chain(letters("!")).collect::<String>(), "abc!");
    let boxed: Box<dyn Iterator<Item = char>> = Box::new(letters("xy"));
    assert_eq!(boxed.count(), 2);
}
