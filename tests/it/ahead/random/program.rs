//! Random programs, and a generator that interprets them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use gen_runtime::async_gen;
use probe::Random;
use tokio::task::yield_now;

use super::super::{Events, Gate};
use super::Generator;

/// A step of a program.
#[derive(Clone, Debug)]
pub(super) enum Do {
    Yield,
    YieldError,
    Await,
    /// Waits until the consumer opens the gate.
    Gate,
    Raise,
    Attempt(Vec<Do>),
    /// A cleanup, and the steps after it.
    Defer(Vec<Do>, Vec<Do>),
    Loop(u32, Vec<Do>),
}

impl Do {
    /// Makes a program with blocks up to a depth, and with gates if it may.
    pub(super) fn program(random: &mut Random, depth: usize, gates: bool) -> Vec<Do> {
        let length = 1 + random.below(4);
        (0..length)
            .map(|_| Do::random(random, depth, gates))
            .collect()
    }

    fn random(random: &mut Random, depth: usize, gates: bool) -> Do {
        let kinds = if depth == 0 { 9 } else { 18 };
        match random.below(kinds) {
            5 => Do::YieldError,
            7 if gates => Do::Gate,
            6 | 7 => Do::Await,
            8 if random.below(3) == 0 => Do::Raise,
            0..5 | 8 => Do::Yield,
            9..14 => Do::Attempt(Do::program(random, depth - 1, gates)),
            14..17 => {
                let cleanup =
                    (0..random.below(3)).map(|_| match random.below(if gates { 4 } else { 3 }) {
                        0 | 1 => Do::Await,
                        2 => Do::Raise,
                        _ => Do::Gate,
                    });
                let cleanup = cleanup.collect();
                Do::Defer(cleanup, Do::program(random, depth - 1, gates))
            }
            _ => Do::Loop(2, Do::program(random, depth - 1, gates)),
        }
    }
}

/// The things that a program shares with its test.
#[derive(Clone)]
pub(super) struct World {
    events: Events,
    gate: Gate,
    opened: Arc<AtomicU32>,
    numbers: Arc<AtomicU32>,
}

impl Default for World {
    fn default() -> Self {
        World {
            events: Events::default(),
            gate: Gate::new(0),
            opened: Arc::default(),
            numbers: Arc::default(),
        }
    }
}

impl World {
    pub(super) fn open(&self) {
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.gate.open();
    }

    /// Returns how often the gate was opened.
    pub(super) fn opened(&self) -> u32 {
        self.opened.load(Ordering::Relaxed)
    }

    /// Takes the events of the program.
    pub(super) fn take(&self) -> String {
        self.events.take()
    }

    fn number(&self) -> u32 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    fn error(&self) -> String {
        format!("error {}", self.number())
    }
}

/// Runs a program. Yields numbers, and logs each step.
pub(super) fn interpret(program: Vec<Do>, world: World) -> Generator {
    #[async_gen(throws = String, returns = u32, boxed)]
    async fn interpret(program: Vec<Do>, world: World) -> u32 {
        for step in program {
            match step {
                Do::Yield => {
                    let n = world.number();
                    world.events.push(n);
                    yield_!(n);
                    world.events.push("resumed");
                }
                Do::YieldError => {
                    let error = world.error();
                    yield_!(Err(error));
                }
                Do::Await => yield_now().await,
                Do::Gate => {
                    world.events.push("gate");
                    world.gate.pass().await;
                    world.events.push("passed");
                }
                Do::Raise => Err(world.error())?,
                Do::Attempt(block) => {
                    let result = attempt! { yield_from!(interpret(block, world.clone())) };
                    world.events.push(format_args!("attempted:{result:?}"));
                }
                Do::Defer(cleanup, rest) => {
                    defer! {
                        world.events.push("cleanup");
                        clean(cleanup, &world).await?;
                        world.events.push("cleaned");
                    }
                    yield_from!(interpret(rest, world.clone()));
                }
                Do::Loop(times, block) => {
                    for _ in 0..times {
                        yield_from!(interpret(block.clone(), world.clone()));
                    }
                }
            }
        }
        world.number()
    }

    interpret(program, world)
}

/// Runs the steps of a cleanup.
async fn clean(cleanup: Vec<Do>, world: &World) -> Result<(), String> {
    for step in cleanup {
        match step {
            Do::Raise => return Err(world.error()),
            Do::Gate => world.gate.pass().await,
            _ => yield_now().await,
        }
    }
    Ok(())
}
