//! Attributes above and below `#[async_gen]`, on functions and on their arguments.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use futures::{Stream, StreamExt as _};
use gen_runtime::{async_gen, pin};
use probe::ready;
use tracing::span;

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

#[cfg(any())]
#[async_gen]
async fn one_of_two() -> NoSuchType {
    yield_!(no_such_function());
}

#[async_gen]
#[cfg(not(any()))]
async fn one_of_two() -> u8 {
    yield_!(2);
}

#[async_gen]
#[cfg(any())]
async fn one_of_two() -> NoSuchType {
    yield_!(no_such_function());
}

#[test]
fn a_function_whose_cfg_is_false_does_not_exist() {
    assert_eq!(all(one_of_two()), [2]);
}

#[cfg_attr(all(), async_gen)]
#[cfg_attr(any(), no_such_attribute)]
async fn ours_under_a_condition() -> u8 {
    yield_!(1);
}

#[async_gen]
#[cfg_attr(all(), cfg(not(any())), allow(non_snake_case))]
async fn Others_under_a_condition(#[cfg_attr(all(), cfg(not(any())))] n: u8) -> u8 {
    yield_!(n);
}

#[test]
fn conditional_attributes_are_resolved() {
    assert_eq!(all(ours_under_a_condition()), [1]);
    assert_eq!(all(Others_under_a_condition(2)), [2]);
}

/// Without the attribute, a boxed generator may be left unused without a warning.
#[must_use = "the attribute above"]
#[async_gen(boxed)]
async fn must_use_above(count: Arc<AtomicU32>) -> u32 {
    count.fetch_add(1, Ordering::Relaxed);
    yield_!(1);
}

#[async_gen(boxed)]
#[must_use = "the attribute below"]
async fn must_use_below(count: Arc<AtomicU32>) -> u32 {
    count.fetch_add(1, Ordering::Relaxed);
    yield_!(2);
}

#[test]
fn must_use_is_kept_and_warns_if_the_generator_is_unused() {
    let count = Arc::new(AtomicU32::new(0));
    #[expect(unused_must_use, reason = "tests that the call warns")]
    {
        must_use_above(count.clone());
    }
    #[expect(unused_must_use, reason = "tests that the call warns")]
    {
        must_use_below(count.clone());
    }
    assert_eq!(count.load(Ordering::Relaxed), 0);
    assert_eq!(all(must_use_above(count.clone())), [1]);
    assert_eq!(all(must_use_below(count.clone())), [2]);
    assert_eq!(count.load(Ordering::Relaxed), 2);
}

#[async_gen]
#[deprecated = "below"]
async fn deprecated_below() -> u8 {
    yield_!(1);
}

#[deprecated(since = "0.1.0", note = "above")]
#[async_gen]
async fn deprecated_above() -> u8 {
    yield_!(2);
}

#[test]
fn deprecated_is_kept_and_warns_at_the_call() {
    #[expect(deprecated, reason = "tests that the call warns")]
    let items = deprecated_below();
    assert_eq!(all(items), [1]);
    #[expect(deprecated, reason = "tests that the call warns")]
    let items = deprecated_above();
    assert_eq!(all(items), [2]);
}

#[inline(never)]
#[expect(unused_variables, reason = "applies to the body")]
#[async_gen]
#[allow(clippy::needless_pass_by_value, reason = "applies to the arguments")]
#[cold]
async fn lints_and_hints(#[allow(unused_mut, reason = "argument")] mut text: String) -> usize {
    #![allow(clippy::let_unit_value, reason = "applies to the body, from inside")]
    let unused = ();
    yield_!(text.len());
}

#[async_gen]
#[track_caller]
async fn tracked() -> u32 {
    yield_!(std::panic::Location::caller().line() - line!());
}

#[test]
fn hints_and_lint_levels_are_accepted_above_below_and_inside() {
    assert_eq!(all(lints_and_hints("text".to_owned())), [4]);
}

#[test]
fn the_caller_location_in_a_body_is_in_the_body() {
    assert_eq!(all(tracked()), [0]);
}

/// Records the events of spans.
#[derive(Default)]
struct Spans {
    log: Arc<Mutex<Vec<String>>>,
    next: AtomicU64,
}

impl Spans {
    fn push(&self, event: String) {
        self.log.lock().unwrap().push(event);
    }
}

impl tracing::Subscriber for Spans {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        let name = span.metadata().name();
        self.push(format!("new {name}{}", span.values()));
        span::Id::from_u64(self.next.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        self.push(event.metadata().target().to_owned());
    }

    fn enter(&self, _: &span::Id) {
        self.push("enter".to_owned());
    }

    fn exit(&self, _: &span::Id) {
        self.push("exit".to_owned());
    }
}

struct Source(u32);

impl Source {
    #[async_gen]
    #[tracing::instrument(skip(self), fields(double = n * 2))]
    async fn instrumented(&self, n: u32) -> u32 {
        tracing::info!(target: "first", "in the body");
        yield_!(self.0);
        std::future::ready(()).await;
        tracing::info!(target: "second", "in the body");
        yield_!(n);
    }
}

#[test]
fn instrument_below_the_attribute_traces_the_call_that_makes_the_generator() {
    let spans = Spans::default();
    let log = spans.log.clone();
    let take = || std::mem::take(&mut *log.lock().unwrap());
    tracing::subscriber::with_default(spans, || {
        let source = Source(7);
        let mut items = pin!(source.instrumented(3));
        assert_eq!(
            take(),
            ["new instrumented{n: 3, double: 6}", "enter", "exit"]
        );
        assert_eq!(ready(items.next()), Some(7));
        assert_eq!(take(), ["first"]);
        assert_eq!(ready(items.next()), Some(3));
        assert_eq!(take(), ["second"]);
    });
}

#[async_gen]
async fn in_a_span(n: u32) -> u32 {
    for n in 0..n {
        tracing::info!(target: "body", "in the body");
        yield_!(n);
    }
}

#[test]
fn a_span_around_a_call_is_entered_while_the_body_runs() {
    use tracing::Instrument as _;

    let spans = Spans::default();
    let log = spans.log.clone();
    tracing::subscriber::with_default(spans, || {
        let span = tracing::info_span!("mine");
        log.lock().unwrap().clear();
        let mut items = pin!(in_a_span(2));
        assert_eq!(ready(items.next().instrument(span.clone())), Some(0));
        let events = std::mem::take(&mut *log.lock().unwrap());
        assert_eq!(events[..3], ["enter", "body", "exit"]);
    });
}
