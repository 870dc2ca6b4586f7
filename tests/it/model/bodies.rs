//! Bodies, as generators and as steps of the model.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use gen_runtime::{Handle, async_gen};
use probe::Log;

use super::contexts::perhaps_in_context;
use super::operation::Generator;
use super::semantics::Do::{
    self, Attempt, Await, Block, Break, Continue, Defer, From, Hidden, Log as Say, Loop, Raise,
    Return, Yield,
};

pub(crate) struct Body {
    pub(crate) name: &'static str,
    pub(crate) steps: &'static [Do],
    /// The number of starting points: 0 to `starts - 1` calls of `next`.
    pub(crate) starts: usize,
    make: fn(Log) -> Generator,
}

impl Body {
    pub(crate) fn generator(&self) -> (Generator, Log) {
        let log = Log::default();
        (in_turn((self.make)(log.clone())), log)
    }
}

/// Puts a generator into a context, if it is its turn.
fn in_turn(generator: Generator) -> Generator {
    perhaps_in_context!(Handle::boxed, generator)
}

pub(crate) const BODIES: &[Body] = &[
    Body {
        name: "straight",
        steps: STRAIGHT,
        starts: 2,
        make: straight,
    },
    Body {
        name: "rounds",
        steps: ROUNDS,
        starts: 4,
        make: rounds,
    },
    Body {
        name: "failing",
        steps: FAILING,
        starts: 4,
        make: failing,
    },
    Body {
        name: "deep",
        steps: DEEP,
        starts: 4,
        make: deep,
    },
    Body {
        name: "hidden",
        steps: HIDDEN,
        starts: 3,
        make: hidden,
    },
    Body {
        name: "delegating",
        steps: DELEGATING,
        starts: 6,
        make: delegating,
    },
    Body {
        name: "stacked",
        steps: STACKED,
        starts: 5,
        make: stacked,
    },
];

/// Pending this many times.
struct Ticks(usize);

impl Future for Ticks {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            Some(left) => {
                self.0 = left;
                Poll::Pending
            }
            None => Poll::Ready(()),
        }
    }
}

/// Hides the await from `#[async_gen]`, which does not parse the tokens of unknown macros.
macro_rules! hidden_await {
    ($future:expr) => {
        $future.await
    };
}

pub(crate) fn tell(log: &Log, attempted: Result<(), char>) {
    if let Err(error) = attempted {
        log.push(format_args!("caught {error}"));
    }
}

const STRAIGHT: &[Do] = &[
    Await(1),
    Yield(1),
    Await(2),
    Await(0),
    Yield(2),
    Say("end"),
    Return(5),
];

/// A body whose only region is never reached, so interrupts do not meet one.
#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn straight(log: Log) -> u32 {
    Ticks(1).await;
    log.push(yield_!(1));
    Ticks(2).await;
    Ticks(0).await;
    log.push(yield_!(2));
    log.push("end");
    return 5;
    #[expect(unreachable_code, reason = "makes this a body with regions")]
    tell(&log, attempt! {});
}

const ROUNDS: &[Do] = &[
    Defer(&[Say("outer"), Await(1), Say("outer done")]),
    Loop(
        2,
        &[
            Attempt(&[
                Defer(&[Say("inner"), Await(2), Say("inner done")]),
                Yield(1),
                Await(1),
                Yield(2),
            ]),
            Await(1),
        ],
    ),
    Yield(3),
];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn rounds(log: Log) -> u32 {
    defer! {
        log.push("outer");
        Ticks(1).await;
        log.push("outer done");
    }
    for _ in 0..2 {
        let attempted = attempt! {
            defer! {
                log.push("inner");
                Ticks(2).await;
                log.push("inner done");
            }
            log.push(yield_!(1));
            Ticks(1).await;
            log.push(yield_!(2));
        };
        tell(&log, attempted);
        Ticks(1).await;
    }
    log.push(yield_!(3));
    0
}

const FAILING: &[Do] = &[
    Attempt(&[
        Defer(&[Await(1), Say("replaced"), Raise('a')]),
        Yield(1),
        Attempt(&[Defer(&[Await(1), Raise('b')]), Yield(2), Raise('c')]),
        Yield(3),
    ]),
    Yield(4),
    Defer(&[
        Attempt(&[Defer(&[Await(1), Raise('d')]), Await(1), Raise('e')]),
        Say("last"),
        Await(1),
        Raise('f'),
    ]),
    Yield(5),
    Raise('g'),
];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn failing(log: Log) -> u32 {
    let attempted = attempt! {
        defer! {
            Ticks(1).await;
            log.push("replaced");
            Err('a')?;
        }
        log.push(yield_!(1));
        let attempted = attempt! {
            defer! {
                Ticks(1).await;
                Err('b')?;
            }
            log.push(yield_!(2));
            Err('c')?;
        };
        tell(&log, attempted);
        log.push(yield_!(3));
    };
    tell(&log, attempted);
    log.push(yield_!(4));
    defer! {
        let attempted = attempt! {
            defer! {
                Ticks(1).await;
                Err('d')?;
            }
            Ticks(1).await;
            Err('e')?;
        };
        tell(&log, attempted);
        log.push("last");
        Ticks(1).await;
        Err('f')?;
    }
    log.push(yield_!(5));
    Err('g')?
}

const DEEP: &[Do] = &[
    Loop(
        3,
        &[
            Defer(&[Await(1), Say("round")]),
            Attempt(&[
                Yield(1),
                Block(&[
                    Defer(&[Await(1), Say("first")]),
                    Defer(&[Say("second"), Await(1)]),
                    Yield(2),
                    Continue,
                ]),
            ]),
            Attempt(&[
                Defer(&[Await(2), Say("third")]),
                Await(1),
                Attempt(&[Yield(3), Return(6)]),
                Break,
            ]),
        ],
    ),
    Yield(4),
];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn deep(log: Log) -> u32 {
    for _ in 0..3 {
        defer! {
            Ticks(1).await;
            log.push("round");
        }
        let attempted = attempt! {
            log.push(yield_!(1));
            {
                defer! {
                    Ticks(1).await;
                    log.push("first");
                }
                defer! {
                    log.push("second");
                    Ticks(1).await;
                }
                log.push(yield_!(2));
                continue;
            }
        };
        tell(&log, attempted);
        let attempted = attempt! {
            defer! {
                Ticks(2).await;
                log.push("third");
            }
            Ticks(1).await;
            let attempted = attempt! {
                log.push(yield_!(3));
                return 6;
            };
            tell(&log, attempted);
            break;
        };
        tell(&log, attempted);
    }
    log.push(yield_!(4));
    0
}

const HIDDEN: &[Do] = &[
    Attempt(&[
        Defer(&[Hidden(1), Say("cleanup"), Hidden(1)]),
        Hidden(1),
        Yield(1),
        Hidden(2),
        Say("on"),
        Hidden(0),
        Yield(2),
    ]),
    Hidden(1),
    Yield(3),
    Hidden(1),
];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn hidden(log: Log) -> u32 {
    let attempted = attempt! {
        defer! {
            hidden_await!(Ticks(1));
            log.push("cleanup");
            hidden_await!(Ticks(1));
        }
        hidden_await!(Ticks(1));
        log.push(yield_!(1));
        hidden_await!(Ticks(2));
        log.push("on");
        hidden_await!(Ticks(0));
        log.push(yield_!(2));
    };
    tell(&log, attempted);
    hidden_await!(Ticks(1));
    log.push(yield_!(3));
    hidden_await!(Ticks(1));
    0
}

const INNER: &[Do] = &[
    Defer(&[Say("inner"), Await(1), Say("inner done")]),
    Yield(1),
    Await(1),
    Attempt(&[Yield(2)]),
    Return(3),
];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn inner(log: Log) -> u32 {
    defer! {
        log.push("inner");
        Ticks(1).await;
        log.push("inner done");
    }
    log.push(yield_!(1));
    Ticks(1).await;
    let attempted = attempt! { log.push(yield_!(2)) };
    tell(&log, attempted);
    3
}

const CLEANUP_FAILS: &[Do] = &[Defer(&[Await(1), Raise('d')]), Yield(4), Return(5)];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn cleanup_fails(log: Log) -> u32 {
    defer! {
        Ticks(1).await;
        Err('d')?;
    }
    log.push(yield_!(4));
    5
}

const DELEGATING: &[Do] = &[
    Defer(&[Say("outer"), Await(1), Say("outer done")]),
    Loop(2, &[Attempt(&[From(INNER)]), Await(1)]),
    Attempt(&[From(CLEANUP_FAILS)]),
    From(&[]),
    Yield(9),
];

/// Catches the errors that leave its inner generators.
#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn delegating(log: Log) -> u32 {
    defer! {
        log.push("outer");
        Ticks(1).await;
        log.push("outer done");
    }
    for _ in 0..2 {
        let attempted = attempt! {
            let got = yield_from!(in_turn(inner(log.clone())));
            log.push(format_args!("got {got}"));
        };
        tell(&log, attempted);
        Ticks(1).await;
    }
    let attempted = attempt! {
        let got = yield_from!(in_turn(cleanup_fails(log.clone())));
        log.push(format_args!("got {got}"));
    };
    tell(&log, attempted);
    let got = yield_from!(in_turn(empty()));
    log.push(format_args!("got {got}"));
    log.push(yield_!(9));
    0
}

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn empty() -> u32 {
    0
}

const MIDDLE: &[Do] = &[
    Defer(&[Say("middle"), Await(1)]),
    From(INNER),
    Await(1),
    Attempt(&[From(&[From(CLEANUP_FAILS), Return(6)])]),
    Yield(7),
    Raise('m'),
];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn middle(log: Log) -> u32 {
    defer! {
        log.push("middle");
        Ticks(1).await;
    }
    let got = yield_from!(in_turn(inner(log.clone())));
    log.push(format_args!("got {got}"));
    Ticks(1).await;
    let attempted = attempt! {
        let got = yield_from!(in_turn(between(log.clone())));
        log.push(format_args!("got {got}"));
    };
    tell(&log, attempted);
    log.push(yield_!(7));
    Err('m')
}

/// A body without regions that delegates.
#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn between(log: Log) -> u32 {
    let got = yield_from!(in_turn(cleanup_fails(log.clone())));
    log.push(format_args!("got {got}"));
    6
}

const STACKED: &[Do] = &[
    Attempt(&[Defer(&[Say("top"), Await(1)]), From(MIDDLE)]),
    Await(1),
    From(INNER),
];

#[async_gen(throws = char, send = u32, returns = u32, boxed, local)]
async fn stacked(log: Log) -> u32 {
    let attempted = attempt! {
        defer! {
            log.push("top");
            Ticks(1).await;
        }
        let got = yield_from!(in_turn(middle(log.clone())));
        log.push(format_args!("got {got}"));
    };
    tell(&log, attempted);
    Ticks(1).await;
    let got = yield_from!(in_turn(inner(log.clone())));
    log.push(format_args!("got {got}"));
    0
}
