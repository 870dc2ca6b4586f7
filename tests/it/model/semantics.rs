//! The model: the rules of interrupts and cancellation, as plainly as possible.
//!
//! A body is a list of steps. Each poll runs it again from its beginning, with the inputs of all
//! earlier polls, and then continues. The history of inputs is the only state.

use gen_runtime::State;

use super::operation::{Given, Op, SENT, Step, THROWN};

/// A step of a body. Every body logs the values it is sent, the errors it catches, and each `Log`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Do {
    Log(&'static str),
    Yield(u32),
    /// A visible await that is pending this many times.
    Await(usize),
    /// An await hidden in a macro, pending this many times.
    Hidden(usize),
    Raise(char),
    Return(u32),
    Attempt(&'static [Do]),
    Block(&'static [Do]),
    /// A `defer!`: the block runs when the steps that follow it are left.
    Defer(&'static [Do]),
    Loop(usize, &'static [Do]),
    /// A `yield_from!` of a generator with these steps. Its return value is logged.
    From(&'static [Do]),
    Continue,
    Break,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Interrupt {
    Throw,
    Close,
}

/// The inputs of one poll.
#[derive(Clone, Copy, Debug)]
struct Poll {
    sent: u32,
    interrupt: Option<Interrupt>,
    closing: bool,
}

/// How a list of steps is left.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Left {
    End,
    Return(u32),
    Continue,
    Break,
    Error(char),
    Close,
    CloseFailed(char),
    /// Not left: the last poll ends here, at a yield or an await.
    Suspended(Option<u32>),
}

/// A run of the body through all polls.
struct Run<'a> {
    polls: &'a [Poll],
    /// The index of the current poll.
    now: usize,
    /// The interrupt of the current poll, if it has not landed.
    waiting: Option<Interrupt>,
    shields: usize,
    log: Vec<String>,
}

impl Run<'_> {
    fn land(&mut self) -> Option<Left> {
        if self.shields > 0 {
            return None;
        }
        Some(match self.waiting.take()? {
            Interrupt::Throw => Left::Error(THROWN),
            Interrupt::Close => Left::Close,
        })
    }

    /// Continues with the next poll, or ends the run if there is none.
    fn suspend(&mut self, value: Option<u32>) -> Result<(), Left> {
        self.now += 1;
        let Some(poll) = self.polls.get(self.now) else {
            return Err(Left::Suspended(value));
        };
        self.waiting = poll.interrupt;
        Ok(())
    }

    fn wait(&mut self, times: usize, visible: bool) -> Result<(), Left> {
        for time in 0..=times {
            // An interrupt lands at a visible await before it is polled, at a hidden one when it is
            // pending.
            if visible || time < times {
                self.land().map_or(Ok(()), Err)?;
            }
            if time < times {
                self.suspend(None)?;
            }
        }
        Ok(())
    }

    fn block(&mut self, steps: &[Do]) -> Left {
        for (index, step) in steps.iter().enumerate() {
            if let Do::Defer(cleanup) = step {
                let left = self.block(&steps[index + 1..]);
                return self.cleanup(left, cleanup);
            }
            if let Err(left) = self.step(*step) {
                return left;
            }
        }
        Left::End
    }

    fn cleanup(&mut self, left: Left, cleanup: &[Do]) -> Left {
        if let Left::Suspended(_) = left {
            return left;
        }
        self.shields += 1;
        let cleaned = self.block(cleanup);
        self.shields -= 1;
        let closing = self.polls.get(self.now).is_some_and(|poll| poll.closing);
        match cleaned {
            Left::End => left,
            Left::Error(error) if closing && self.shields == 0 => Left::CloseFailed(error),
            other => other,
        }
    }

    fn step(&mut self, step: Do) -> Result<(), Left> {
        match step {
            Do::Log(event) => self.log.push(event.to_owned()),
            Do::Yield(value) => {
                self.land().map_or(Ok(()), Err)?;
                self.suspend(Some(value))?;
                self.land().map_or(Ok(()), Err)?;
                self.log.push(self.polls[self.now].sent.to_string());
            }
            Do::Await(times) => self.wait(times, true)?,
            Do::Hidden(times) => self.wait(times, false)?,
            Do::Raise(error) => return Err(Left::Error(error)),
            Do::Return(value) => return Err(Left::Return(value)),
            Do::Continue => return Err(Left::Continue),
            Do::Break => return Err(Left::Break),
            Do::Block(steps) => match self.block(steps) {
                Left::End => {}
                left => return Err(left),
            },
            Do::Attempt(steps) => match self.block(steps) {
                Left::End => {}
                Left::Error(error) => self.log.push(format!("caught {error}")),
                left => return Err(left),
            },
            Do::Loop(times, steps) => {
                for _ in 0..times {
                    match self.block(steps) {
                        Left::End | Left::Continue => {}
                        Left::Break => break,
                        left => return Err(left),
                    }
                }
            }
            Do::From(steps) => {
                // An interrupt ends a generator that has not begun.
                self.land().map_or(Ok(()), Err)?;
                let left = self.block(steps);
                let closing = self.polls.get(self.now).is_some_and(|poll| poll.closing);
                match left {
                    Left::End => self.log.push("got 0".to_owned()),
                    Left::Return(value) => self.log.push(format!("got {value}")),
                    Left::Error(error) if closing => return Err(Left::CloseFailed(error)),
                    left => return Err(left),
                }
            }
            Do::Defer(_) => unreachable!("taken by its block"),
        }
        Ok(())
    }
}

/// A generator with this body.
pub(crate) struct Model {
    steps: &'static [Do],
    polls: Vec<Poll>,
    state: State,
    returned: Option<u32>,
    /// The number of events that `take_log` has returned.
    taken: usize,
    log: Vec<String>,
}

impl Model {
    pub(crate) fn new(steps: &'static [Do]) -> Self {
        Model {
            steps,
            polls: Vec::new(),
            state: State::Created,
            returned: None,
            taken: 0,
            log: Vec::new(),
        }
    }

    pub(crate) fn state(&self) -> State {
        self.state
    }

    pub(crate) fn take_log(&mut self) -> String {
        let log = self.log[self.taken..].join(" ");
        self.taken = self.log.len();
        log
    }

    pub(crate) fn run(&mut self, Step { op, polls }: Step) -> (Given, usize) {
        use State::{Closing, Created, Finished, InFlight, Suspended};
        // Calls that are refused, whether or not they are polled.
        match (op, self.state) {
            (Op::TakeReturn, _) => return (Given::Returned(self.returned.take()), 0),
            (Op::Resume, Suspended) | (Op::Send, Created | InFlight) => return (Given::Panic, 0),
            (Op::TrySend, Created | InFlight | Closing | Finished) => return (Given::Back, 0),
            _ => {}
        }
        if polls == Some(0) {
            return (Given::Dropped, 0);
        }
        let interrupt = match op {
            Op::Throw => Some(Interrupt::Throw),
            Op::Close => Some(Interrupt::Close),
            _ => None,
        };
        // Calls that return at once, without running the body.
        match (interrupt, self.state) {
            (Some(Interrupt::Throw), Created | Closing | Finished) => {
                if self.state == Created {
                    self.state = Finished;
                }
                return (Given::Error(THROWN), 0);
            }
            (Some(Interrupt::Close), Created | Finished) => {
                self.state = Finished;
                return (Given::Closed, 0);
            }
            (None, Finished) => return (Given::End, 0),
            (None, Closing) if op == Op::Send => return (Given::End, 0),
            _ => {}
        }
        self.drive(op, interrupt, polls)
    }

    fn drive(
        &mut self,
        op: Op,
        interrupt: Option<Interrupt>,
        polls: Option<usize>,
    ) -> (Given, usize) {
        let sent = match op {
            Op::Send | Op::TrySend => SENT,
            _ => 0,
        };
        let closing = self.state == State::Closing || interrupt == Some(Interrupt::Close);
        // A throw waits only as long as its call lives, but a close waits for the end.
        let mut thrown = interrupt == Some(Interrupt::Throw);
        let mut pending = 0;
        while polls.is_none_or(|polls| pending < polls) {
            let interrupt = match (closing, thrown) {
                (true, _) => Some(Interrupt::Close),
                (false, true) => Some(Interrupt::Throw),
                (false, false) => None,
            };
            self.polls.push(Poll {
                sent,
                interrupt,
                closing,
            });
            let (left, waits) = self.replay();
            thrown &= waits;
            self.state = match left {
                Left::Suspended(Some(_)) => State::Suspended,
                Left::Suspended(None) if closing => State::Closing,
                Left::Suspended(None) => State::InFlight,
                _ => State::Finished,
            };
            let ended = match op {
                Op::Close => Given::Closed,
                _ => Given::End,
            };
            let given = match left {
                Left::Suspended(None) => {
                    pending += 1;
                    continue;
                }
                Left::Suspended(Some(value)) => Given::Item(value),
                Left::Error(error) | Left::CloseFailed(error) => Given::Error(error),
                Left::Close => ended,
                Left::End | Left::Return(_) => {
                    self.returned = Some(match left {
                        Left::Return(value) => value,
                        _ => 0,
                    });
                    if thrown { Given::Error(THROWN) } else { ended }
                }
                Left::Break | Left::Continue => unreachable!("no loop is around the body"),
            };
            return (given, pending);
        }
        (Given::Dropped, pending)
    }

    /// Runs the body through its history. Returns how it is left, and whether the interrupt of the
    /// last poll still waits.
    fn replay(&mut self) -> (Left, bool) {
        let mut run = Run {
            polls: &self.polls,
            now: 0,
            waiting: self.polls[0].interrupt,
            shields: 0,
            log: Vec::new(),
        };
        let left = run.block(self.steps);
        let waits = run.waiting.is_some();
        self.log = run.log;
        (left, waits)
    }
}
