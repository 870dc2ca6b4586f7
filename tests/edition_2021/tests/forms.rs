//! Differences of edition 2021: what `impl Trait` captures, how long temporaries live, and `gen`,
//! which is not a keyword.
#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Display;
use std::sync::Arc;

use futures::{Stream, StreamExt as _};
use generators::{
    async_gen, async_gen_block, async_gen_items, pin, AsyncGenerator, BoxGenerator,
    BoxTryGenerator, State,
};
use probe::{ready, Log};

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

#[async_gen(crate = generators)]
async fn words(text: &str, skip: &usize) -> (usize, usize) {
    for word in text.split(' ').skip(*skip) {
        yield_!((word.len(), *skip));
    }
}

#[async_gen(crate = generators)]
async fn elided(text: &str) -> &str {
    for word in text.split(' ') {
        yield_!(word);
    }
}

#[async_gen(crate = generators)]
async fn named<'a, 'b, T: Clone>(text: &'a str, items: &'b [T]) -> (&'a str, T) {
    for item in items {
        yield_!((text, item.clone()));
    }
}

#[async_gen(crate = generators)]
async fn anonymous(
    items: &mut impl Iterator<Item = u8>,
    scale: impl Fn(u8) -> u8,
) -> impl Display + '_ {
    for item in items {
        yield_!(scale(item));
    }
}

#[test]
fn every_lifetime_and_type_is_captured_without_being_named() {
    let text = String::from("to be or");
    let skip = 1;
    assert_eq!(all(words(&text, &skip)), [(2, 1), (2, 1)]);
    let second = {
        let mut items = pin!(elided(&text));
        ready(items.next());
        ready(items.next())
    };
    assert_eq!(second, Some("be"));
    let items = vec!['a', 'b'];
    assert_eq!(all(named("t", &items)), [("t", 'a'), ("t", 'b')]);
    let mut numbers = [1, 2].into_iter();
    let scaled: Vec<String> = all(anonymous(&mut numbers, |n| n * 2).map(|n| n.to_string()));
    assert_eq!(scaled, ["2", "4"]);
}

struct Source<'a, T> {
    items: &'a [T],
    log: RefCell<Vec<&'static str>>,
}

impl<'a, T: Display> Source<'a, T> {
    #[async_gen(crate = generators)]
    async fn by_reference(&self, prefix: &str) -> String {
        for item in self.items {
            self.log.borrow_mut().push("item");
            yield_!(format!("{prefix}{item}"));
        }
    }

    #[async_gen(crate = generators)]
    async fn by_mutable_reference(&mut self) -> &'a T {
        while let Some((first, rest)) = self.items.split_first() {
            self.items = rest;
            yield_!(first);
        }
    }

    #[async_gen(crate = generators)]
    async fn shared(self: Arc<Self>) -> usize {
        yield_!(Arc::strong_count(&self));
    }
}

#[test]
fn methods_may_borrow_from_self_and_from_their_arguments() {
    let mut source = Source {
        items: &[1, 2],
        log: RefCell::default(),
    };
    {
        let prefix = String::from("n");
        assert_eq!(all(source.by_reference(&prefix)), ["n1", "n2"]);
    }
    assert_eq!(source.log.take(), ["item"; 2]);
    let items = all(source.by_mutable_reference());
    assert_eq!((items, source.items.len()), (vec![&1, &2], 0));
    #[allow(clippy::arc_with_non_send_sync, reason = "not sent to a thread")]
    let shared = Arc::new(source);
    assert_eq!(all(shared.shared()), [1]);
}

trait Pages {
    type Page: Display;

    #[async_gen(crate = generators)]
    async fn pages(&self, from: &usize) -> Self::Page;

    #[async_gen(crate = generators, returns = usize)]
    async fn texts(&self, from: &usize) -> String {
        let mut count = 0;
        #[for_await]
        for page in self.pages(from) {
            yield_!(page.to_string());
            count += 1;
        }
        count
    }

    #[async_gen(crate = generators, boxed, throws = String)]
    async fn boxed(&self, prefix: &str) -> String
    where
        Self: Sync,
        Self::Page: Send,
    {
        yield_!(prefix.to_owned());
        Err(prefix.to_uppercase())?;
    }
}

struct Numbers(Vec<u32>);

impl Pages for Numbers {
    type Page = u32;

    #[async_gen(crate = generators)]
    async fn pages(&self, from: &usize) -> u32 {
        for number in &self.0[*from..] {
            yield_!(*number);
        }
    }
}

#[test]
fn trait_methods_may_borrow_and_may_be_boxed() {
    let numbers = Numbers(vec![1, 2, 3]);
    let mut texts = pin!(numbers.texts(&1));
    assert_eq!(ready(texts.next()).as_deref(), Some("2"));
    assert_eq!(ready(texts.next()).as_deref(), Some("3"));
    assert_eq!(ready(texts.next()), None);
    assert_eq!(texts.take_return(), Some(2));
    let mut boxed: BoxTryGenerator<'_, String, String> = numbers.boxed("p");
    assert_eq!(ready(boxed.try_next()), Ok(Some("p".to_owned())));
    assert_eq!(ready(boxed.try_next()), Err("P".to_owned()));
}

#[async_gen(crate = generators, boxed)]
async fn depth_first(tree: &[(u32, Vec<u32>)], scale: &u32) -> u32 {
    if let [(first, below), rest @ ..] = tree {
        yield_!(first * scale);
        for number in below {
            yield_!(number * scale);
        }
        #[for_await]
        for number in depth_first(rest, scale) {
            yield_!(number);
        }
    }
}

#[test]
fn boxed_generators_may_borrow_twice_and_recurse() {
    let tree = [(1, vec![2, 3]), (4, vec![])];
    let items: BoxGenerator<'_, u32> = depth_first(&tree, &10);
    assert_eq!(all(items), [10, 20, 30, 40]);
}

async_gen_items! {
    /// In this edition `gen` is a name.
    #[async_gen(crate = generators, send = u32)]
    async fn gen(gen: u32) -> u32 {
        let gen = yield gen;
        let sent = yield gen + yield gen * 2;
        yield_!(sent);
    }
}

#[test]
fn gen_is_a_name_and_bare_yields_may_be_nested() {
    let mut items = pin!(gen(1));
    assert_eq!(ready(items.resume()), Some(1));
    assert_eq!(ready(items.send(5)), Some(10));
    assert_eq!(ready(items.send(6)), Some(11));
    assert_eq!(ready(items.send(7)), Some(7));
    assert_eq!(ready(items.send(8)), None);
}

fn blocks<'a>(
    text: &'a str,
    log: &'a Log,
) -> impl AsyncGenerator<Yield = &'a str, Sent = (), Item = &'a str, Error = Infallible> + 'a {
    async_gen_block! {
        #![async_gen(crate = generators, yields = &'a str)]
        defer! { log.push("deferred"); }
        for word in text.split(' ') {
            yield word;
        }
    }
}

#[test]
fn a_block_may_be_returned_and_closed() {
    let log = Log::default();
    let mut items = pin!(blocks("to be", &log));
    assert_eq!(ready(items.next()), Some("to"));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "deferred")
    );
}

/// In this edition a temporary of the scrutinee lives until the end of the `else`.
#[async_gen(crate = generators)]
async fn scrutinee(log: Log) -> u8 {
    if let Some(0) = log.guard("temporary").number() {
        yield_!(1);
    } else {
        log.push("else");
        yield_!(2);
    }
    log.push("after");
}

trait Number {
    fn number(&self) -> Option<u8> {
        Some(1)
    }
}

impl Number for probe::Guard {}

#[test]
fn temporaries_of_an_if_let_live_until_the_end_of_its_else() {
    let log = Log::default();
    assert_eq!(all(scrutinee(log.clone())), [2]);
    assert_eq!(log.take(), "else -temporary after");
}

#[async_gen(crate = generators)]
async fn operands(lock: &std::sync::Mutex<Vec<u8>>) -> String {
    let gen = 1;
    yield_!(format!("{} {}", std::future::ready(gen).await, {
        std::future::ready(()).await;
        if let Some(9) = lock.lock().unwrap().pop() {
            true
        } else {
            lock.try_lock().is_ok()
        }
    },));
}

#[test]
fn operands_have_the_edition_of_the_crate() {
    // In edition 2021 the `else` of an `if let` still holds the lock.
    let lock = std::sync::Mutex::new(vec![1]);
    assert_eq!(ready(operands(&lock).collect::<Vec<_>>()), ["1 false"]);
}

/// Makes a future, and logs when it is dropped.
struct Maker(Log);

impl Maker {
    fn future(&self) -> std::future::Ready<&'static str> {
        self.0.push("made");
        std::future::ready("done")
    }
}

impl Drop for Maker {
    fn drop(&mut self) {
        self.0.push("dropped");
    }
}

async fn plain(log: Log) {
    log.push({ Maker(log.clone()).future() }.await);
    log.push("end");
}

#[async_gen(crate = generators)]
async fn awaits(log: Log) -> u8 {
    log.push({ Maker(log.clone()).future() }.await);
    log.push("end");
}

#[test]
fn temporaries_of_a_block_that_is_awaited_live_as_in_an_async_fn() {
    let (expected, log) = (Log::default(), Log::default());
    ready(plain(expected.clone()));
    assert_eq!(all(awaits(log.clone())), []);
    assert_eq!(log.take(), expected.take());
}

#[async_gen(crate = generators, boxed)]
async fn nested(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        yield_from!(nested(depth - 1));
    }
}

#[async_gen(crate = generators, throws = String)]
async fn delegates(log: Log) -> u32 {
    yield_from!(nested(2));
    yield_all!(futures::stream::iter([7_u32]));
    #[for_await(close)]
    for n in closed(log) {
        yield_!(n);
        break;
    }
}

#[async_gen(crate = generators)]
async fn closed(log: Log) -> u32 {
    defer! {
        log.push("closed");
    }
    yield_!(8);
    yield_!(9);
}

#[test]
fn generators_delegate() {
    let log = Log::default();
    assert_eq!(all(delegates(log.clone())), [2, 1, 0, 7, 8].map(Ok));
    assert_eq!(log.take(), "closed");
}
