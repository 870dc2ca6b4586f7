//! Every call in every state: its result, the state after it, and how often it polls the body's await.

use gen_runtime::{Handle, State, async_gen};
use probe::{Gate, drop_half_way, panic_message, ready};

/// Yields what the yield before was sent. Both the loop and the cleanup wait at the gate.
#[async_gen(send = u32, throws = char)]
async fn items(gate: Gate) -> u32 {
    let mut received = 100;
    defer! {
        gate.clone().await;
    }
    loop {
        gate.clone().await;
        received = yield_!(received);
    }
}

#[derive(Clone, Copy, Debug)]
enum Call {
    Next,
    TryNext,
    Resume,
    Send,
    TrySend,
    Throw,
    Close,
}

/// The result of a call.
#[derive(Debug, PartialEq)]
enum Given {
    Item(u32),
    None,
    Error(char),
    Closed,
    Returned(u32),
    Panic,
}

impl From<Option<Result<u32, char>>> for Given {
    fn from(item: Option<Result<u32, char>>) -> Self {
        match item {
            Some(Ok(item)) => Given::Item(item),
            Some(Err(error)) => Given::Error(error),
            None => Given::None,
        }
    }
}

/// Brings a generator into `state`, opens its gate, and makes the call. Returns the result, the state after it, and
/// how often the gate was polled.
fn outcome(state: State, call: Call) -> (Given, State, usize) {
    let gate = Gate::default();
    let mut handle = Handle::boxed(items(gate.clone()));
    match state {
        State::Suspended => {
            gate.open();
            ready(handle.resume());
        }
        State::InFlight => drop_half_way(handle.resume()),
        State::Finished => drop(ready(handle.close())),
        State::Closing => {
            drop_half_way(handle.resume());
            drop_half_way(handle.close());
        }
        _ => {}
    }
    assert_eq!(handle.state(), state);
    gate.open();
    let polls = gate.polls();
    let panics = matches!(
        (state, call),
        (State::Suspended, Call::Resume) | (State::Created | State::InFlight, Call::Send)
    );
    let given = match call {
        Call::Resume if panics => {
            panic_message(|| drop(handle.resume()));
            Given::Panic
        }
        Call::Send if panics => {
            panic_message(|| drop(handle.send(8)));
            Given::Panic
        }
        Call::Next => ready(handle.next()).into(),
        Call::TryNext => ready(handle.try_next()).transpose().into(),
        Call::Resume => ready(handle.resume()).into(),
        Call::Send => ready(handle.send(8)).into(),
        Call::TrySend => match handle.try_send(9) {
            Ok(call) => ready(call).into(),
            Err(value) => Given::Returned(value),
        },
        Call::Throw => ready(handle.throw('e')).transpose().into(),
        Call::Close => match ready(handle.close()) {
            Ok(()) => Given::Closed,
            Err(error) => Given::Error(error),
        },
    };
    (given, handle.state(), gate.polls() - polls)
}

#[test]
fn every_call_in_every_state() {
    use Given::{Closed, Error, Item, None, Panic, Returned};
    use State::{Closing, Created, Finished, InFlight, Suspended};
    let table = [
        (Created, Call::Next, Item(100), Suspended, 1),
        (Created, Call::TryNext, Item(100), Suspended, 1),
        (Created, Call::Resume, Item(100), Suspended, 1),
        (Created, Call::Send, Panic, Created, 0),
        (Created, Call::TrySend, Returned(9), Created, 0),
        (Created, Call::Throw, Error('e'), Finished, 0),
        (Created, Call::Close, Closed, Finished, 0),
        (Suspended, Call::Next, Item(0), Suspended, 1),
        (Suspended, Call::TryNext, Item(0), Suspended, 1),
        (Suspended, Call::Resume, Panic, Suspended, 0),
        (Suspended, Call::Send, Item(8), Suspended, 1),
        (Suspended, Call::TrySend, Item(9), Suspended, 1),
        (Suspended, Call::Throw, Error('e'), Finished, 1),
        (Suspended, Call::Close, Closed, Finished, 1),
        (InFlight, Call::Next, Item(100), Suspended, 1),
        (InFlight, Call::TryNext, Item(100), Suspended, 1),
        (InFlight, Call::Resume, Item(100), Suspended, 1),
        (InFlight, Call::Send, Panic, InFlight, 0),
        (InFlight, Call::TrySend, Returned(9), InFlight, 0),
        (InFlight, Call::Throw, Error('e'), Finished, 1),
        (InFlight, Call::Close, Closed, Finished, 1),
        (Closing, Call::Next, None, Finished, 1),
        (Closing, Call::TryNext, None, Finished, 1),
        (Closing, Call::Resume, None, Finished, 1),
        (Closing, Call::Send, None, Closing, 0),
        (Closing, Call::TrySend, Returned(9), Closing, 0),
        (Closing, Call::Throw, Error('e'), Closing, 0),
        (Closing, Call::Close, Closed, Finished, 1),
        (Finished, Call::Next, None, Finished, 0),
        (Finished, Call::TryNext, None, Finished, 0),
        (Finished, Call::Resume, None, Finished, 0),
        (Finished, Call::Send, None, Finished, 0),
        (Finished, Call::TrySend, Returned(9), Finished, 0),
        (Finished, Call::Throw, Error('e'), Finished, 0),
        (Finished, Call::Close, Closed, Finished, 0),
    ];
    for (state, call, given, after, polls) in table {
        let expected = (given, after, polls);
        assert_eq!(outcome(state, call), expected, "{call:?} when {state:?}");
    }
}
