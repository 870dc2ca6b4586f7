//! Compares generators in contexts that change nothing with the same ones without: generators that are lent to others, and
//! ones that cannot fail in bodies that throw. For the rest see `model`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gen_runtime::{Handle, LocalBoxGenerator, LocalBoxTryGenerator, State, async_gen, in_context};
use probe::{Gate, Log};

use crate::model::bodies::BODIES;
use crate::model::contexts::Contexts;
use crate::model::operation::{Given, OPS, Op, Step, run};
use probe::Random;

type Generator<'a> = LocalBoxTryGenerator<'a, u32, char, u32, u32>;

/// The places of contexts.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Places {
    /// Around the generator that is lent, as long as it lives.
    lent: bool,
    /// Around each loan of it.
    operand: bool,
    /// Around the generator that delegates to it.
    outer: bool,
}

const NOWHERE: Places = Places {
    lent: false,
    operand: false,
    outer: false,
};

const PLACES: [Places; 3] = [
    Places {
        lent: true,
        ..NOWHERE
    },
    Places {
        operand: true,
        ..NOWHERE
    },
    Places {
        lent: true,
        operand: true,
        outer: true,
    },
];

/// Puts a generator into a context.
fn perhaps(condition: bool, generator: Generator<'_>) -> Generator<'_> {
    if condition {
        Handle::boxed(in_context(generator, |poll| poll())).into()
    } else {
        generator
    }
}

#[async_gen(send = u32, throws = char, returns = u32, boxed, local)]
async fn outer(inner: Generator<'_>, log: Log) -> u32 {
    defer! {
        log.push("outer");
        Gate::default().await;
    }
    let attempted = attempt! { yield_from!(inner) };
    log.push(format_args!("{attempted:?}"));
    log.push(yield_!(100));
    attempted?
}

#[async_gen(send = u32, throws = char, returns = u32, boxed, local)]
async fn around(inner: Generator<'_>) -> u32 {
    yield_from!(inner)
}

/// An event: an outcome, the state after it, and what the bodies logged.
type Event = (Given, usize, State, String);

fn step(generator: &mut Generator<'_>, step: Step, log: &Log) -> Event {
    let given = catch_unwind(AssertUnwindSafe(|| run(generator, step)));
    let (given, pending) = given.unwrap_or((Given::Panic, 0));
    (given, pending, generator.state(), log.take())
}

/// Steps of one consumer: of the generator itself, or of one of two that delegate to it and are then dropped.
#[derive(Clone, Debug)]
struct Part {
    levels: usize,
    steps: Vec<Step>,
}

fn trace(body: usize, places: Places, parts: &[Part]) -> Vec<Event> {
    Contexts::NONE.apply();
    let (generator, log) = BODIES[body].generator();
    let mut lent = perhaps(places.lent, generator);
    let mut events = Vec::new();
    for part in parts {
        if part.levels == 0 {
            events.extend(part.steps.iter().map(|each| step(&mut lent, *each, &log)));
            continue;
        }
        let operand: Generator<'_> = Handle::boxed(lent.as_mut()).into();
        let mut items = outer(perhaps(places.operand, operand), log.clone());
        if part.levels == 2 {
            items = around(perhaps(places.operand, items));
        }
        let mut items = perhaps(places.outer, items);
        events.extend(part.steps.iter().map(|each| step(&mut items, *each, &log)));
        drop(items);
        events.push((Given::Dropped, 0, lent.state(), log.take()));
    }
    events
}

fn compare(body: usize, parts: &[Part]) {
    let expected = trace(body, NOWHERE, parts);
    for places in PLACES {
        let actual = trace(body, places, parts);
        let name = BODIES[body].name;
        assert_eq!(actual, expected, "{name} with {places:?} in {parts:?}");
    }
}

/// Steps whose call is finished, or dropped halfway. A finished one is dropped after many polls: the cleanup of `outer` does
/// not end.
fn fates() -> Vec<Step> {
    let fates = [Some(1), Some(9)];
    let steps = OPS.into_iter();
    steps
        .flat_map(|op| fates.map(|polls| Step { op, polls }))
        .collect()
}

#[test]
fn a_context_changes_nothing_for_a_generator_that_is_lent() {
    let next = Step::finished(Op::Next);
    let close = Step::finished(Op::Close);
    let fates = fates();
    for body in 0..BODIES.len() {
        for first in &fates {
            for second in &fates {
                for (before, levels) in [(1, [1, 0]), (2, [2, 1])] {
                    let part = |levels, steps| Part { levels, steps };
                    compare(
                        body,
                        &[
                            part(0, vec![next; before]),
                            part(levels[0], vec![Step::finished(Op::Next), *first]),
                            part(levels[1], vec![*second]),
                            part(0, vec![close, next]),
                        ],
                    );
                }
            }
        }
    }
}

#[test]
fn a_context_changes_nothing_in_random_sequences() {
    let mut random = Random(0xc0de);
    let fates = fates();
    for _ in 0..2_000 {
        let count = 1 + random.below(4);
        let part = |_| {
            let levels = random.below(3);
            let length = random.below(5);
            let step = |_| match random.below(2) {
                0 => Step {
                    op: Op::Next,
                    polls: Some(9),
                },
                _ => fates[random.below(fates.len())],
            };
            Part {
                levels,
                steps: (0..length).map(step).collect(),
            }
        };
        let parts: Vec<Part> = (0..count).map(part).collect();
        compare(random.below(BODIES.len()), &parts);
    }
}

/// A generator that cannot fail, with a cleanup.
#[async_gen(send = u32, returns = u32, boxed, local)]
async fn infallible(log: Log) -> u32 {
    defer! {
        log.push("cleanup");
        tokio::task::yield_now().await;
        log.push("cleaned");
    }
    log.push(yield_!(1));
    tokio::task::yield_now().await;
    yield_!(2)
}

#[async_gen(send = u32, throws = char, returns = u32, boxed, local)]
async fn throws(inner: LocalBoxGenerator<'static, u32, u32, u32>, log: Log) -> u32 {
    let attempted = attempt! { yield_from!(inner) };
    log.push(format_args!("{attempted:?}"));
    log.push(yield_!(3));
    attempted?
}

#[test]
fn a_context_changes_nothing_for_a_generator_that_cannot_fail() {
    let fates = fates();
    for first in &fates {
        for second in &fates {
            for third in &fates {
                let trace = |covered: bool| {
                    let log = Log::default();
                    let mut inner = infallible(log.clone());
                    if covered {
                        inner = Handle::boxed(in_context(inner, |poll| poll())).into();
                    }
                    let mut items = throws(inner, log.clone());
                    let steps = [*first, *second, *third];
                    steps.map(|each| step(&mut items, each, &log))
                };
                let steps = [first, second, third];
                assert_eq!(trace(true), trace(false), "{steps:?}");
            }
        }
    }
}
