//! `poll_resume` and `poll_interrupt`, which the handle's calls are made of: every request in every
//! state.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use gen_runtime::{AsyncGenerator, Handle, Interrupt, Request, State, async_gen};
use probe::{Gate, drop_half_way, panic_message, ready};

/// Items tell what the yield before them was sent.
#[async_gen(send = u32, throws = char)]
async fn items(gate: Gate) -> u32 {
    let mut received = 100;
    loop {
        gate.clone().await;
        received = yield_!(received);
    }
}

/// A generator in a state, with its gate open.
#[expect(clippy::type_complexity, reason = "one opaque type, and the gate")]
fn in_state(
    state: State,
) -> (
    Pin<Box<impl AsyncGenerator<Yield = u32, Sent = u32, Error = char, Item = Result<u32, char>>>>,
    Gate,
) {
    let gate = Gate::default();
    let mut generator = Box::pin(items(gate.clone()));
    let mut handle = Handle::new(generator.as_mut());
    match state {
        State::Created => {}
        State::Suspended => {
            gate.open();
            ready(handle.resume());
        }
        State::InFlight => drop_half_way(handle.resume()),
        State::Finished => drop(ready(handle.close())),
        State::Closing => unreachable!("a body without cleanup is closed at once"),
    }
    gate.open();
    assert_eq!(generator.state(), state);
    (generator, gate)
}

enum Expected {
    Item(u32),
    Finished,
    Panic,
}

#[test]
fn every_request_in_every_state() {
    use Expected::{Finished, Item, Panic};
    let table = [
        (State::Created, [Item(100), Item(100), Panic]),
        (State::Suspended, [Item(7), Panic, Item(8)]),
        (State::InFlight, [Item(100), Item(100), Panic]),
        (State::Finished, [Finished, Finished, Finished]),
    ];
    for (state, row) in table {
        let requests = [Request::Next(7), Request::Resume, Request::Send(8)];
        for (request, expected) in requests.into_iter().zip(row) {
            let (mut generator, gate) = in_state(state);
            let polls = gate.polls();
            let mut left = request;
            let mut cx = Context::from_waker(Waker::noop());
            let mut poll = || generator.as_mut().poll_resume(&mut cx, &mut left);
            match expected {
                Item(item) => {
                    assert_eq!(poll(), Poll::Ready(Some(Ok(item))), "{state:?} {request:?}");
                    assert_eq!(left, Request::Resume);
                    assert_eq!(
                        (generator.state(), gate.polls()),
                        (State::Suspended, polls + 1)
                    );
                }
                Finished => {
                    assert_eq!(poll(), Poll::Ready(None), "{state:?} {request:?}");
                    assert_eq!(generator.state(), State::Finished);
                }
                Panic => {
                    panic_message(poll);
                    assert_eq!((generator.state(), gate.polls()), (state, polls));
                }
            }
        }
    }
}

#[test]
fn every_interrupt_in_every_state() {
    for state in [
        State::Created,
        State::Suspended,
        State::InFlight,
        State::Finished,
    ] {
        for (interrupt, expected) in [
            (Interrupt::Throw('e'), Err('e')),
            (Interrupt::Close, Ok(None)),
        ] {
            let (mut generator, gate) = in_state(state);
            let polls = gate.polls();
            let mut left = Some(interrupt);
            let mut cx = Context::from_waker(Waker::noop());
            let poll = generator.as_mut().poll_interrupt(&mut cx, &mut left);
            assert_eq!(poll, Poll::Ready(expected), "{state:?} {interrupt:?}");
            assert_eq!(left, None);
            assert_eq!((generator.state(), gate.polls()), (State::Finished, polls));
        }
    }
}
