//! `finish`: runs a generator to its end, for its return value.

use gen_runtime::{Handle, State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, ready};

#[async_gen(returns = usize)]
async fn letters(word: &str, log: Log) -> char {
    for letter in word.chars() {
        log.push(letter);
        yield_!(letter);
    }
    word.len()
}

#[test]
fn returns_the_return_value_once() {
    let log = Log::default();
    let mut items = pin!(letters("abc", log.clone()));
    assert_eq!(ready(items.next()), Some('a'));
    assert_eq!(ready(items.finish()), Ok(Some(3)));
    assert_eq!(log.take(), "a b c");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.finish()), Ok(None));
    assert_eq!(items.take_return(), None);
}

#[test]
fn runs_a_created_generator_from_its_start() {
    let mut items = Handle::boxed(letters("ab", Log::default()));
    assert_eq!(ready(items.finish()), Ok(Some(2)));
}

#[test]
fn there_is_no_return_value_after_a_close() {
    let mut items = pin!(letters("ab", Log::default()));
    ready(items.next());
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(ready(items.finish()), Ok(None));
}

#[async_gen(throws = u8, returns = &'static str)]
async fn fails(yields_error: bool) -> u32 {
    yield_!(1);
    if yields_error {
        yield_!(Err(2));
    } else {
        Err(3)?;
    }
    yield_!(4);
    "end"
}

#[test]
fn an_error_of_the_body_ends_it() {
    let mut items = pin!(fails(false));
    assert_eq!(ready(items.finish()), Err(3));
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.finish()), Ok(None));
}

#[test]
fn an_error_as_an_item_is_not_lost_and_another_call_continues() {
    let mut items = pin!(fails(true));
    assert_eq!(ready(items.finish()), Err(2));
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(ready(items.finish()), Ok(Some("end")));
}

#[async_gen(send = u8, returns = u8)]
async fn waits(gate: Gate) -> u8 {
    gate.await;
    let sent = yield_!(1);
    sent + 10
}

#[test]
fn a_dropped_call_is_continued_by_another() {
    let gate = Gate::default();
    let mut items = pin!(waits(gate.clone()));
    drop_half_way(items.finish());
    assert_eq!((items.state(), gate.polls()), (State::InFlight, 1));
    gate.open();
    assert_eq!(ready(items.finish()), Ok(Some(10)));
    assert_eq!(gate.polls(), 2);
}
