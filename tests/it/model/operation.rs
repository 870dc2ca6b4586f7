//! The operations of a consumer, and their outcomes.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

use gen_runtime::LocalBoxTryGenerator;
use probe::poll;

pub(crate) type Generator = LocalBoxTryGenerator<'static, u32, char, u32, u32>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Op {
    Next,
    TryNext,
    Resume,
    Send,
    TrySend,
    Throw,
    Close,
    TakeReturn,
}

pub(crate) const OPS: [Op; 8] = [
    Op::Next,
    Op::TryNext,
    Op::Resume,
    Op::Send,
    Op::TrySend,
    Op::Throw,
    Op::Close,
    Op::TakeReturn,
];

/// An operation, and the number of polls after which its call is dropped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) op: Op,
    pub(crate) polls: Option<usize>,
}

impl Step {
    pub(crate) const fn finished(op: Op) -> Self {
        Step { op, polls: None }
    }

    /// Steps whose call is never polled, dropped halfway, or finished.
    pub(crate) fn fates(op: Op) -> Vec<Self> {
        let polls = [Some(0), Some(1), Some(2), None];
        polls.into_iter().map(|polls| Step { op, polls }).collect()
    }
}

/// The value that `send` sends, and the error that `throw` raises.
pub(crate) const SENT: u32 = 7;
pub(crate) const THROWN: char = 't';

/// The outcome of an operation. `run` also returns how often its call was pending.
#[derive(Debug, PartialEq)]
pub(crate) enum Given {
    Item(u32),
    End,
    Error(char),
    Closed,
    /// `try_send` returned its value.
    Back,
    /// The call panicked.
    Panic,
    Returned(Option<u32>),
    Dropped,
}

pub(crate) fn item(item: Option<Result<u32, char>>) -> Given {
    match item {
        Some(Ok(value)) => Given::Item(value),
        Some(Err(error)) => Given::Error(error),
        None => Given::End,
    }
}

pub(crate) fn run(
    generator: &mut LocalBoxTryGenerator<'_, u32, char, u32, u32>,
    Step { op, polls }: Step,
) -> (Given, usize) {
    let transposed = |result: Result<Option<u32>, char>| item(result.transpose());
    match op {
        Op::Next => drive(generator.next(), polls, item),
        Op::TryNext => drive(generator.try_next(), polls, transposed),
        Op::Resume => refused(|| drive(generator.resume(), polls, item)),
        Op::Send => refused(|| drive(generator.send(SENT), polls, item)),
        Op::TrySend => match generator.try_send(SENT) {
            Ok(call) => drive(call, polls, item),
            Err(value) => {
                assert_eq!(value, SENT);
                (Given::Back, 0)
            }
        },
        Op::Throw => drive(generator.throw(THROWN), polls, transposed),
        Op::Close => drive(generator.close(), polls, |result| match result {
            Ok(()) => Given::Closed,
            Err(error) => Given::Error(error),
        }),
        Op::TakeReturn => (Given::Returned(generator.take_return()), 0),
    }
}

fn refused(action: impl FnOnce() -> (Given, usize)) -> (Given, usize) {
    catch_unwind(AssertUnwindSafe(action)).unwrap_or((Given::Panic, 0))
}

fn drive<F: Future + Unpin>(
    mut call: F,
    polls: Option<usize>,
    given: impl FnOnce(F::Output) -> Given,
) -> (Given, usize) {
    let mut pending = 0;
    while polls.is_none_or(|polls| pending < polls) {
        match poll(&mut call) {
            Poll::Ready(output) => return (given(output), pending),
            Poll::Pending => pending += 1,
        }
    }
    (Given::Dropped, pending)
}
