//! Random programs as generators of both kinds, and a driver that runs them step by step.
//!
//! The build script writes the programs. `cases.jsonl` and `regular.jsonl` have them with the behaviour of CPython, and
//! `compare.sh` makes new ones.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use gen_runtime::State;
use serde_json::{Value, json};

mod calls; // the calls of both kinds

pub use self::calls::{Calls, Generator, RegularGenerator};

/// The errors that programs raise, and that are thrown into them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum E {
    /// The first kind.
    E0,
    /// The second kind.
    E1,
    /// The third kind.
    E2,
}

impl E {
    fn named(name: &Value) -> Self {
        match name.as_str() {
            Some("E0") => E::E0,
            Some("E1") => E::E1,
            Some("E2") => E::E2,
            _ => panic!("unknown error {name}"),
        }
    }
}

/// A program, as generators of both kinds.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// As an async generator.
    pub asynchronous: Option<fn(Log) -> Generator>,
    /// As a regular generator: a program that has no await.
    pub regular: Option<fn(Log) -> RegularGenerator>,
}

/// Records what the body of a program does, in order.
#[derive(Clone, Debug, Default)]
pub struct Log(Rc<RefCell<Vec<Value>>>);

impl Log {
    fn push(&self, event: Value) {
        self.0.borrow_mut().push(event);
    }

    fn tell(&self, what: &str) {
        self.push(json!([0, what]));
    }

    fn say(&self, what: &str, number: i64) {
        self.push(json!([0, what, number]));
    }

    fn got(&self, value: Option<i64>) {
        self.push(json!([0, "got", value]));
    }

    fn result(&self, value: Option<i64>) {
        self.push(json!([0, "result", value]));
    }

    fn caught(&self, error: E) {
        self.push(json!([0, "caught", format!("{error:?}")]));
    }
}

/// Pending once.
#[derive(Default)]
struct Tick {
    polled: bool,
}

impl Future for Tick {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.polled, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

mod programs {
    #![allow(
        unreachable_code,
        unused,
        clippy::all,
        clippy::pedantic,
        reason = "generated programs"
    )]

    use gen_runtime::{async_gen, generator, pin, sync};

    use super::{E, Log, Program, Tick};

    include!(concat!(env!("OUT_DIR"), "/programs.rs"));
}

pub use programs::PROGRAMS;

/// The cases, as lines.
pub const CASES: &str = include_str!(concat!(env!("OUT_DIR"), "/cases.jsonl"));

/// True if the cases are those of the ordinary tests.
pub const RECORDED: bool = matches!(env!("RECORDED").as_bytes(), b"true");

/// Runs one operation of a script, and returns the step in the format of the trace.
///
/// # Panics
///
/// Panics if there is no such operation.
pub fn step(generator: &mut impl Calls, log: &Log, op: &Value) -> Value {
    let polls = op["drop"].as_u64();
    let (mut result, pending) = match op["op"].as_str() {
        Some("next") => run(generator.next(), polls, item),
        Some("send") if generator.state() == State::Finished => {
            run(generator.send(op["v"].as_i64()), polls, item)
        }
        // `try_send` returns the value if no yield waits for one; `send` would panic.
        Some("send") => match generator.try_send(op["v"].as_i64()) {
            Ok(call) => run(call, polls, item),
            Err(_) if polls == Some(0) => (json!({"r": "dropped"}), 0),
            Err(_) => (json!({"r": "not_started"}), 0),
        },
        Some("throw") => run(generator.throw(E::named(&op["e"])), polls, |result| {
            item(result.transpose())
        }),
        Some("close") => run(generator.close(), polls, |result| match result {
            Ok(()) => json!({"r": "closed"}),
            Err(error) => failed(error),
        }),
        _ => panic!("unknown operation {op}"),
    };
    if let Some(value) = generator.take_return() {
        result["v"] = json!(value);
    }
    let state = match generator.state() {
        State::Created => "created",
        State::Suspended => "suspended",
        State::InFlight => "inflight",
        State::Closing => "closing",
        State::Finished => "finished",
        other => unreachable!("unknown state {other:?}"),
    };
    json!({
        "op": op, "res": result, "state": state, "pend": pending, "events": log.0.take(),
    })
}

fn item(item: Option<Result<i64, E>>) -> Value {
    match item {
        Some(Ok(value)) => json!({"r": "yield", "v": value}),
        Some(Err(error)) => failed(error),
        None => json!({"r": "done"}),
    }
}

fn failed(error: E) -> Value {
    json!({"r": "err", "e": format!("{error:?}")})
}

/// Polls a call until it is ready or `polls` is reached. Also returns how often it was pending.
fn run<F: Future + Unpin>(
    mut call: F,
    polls: Option<u64>,
    result: impl FnOnce(F::Output) -> Value,
) -> (Value, u64) {
    let mut pending = 0;
    while polls.is_none_or(|polls| pending < polls) {
        match Pin::new(&mut call).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(output) => return (result(output), pending),
            Poll::Pending => pending += 1,
        }
    }
    (json!({"r": "dropped"}), pending)
}
