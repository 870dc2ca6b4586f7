//! Generators and handles as streams.

use futures::stream::{FusedStream, Stream, StreamExt};
use gen_runtime::{Handle, State, async_gen, pin};
use probe::{Gate, drop_half_way, ready};

#[async_gen]
async fn up_to(n: u32) -> u32 {
    for i in 1..=n {
        yield_!(i);
    }
}

#[async_gen(throws = &'static str)]
async fn one_then_error() -> u32 {
    yield_!(1);
    Err("e")
}

#[test]
fn a_generator_is_a_stream() {
    let even = up_to(6).filter(|n| std::future::ready(n % 2 == 0));
    assert_eq!(ready(even.collect::<Vec<_>>()), [2, 4, 6]);
}

#[test]
fn a_handle_is_a_stream_that_continues_after_next() {
    let mut numbers = pin!(up_to(4));
    assert_eq!(ready(numbers.next()), Some(1));
    let two: Vec<_> = ready((&mut numbers).take(2).collect());
    assert_eq!(two, [2, 3]);
    assert_eq!(ready(numbers.next()), Some(4));
    assert_eq!(ready(numbers.next()), None);
}

#[test]
fn next_of_a_handle_takes_precedence_over_that_of_stream_ext() {
    let mut numbers = Handle::boxed(up_to(1));
    let call: gen_runtime::call::Next<'_, _> = numbers.next();
    assert_eq!(ready(call), Some(1));
}

#[test]
fn with_throws_the_items_are_results_and_an_error_ends_the_stream() {
    let items: Vec<_> = ready(one_then_error().collect());
    assert_eq!(items, [Ok(1), Err("e")]);
}

fn laws<S: Stream + FusedStream + Unpin>(mut stream: S) {
    assert_eq!(stream.size_hint(), (0, None));
    assert!(!stream.is_terminated());
    while ready(stream.next()).is_some() {
        assert_eq!(stream.size_hint(), (0, None));
        assert!(!stream.is_terminated());
    }
    for _ in 0..3 {
        assert!(stream.is_terminated());
        assert_eq!(stream.size_hint(), (0, Some(0)));
        assert!(ready(stream.next()).is_none());
    }
}

#[test]
fn size_hint_and_is_terminated_reflect_the_state() {
    laws(Box::pin(up_to(3)));
    laws(Handle::boxed(up_to(3)));
    laws(pin!(up_to(0)));
}

#[async_gen]
async fn gated(gate: Gate) -> u32 {
    gate.await;
    yield_!(1);
}

#[test]
fn a_pending_poll_of_a_stream_is_a_call_in_flight() {
    let gate = Gate::default();
    let mut numbers = pin!(gated(gate.clone()));
    drop_half_way(StreamExt::next(&mut numbers));
    assert_eq!(numbers.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(numbers.resume()), Some(1));
}

#[async_gen(send = u32)]
async fn echo() -> u32 {
    let mut value = yield_!(9);
    loop {
        value = yield_!(value + 1);
    }
}

#[test]
fn a_handle_that_can_send_a_default_is_a_stream() {
    let mut echo = pin!(echo());
    let first: Vec<_> = ready((&mut echo).take(2).collect());
    assert_eq!(first, [9, 1]);
    assert_eq!(ready(echo.send(4)), Some(5));
}

#[async_gen]
async fn doubled(source: impl Stream<Item = u32>) -> u32 {
    #[for_await]
    'outer: for n in source {
        #[for_await]
        for _ in up_to(2) {
            if n == 3 {
                continue 'outer;
            }
            if n == 5 {
                break 'outer;
            }
            yield_!(n);
        }
    }
}

#[test]
fn for_await_loops_may_have_labels() {
    let items: Vec<_> = ready(doubled(up_to(9)).collect());
    assert_eq!(items, [1, 1, 2, 2, 4, 4]);
}

#[async_gen]
async fn pairs(gate: Gate) -> (u32, char) {
    let letters = futures::stream::iter([(1, 'a'), (2, 'b')]);
    #[for_await]
    for (number, letter) in letters.map(|pair| pair) {
        gate.clone().await;
        yield_!((number, letter));
    }
}

#[test]
fn for_await_accepts_a_pattern_and_its_body_may_await() {
    let gate = Gate::default();
    let mut pairs = pin!(pairs(gate.clone()));
    drop_half_way(pairs.next());
    gate.open();
    assert_eq!(ready(pairs.next()), Some((1, 'a')));
    assert_eq!(ready(pairs.next()), Some((2, 'b')));
    assert_eq!(ready(pairs.next()), None);
}

#[async_gen]
async fn temporaries() -> usize {
    #[for_await]
    for length in futures::stream::iter(String::from("a bc").split(' ')).map(str::len) {
        yield_!(length);
    }
}

#[test]
fn for_await_keeps_the_temporaries_of_its_head() {
    assert_eq!(ready(temporaries().collect::<Vec<_>>()), [1, 2]);
}
