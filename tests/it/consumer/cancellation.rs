//! Drops a call of every operation, unpolled or halfway, and then runs every pair of operations.

use std::future::Future;

use gen_runtime::{AsyncGenerator, Handle, State, async_gen, pin};
use probe::{Gate, drop_half_way, ready};

/// Waits at the gate before each item. Each item is the value sent to the yield before it.
#[async_gen(send = u32, throws = &'static str)]
async fn items(gate: Gate) -> u32 {
    let mut received = 1000;
    loop {
        gate.clone().await;
        received = yield_!(received);
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Op {
    Next,
    Resume,
    Send,
    TrySend,
    TryNext,
    Throw,
    Close,
}

const OPS: [Op; 7] = [
    Op::Next,
    Op::Resume,
    Op::Send,
    Op::TrySend,
    Op::TryNext,
    Op::Throw,
    Op::Close,
];

/// The outcome of an operation.
#[derive(Debug, PartialEq)]
enum Given {
    Item(u32),
    Thrown,
    Closed,
    /// `try_send` returned its value.
    Back,
    /// The call panicked.
    Panic,
}

/// Returns the documented result of an operation in a state, when the gate is open. `in_flight` is
/// the item of the call that was dropped halfway.
fn expected(state: State, op: Op, in_flight: u32) -> (Given, State) {
    match (state, op) {
        (State::Created | State::InFlight, Op::Send) | (State::Suspended, Op::Resume) => {
            (Given::Panic, state)
        }
        (State::Created | State::InFlight, Op::TrySend) => (Given::Back, state),
        (State::Created, Op::Next | Op::Resume | Op::TryNext) => {
            (Given::Item(1000), State::Suspended)
        }
        (State::InFlight, Op::Next | Op::Resume | Op::TryNext) => {
            (Given::Item(in_flight), State::Suspended)
        }
        (State::Suspended, Op::Next | Op::TryNext) => (Given::Item(0), State::Suspended),
        (State::Suspended, Op::Send | Op::TrySend) => (Given::Item(7), State::Suspended),
        (_, Op::Throw) => (Given::Thrown, State::Finished),
        (_, Op::Close) => (Given::Closed, State::Finished),
        (other, op) => unreachable!("no test calls {op:?} in state {other:?}"),
    }
}

/// Where the future of a call is dropped.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Finish,
    NeverPoll,
    DropHalfWay,
}

impl Fate {
    fn meet<T>(self, call: impl Future<Output = T>) -> Option<T> {
        match self {
            Fate::Finish => Some(ready(call)),
            Fate::NeverPoll => None,
            Fate::DropHalfWay => {
                drop_half_way(call);
                None
            }
        }
    }
}

trait Items:
    AsyncGenerator<Yield = u32, Sent = u32, Error = &'static str, Item = Result<u32, &'static str>>
{
}

impl<G> Items for G where
    G: AsyncGenerator<
            Yield = u32,
            Sent = u32,
            Error = &'static str,
            Item = Result<u32, &'static str>,
        >
{
}

/// Calls an operation. Returns `None` if its future was dropped.
fn run(items: &mut Handle<&mut impl Items>, op: Op, fate: Fate) -> Option<Given> {
    let item = |item: Option<Result<u32, _>>| Given::Item(item.unwrap().unwrap());
    match op {
        Op::Next => fate.meet(items.next()).map(item),
        Op::TryNext => fate
            .meet(items.try_next())
            .map(|next| Given::Item(next.unwrap().unwrap())),
        Op::Throw => fate.meet(items.throw("e")).map(|thrown| {
            assert_eq!(thrown, Err("e"));
            Given::Thrown
        }),
        Op::Close => fate.meet(items.close()).map(|closed| {
            assert_eq!(closed, Ok(()));
            Given::Closed
        }),
        Op::TrySend => match items.try_send(7) {
            Ok(call) => fate.meet(call).map(item),
            Err(value) => {
                assert_eq!(value, 7);
                Some(Given::Back)
            }
        },
        Op::Resume if items.state() == State::Suspended => {
            probe::panic_message(|| drop(items.resume()));
            Some(Given::Panic)
        }
        Op::Resume => fate.meet(items.resume()).map(item),
        Op::Send if matches!(items.state(), State::Created | State::InFlight) => {
            probe::panic_message(|| drop(items.send(7)));
            Some(Given::Panic)
        }
        Op::Send => fate.meet(items.send(7)).map(item),
    }
}

/// Brings a generator into a state, drops the call of `first`, and then awaits `second` and
/// `third`.
fn sequence(state: State, first: Op, fate: Fate, second: Op, third: Op) {
    let context = format!("{state:?}, {first:?} {fate:?}, {second:?}, {third:?}");
    let gate = Gate::default();
    let mut items = pin!(items(gate.clone()));
    if state == State::Suspended {
        gate.open();
        ready(items.resume());
    }
    gate.shut();
    let polls = gate.polls();

    let refused = matches!(expected(state, first, 0).0, Given::Back | Given::Panic);
    let interrupt = matches!(first, Op::Throw | Op::Close);
    if matches!(fate, Fate::DropHalfWay) && interrupt {
        // In a body without regions, interrupts are ready at their first poll.
        return;
    }
    let dropped = run(&mut items, first, fate);
    assert_eq!(dropped.is_some(), refused, "{context}");
    let mut now = match fate {
        Fate::DropHalfWay if !refused => State::InFlight,
        _ => state,
    };
    assert_eq!(items.state(), now, "{context}");
    let mut polls = polls + usize::from(now == State::InFlight);
    assert_eq!(gate.polls(), polls, "{context}");

    gate.open();
    let in_flight = match (state, first) {
        (State::Created, _) => 1000,
        (_, Op::Send | Op::TrySend) => 7,
        _ => 0,
    };
    for op in [second, third] {
        if now == State::Finished {
            break;
        }
        let (given, next) = expected(now, op, in_flight);
        // An item takes one poll of the await, and nothing else polls it.
        polls += usize::from(matches!(given, Given::Item(_)));
        assert_eq!(run(&mut items, op, Fate::Finish), Some(given), "{context}");
        assert_eq!(items.state(), next, "{context}");
        assert_eq!(gate.polls(), polls, "{context}");
        now = next;
    }
}

#[test]
fn a_dropped_call_leaves_the_documented_state() {
    for state in [State::Created, State::Suspended] {
        for first in OPS {
            for fate in [Fate::NeverPoll, Fate::DropHalfWay] {
                for second in OPS {
                    for third in OPS {
                        sequence(state, first, fate, second, third);
                    }
                }
            }
        }
    }
}

#[test]
fn a_timeout_around_next_loses_no_item() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut ticks = pin!(ticks());
        let mut seen = Vec::new();
        let mut timeouts = 0;
        while seen.len() < 3 {
            match tokio::time::timeout(std::time::Duration::from_millis(4), ticks.next()).await {
                Ok(tick) => seen.extend(tick),
                Err(_) => timeouts += 1,
            }
        }
        assert_eq!((seen, timeouts), (vec![0, 1, 2], 6));
    });
}

#[async_gen]
async fn ticks() -> u32 {
    for tick in 0.. {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        yield_!(tick);
    }
}
