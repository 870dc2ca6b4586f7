//! Items, values that are sent, and return values, through `yield_from!` (PEP 380, PEP 828).

use gen_runtime::{
    AsyncGenerator, Handle, State, async_gen, async_gen_block, async_gen_items, pin,
};
use probe::{Gate, Log, poll, ready};

#[async_gen(returns = usize)]
async fn letters(word: &'static str, log: Log) -> char {
    let _guard = log.guard("letters");
    log.push("begin");
    for letter in word.chars() {
        yield_!(letter);
    }
    log.push("end");
    word.len()
}

#[async_gen(returns = usize)]
async fn two_words(log: Log) -> char {
    let _guard = log.guard("words");
    let first = yield_from!(letters("ab", log.clone()));
    log.push(format_args!("got {first}"));
    yield_!('-');
    first + yield_from!(letters("xyz", log.clone()))
}

#[test]
fn the_items_of_the_inner_generator_come_in_its_place() {
    let log = Log::default();
    let mut words = pin!(two_words(log.clone()));
    let mut seen = String::new();
    while let Some(letter) = ready(words.next()) {
        seen.push(letter);
    }
    assert_eq!(seen, "ab-xyz");
    assert_eq!(words.take_return(), Some(5));
}

#[test]
fn the_inner_generator_is_lazy_and_is_dropped_before_the_rest_runs() {
    let log = Log::default();
    let mut words = pin!(two_words(log.clone()));
    assert_eq!(log.take(), "");
    ready(words.next());
    assert_eq!(log.take(), "begin");
    ready(words.next());
    assert_eq!(log.take(), "");
    assert_eq!(ready(words.next()), Some('-'));
    assert_eq!(log.take(), "end -letters got 2");
}

#[async_gen(send = u32, returns = u32)]
async fn adder(log: Log) -> u32 {
    let mut sum = 0;
    while sum < 10 {
        let sent = yield_!(sum);
        log.push(format_args!("sent {sent}"));
        sum += sent;
    }
    sum
}

#[async_gen(send = u32, returns = u32)]
async fn adders(log: Log) -> u32 {
    let first = yield_!(100);
    log.push(format_args!("outer {first}"));
    let sum = yield_from!(adder(log.clone()));
    let last = yield_!(200 + sum);
    log.push(format_args!("outer {last}"));
    sum + last
}

#[test]
fn a_value_that_is_sent_goes_to_the_innermost_yield() {
    let log = Log::default();
    let mut sums = pin!(adders(log.clone()));
    assert_eq!(ready(sums.resume()), Some(100));
    assert_eq!(ready(sums.send(1)), Some(0));
    assert_eq!(ready(sums.send(4)), Some(4));
    assert_eq!(ready(sums.send(7)), Some(211));
    assert_eq!(ready(sums.send(9)), None);
    assert_eq!(log.take(), "outer 1 sent 4 sent 7 outer 9");
    assert_eq!(sums.take_return(), Some(20));
}

#[async_gen(send = u32)]
async fn relay<G>(inner: G) -> u32
where
    G: AsyncGenerator<Yield = u32, Sent = u32, Item = u32, Error = std::convert::Infallible>,
{
    yield_from!(inner);
}

#[test]
fn a_send_before_the_first_item_is_refused_as_for_any_generator() {
    let mut sums = pin!(relay(adder(Log::default())));
    assert_eq!(sums.try_send(1).err(), Some(1));
    assert_eq!(sums.state(), State::Created);
    assert_eq!(ready(sums.next()), Some(0));
    assert_eq!(sums.state(), State::Suspended);
}

#[test]
fn an_inner_generator_that_yields_nothing_is_no_suspension() {
    #[async_gen(returns = u32)]
    async fn nothing() -> u32 {
        if false {
            yield_!(0);
        }
        3
    }
    #[async_gen]
    async fn outer() -> u32 {
        let value = yield_from!(nothing()) + yield_from!(nothing());
        yield_!(value);
    }
    let mut items = pin!(outer());
    assert_eq!(ready(items.next()), Some(6));
    assert_eq!(ready(items.next()), None);
}

#[test]
fn awaits_of_the_inner_generator_are_polled_once_each() {
    #[async_gen]
    async fn inner(gate: Gate) -> u32 {
        gate.await;
        yield_!(1);
    }
    #[async_gen]
    async fn outer(gate: Gate) -> u32 {
        yield_from!(inner(gate));
    }
    let gate = Gate::default();
    let mut items = pin!(outer(gate.clone()));
    {
        let mut call = items.next();
        assert!(poll(&mut call).is_pending());
        assert_eq!(gate.polls(), 1);
    }
    assert_eq!(items.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(gate.polls(), 2);
}

#[test]
fn a_finished_generator_gives_its_return_value_at_once() {
    #[async_gen]
    async fn outer(
        mut inner: Handle<
            Box<
                impl AsyncGenerator<
                    Yield = char,
                    Sent = (),
                    Return = usize,
                    Item = char,
                    Error = std::convert::Infallible,
                >,
            >,
        >,
    ) -> char {
        while let Some(letter) = inner.next().await {
            yield_!(letter.to_ascii_uppercase());
        }
        let count = yield_from!(inner);
        yield_!(char::from_digit(u32::try_from(count).unwrap(), 10).unwrap());
    }
    let mut items = pin!(outer(Handle::boxed(letters("ab", Log::default()))));
    let mut seen = String::new();
    while let Some(letter) = ready(items.next()) {
        seen.push(letter);
    }
    assert_eq!(seen, "AB2");
}

#[test]
fn a_generator_without_a_value_left_panics_with_the_reason() {
    let generator = async_gen_block! {
        let mut inner = Handle::boxed(letters("", Log::default()));
        inner.close().await.unwrap();
        yield_from!(inner);
        yield 'x';
    };
    let mut items = pin!(generator);
    let message = probe::panic_message(|| {
        let _ = ready(items.next());
    });
    assert!(
        message.contains("has ended, and has no return value"),
        "{message}"
    );
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_started_generator_goes_on() {
    let generator = async_gen_block! {
        let mut inner = Handle::boxed(letters("abc", Log::default()));
        let first = inner.next().await;
        yield first.unwrap().to_ascii_uppercase();
        let count = yield_from!(&mut inner);
        assert_eq!(count, 3);
        yield '.';
    };
    let mut items = pin!(generator);
    let mut seen = String::new();
    while let Some(letter) = ready(items.next()) {
        seen.push(letter);
    }
    assert_eq!(seen, "Abc.");
}

/// Delegates to a generator that was started, and waits for a value.
#[async_gen(send = u32)]
async fn of_a_waiting_one(log: Log) -> u32 {
    let mut inner = Handle::boxed(adder(log));
    inner.resume().await;
    yield_from!(inner);
}

#[test]
fn a_started_generator_that_waits_for_a_value_panics_with_the_reason() {
    let mut items = pin!(of_a_waiting_one(Log::default()));
    let message = probe::panic_message(|| {
        let _ = ready(items.resume());
    });
    assert!(
        message.contains("waits for a value; send it one before"),
        "{message}"
    );
}

async_gen_items! {
    #[async_gen(send = u32)]
    async fn all() -> u32 {
        yield_all!(futures::stream::iter([1, 2]));
        yield_all!(futures::stream::iter([3]))
    }
}

#[test]
fn yield_all_forwards_the_items_of_a_stream() {
    let mut items = pin!(all());
    assert_eq!(ready(items.resume()), Some(1));
    assert_eq!(ready(items.send(7)), Some(2));
    assert_eq!(ready(items.send(8)), Some(3));
    assert_eq!(ready(items.send(9)), None);
}

#[test]
fn the_default_value_of_a_call_that_starts_is_not_sent_on() {
    let mut items = pin!(of_a_waiting_one(Log::default()));
    let message = probe::panic_message(|| {
        let _ = ready(items.next());
    });
    assert!(message.contains("waits for a value"), "{message}");
}
