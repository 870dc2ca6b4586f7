//! `poll_resume` and `poll_interrupt`, which the calls of a handle are made of: every request in
//! every state.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use gen_runtime::{AsyncGenerator, Handle, Interrupt, Request, State, async_gen};
use probe::{Gate, drop_half_way, panic_message, ready};

/// Each item is the value sent to the yield before it. The cleanup waits at the gate, too.
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

/// Makes a generator in `state`, and opens its gate.
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
        State::Closing => {
            drop_half_way(handle.resume());
            drop_half_way(handle.close());
        }
    }
    gate.open();
    assert_eq!(generator.state(), state);
    (generator, gate)
}

enum Expected {
    Item(u32),
    /// The close finishes.
    Closed,
    /// Returns `None` at once, and the state does not change.
    Nothing,
    Panic,
}

#[test]
fn every_request_has_its_documented_result_in_every_state() {
    use Expected::{Closed, Item, Nothing, Panic};
    let table = [
        (State::Created, [Item(100), Item(100), Panic]),
        (State::Suspended, [Item(7), Panic, Item(8)]),
        (State::InFlight, [Item(100), Item(100), Panic]),
        (State::Closing, [Closed, Closed, Nothing]),
        (State::Finished, [Nothing, Nothing, Nothing]),
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
                Closed => {
                    assert_eq!(poll(), Poll::Ready(None), "{state:?} {request:?}");
                    let now = (generator.state(), gate.polls());
                    assert_eq!(now, (State::Finished, polls + 1));
                }
                Nothing => {
                    assert_eq!(poll(), Poll::Ready(None), "{state:?} {request:?}");
                    assert_eq!((generator.state(), gate.polls()), (state, polls));
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
fn every_interrupt_has_its_documented_result_in_every_state() {
    let (throw, close) = (Some(Interrupt::Throw('e')), Some(Interrupt::Close));
    // The result, the state after it, and the number of polls of the cleanup or the await.
    for (state, interrupt, expected, after, polled) in [
        (State::Created, throw, Err('e'), State::Finished, 0),
        (State::Created, close, Ok(None), State::Finished, 0),
        (State::Created, None, Ok(None), State::Finished, 0),
        (State::Suspended, throw, Err('e'), State::Finished, 1),
        (State::Suspended, close, Ok(None), State::Finished, 1),
        (State::Suspended, None, Ok(None), State::Finished, 1),
        (State::InFlight, throw, Err('e'), State::Finished, 1),
        (State::InFlight, close, Ok(None), State::Finished, 1),
        // Without an interrupt the call continues, as it does after a throw has landed.
        (State::InFlight, None, Ok(Some(100)), State::Suspended, 1),
        (State::Closing, throw, Err('e'), State::Closing, 0),
        (State::Closing, close, Ok(None), State::Finished, 1),
        (State::Closing, None, Ok(None), State::Finished, 1),
        (State::Finished, throw, Err('e'), State::Finished, 0),
        (State::Finished, close, Ok(None), State::Finished, 0),
        (State::Finished, None, Ok(None), State::Finished, 0),
    ] {
        let (mut generator, gate) = in_state(state);
        let polls = gate.polls();
        let mut left = interrupt;
        let mut cx = Context::from_waker(Waker::noop());
        let poll = generator.as_mut().poll_interrupt(&mut cx, &mut left);
        assert_eq!(poll, Poll::Ready(expected), "{state:?} {interrupt:?}");
        assert_eq!(left, None);
        assert_eq!(
            (generator.state(), gate.polls()),
            (after, polls + polled),
            "{state:?} {interrupt:?}"
        );
    }
}

/// A throw is taken out of the request when it lands, and a close at once.
#[test]
fn a_throw_that_has_not_landed_stays_in_the_request() {
    for (interrupt, left_behind, after) in [
        (
            Interrupt::Throw('e'),
            Some(Interrupt::Throw('e')),
            State::InFlight,
        ),
        (Interrupt::Close, None, State::Closing),
    ] {
        let gate = Gate::default();
        let mut generator = Box::pin(cleans_up_and_waits(gate.clone()));
        let mut cx = Context::from_waker(Waker::noop());
        let mut request = Request::Resume;
        let pending = generator.as_mut().poll_resume(&mut cx, &mut request);
        assert!(pending.is_pending());
        let mut left = Some(interrupt);
        let pending = generator.as_mut().poll_interrupt(&mut cx, &mut left);
        assert!(pending.is_pending());
        assert_eq!((left, generator.state()), (left_behind, after));
    }
}

#[async_gen(throws = char)]
async fn cleans_up_and_waits(gate: Gate) -> u32 {
    {
        defer! {
            gate.clone().await;
        }
    }
    yield_!(1);
}
