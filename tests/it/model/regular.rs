//! Compares regular generators with the same model.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gen_runtime::{State, generator, sync};
use probe::Log;

use super::bodies::tell;
use super::contexts::{Contexts, perhaps_in_context};
use super::operation::{Given, OPS, Op, SENT, Step, THROWN, item};
use super::semantics::Do::{
    self, Attempt, Break, Continue, Defer, From, Log as Say, Loop, Raise, Return, Yield,
};
use super::semantics::Model;
use super::{END, Random, contexts};

type Generator = sync::LocalBoxTryGenerator<'static, u32, char, u32, u32>;

fn run(generator: &mut Generator, op: Op) -> Given {
    let transposed = |result: Result<Option<u32>, char>| item(result.transpose());
    let refused = |call: &mut dyn FnMut() -> Given| {
        catch_unwind(AssertUnwindSafe(call)).unwrap_or(Given::Panic)
    };
    match op {
        Op::Next => item(generator.next()),
        Op::TryNext => transposed(generator.try_next()),
        Op::Resume => refused(&mut || item(generator.resume())),
        Op::Send => refused(&mut || item(generator.send(SENT))),
        Op::TrySend => generator.try_send(SENT).map_or_else(
            |value| {
                assert_eq!(value, SENT);
                Given::Back
            },
            item,
        ),
        Op::Throw => transposed(generator.throw(THROWN)),
        Op::Close => match generator.close() {
            Ok(()) => Given::Closed,
            Err(error) => Given::Error(error),
        },
        Op::TakeReturn => Given::Returned(generator.take_return()),
    }
}

const ROUNDS: &[Do] = &[
    Defer(&[Say("outer")]),
    Loop(
        2,
        &[
            Defer(&[Say("round")]),
            Attempt(&[
                Defer(&[Say("inner"), Raise('i')]),
                Yield(1),
                Attempt(&[Yield(2), Continue]),
                Yield(3),
                Raise('r'),
            ]),
            Attempt(&[Yield(4), Break]),
            Yield(5),
        ],
    ),
    Yield(6),
    Return(7),
];

#[generator(throws = char, send = u32, returns = u32, boxed, local)]
fn rounds(log: Log) -> u32 {
    defer! { log.push("outer"); }
    for _ in 0..2 {
        defer! { log.push("round"); }
        let attempted = attempt! {
            defer! {
                log.push("inner");
                Err('i')?;
            }
            log.push(yield_!(1));
            let attempted = attempt! {
                log.push(yield_!(2));
                continue;
            };
            tell(&log, attempted);
            log.push(yield_!(3));
            Err('r')?;
        };
        tell(&log, attempted);
        let attempted = attempt! {
            log.push(yield_!(4));
            break;
        };
        tell(&log, attempted);
        log.push(yield_!(5));
    }
    log.push(yield_!(6));
    7
}

const INNER: &[Do] = &[
    Defer(&[Say("inner"), Attempt(&[Raise('x')])]),
    Yield(1),
    Attempt(&[Yield(2)]),
    Return(3),
];

#[generator(throws = char, send = u32, returns = u32, boxed, local)]
fn inner(log: Log) -> u32 {
    defer! {
        log.push("inner");
        let attempted = attempt! { Err('x')?; };
        tell(&log, attempted);
    }
    log.push(yield_!(1));
    let attempted = attempt! { log.push(yield_!(2)) };
    tell(&log, attempted);
    3
}

const DELEGATING: &[Do] = &[
    Defer(&[Say("outer"), Raise('d')]),
    Attempt(&[From(&[From(INNER), Yield(4), Raise('m')])]),
    From(INNER),
    Yield(5),
];

#[generator(throws = char, send = u32, returns = u32, boxed, local)]
fn middle(log: Log) -> u32 {
    let got = yield_from!(in_turn(inner(log.clone())));
    log.push(format_args!("got {got}"));
    log.push(yield_!(4));
    Err('m')
}

#[generator(throws = char, send = u32, returns = u32, boxed, local)]
fn delegating(log: Log) -> u32 {
    defer! {
        log.push("outer");
        Err('d')?;
    }
    let attempted = attempt! {
        let got = yield_from!(in_turn(middle(log.clone())));
        log.push(format_args!("got {got}"));
    };
    tell(&log, attempted);
    let got = yield_from!(in_turn(inner(log.clone())));
    log.push(format_args!("got {got}"));
    log.push(yield_!(5));
    0
}

/// Puts a generator into a context, if it is its turn.
fn in_turn(generator: Generator) -> Generator {
    perhaps_in_context!(sync::Handle::boxed, generator)
}

/// The steps of a body, and its generator.
type Body = (&'static [Do], fn(Log) -> Generator);

const BODIES: [Body; 2] = [(ROUNDS, rounds), (DELEGATING, delegating)];

fn compare((steps, make): Body, contexts: Contexts, ops: &[Op]) {
    contexts.apply();
    let log = Log::default();
    let mut generator = in_turn(make(log.clone()));
    let mut model = Model::new(steps);
    for (index, op) in ops.iter().enumerate() {
        let (expected, pending) = model.run(Step::finished(*op));
        let actual = run(&mut generator, *op);
        assert_eq!(
            (actual, 0, generator.state(), log.take()),
            (expected, pending, model.state(), model.take_log()),
            "with {contexts:?}, at step {index} of {ops:?}"
        );
        let state = generator.state();
        assert!(!matches!(state, State::InFlight | State::Closing));
    }
}

#[test]
fn the_model_agrees_on_all_sequences_of_two_operations_without_awaits() {
    for body in BODIES {
        for start in 0..8 {
            for first in OPS {
                for second in OPS {
                    let mut ops = vec![Op::Next; start];
                    ops.extend([first, second]);
                    ops.extend(END.map(|step| step.op));
                    for contexts in [Contexts::NONE, Contexts::ALL] {
                        compare(body, contexts, &ops);
                    }
                }
            }
        }
    }
}

#[test]
fn the_model_agrees_on_random_sequences_without_awaits() {
    let mut random = Random(0x5eed);
    for _ in 0..5_000 {
        let body = BODIES[random.below(BODIES.len())];
        let length = 1 + random.below(14);
        let op = |_| {
            let [often, any] = [random.below(2), random.below(OPS.len())];
            if often == 0 { Op::TrySend } else { OPS[any] }
        };
        let mut ops: Vec<Op> = (0..length).map(op).collect();
        ops.extend(END.map(|step| step.op));
        compare(body, contexts(&mut random), &ops);
    }
}
