//! `try_next`, and how a body fails: by `?`, by `return Err(..)`, or by the value at its end.

use std::num::ParseIntError;

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, ready};

#[derive(Debug, PartialEq)]
enum Mishap {
    Number(ParseIntError),
    Negative(i32),
}

impl From<ParseIntError> for Mishap {
    fn from(error: ParseIntError) -> Self {
        Mishap::Number(error)
    }
}

#[async_gen(throws = Mishap, returns = &'static str)]
async fn numbers(text: &str, log: Log) -> i32 {
    let _local = log.guard("local");
    for word in text.split(' ') {
        if word == "return" {
            return "early";
        }
        if word == "ok" {
            return Ok("as written");
        }
        let number = word.parse()?;
        if number < 0 {
            return Err(Mishap::Negative(number));
        }
        yield_!(number);
    }
    "late"
}

#[test]
fn try_next_returns_values_and_then_none() {
    let mut items = pin!(numbers("1 2", Log::default()));
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    assert_eq!(ready(items.try_next()), Ok(Some(2)));
    assert_eq!(ready(items.try_next()), Ok(None));
    assert_eq!(items.take_return(), Some("late"));
    assert_eq!(items.take_return(), None);
}

#[test]
fn a_returned_value_is_wrapped_and_ok_is_left_as_written() {
    for (text, returned) in [("1 return", "early"), ("1 ok", "as written")] {
        let mut items = pin!(numbers(text, Log::default()));
        assert_eq!(ready(items.try_next()), Ok(Some(1)));
        assert_eq!(items.take_return(), None);
        assert_eq!(ready(items.try_next()), Ok(None));
        assert_eq!(items.take_return(), Some(returned));
    }
}

#[test]
fn an_error_is_returned_once_and_the_locals_are_dropped() {
    let log = Log::default();
    let error = "x".parse::<i32>().unwrap_err();
    let mut items = pin!(numbers("1 x 2", log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(log.take(), "");
    assert_eq!(ready(items.next()), Some(Err(Mishap::Number(error))));
    assert_eq!(log.take(), "-local");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.next()), None);
    assert_eq!(ready(items.try_next()), Ok(None));
    assert_eq!(items.take_return(), None);
}

#[test]
fn a_returned_err_is_the_error() {
    let mut items = pin!(numbers("-4", Log::default()));
    assert_eq!(ready(items.try_next()), Err(Mishap::Negative(-4)));
    assert_eq!(ready(items.try_next()), Ok(None));
}

#[async_gen(throws = i32)]
async fn tail_is_err(gate: Gate) -> u8 {
    gate.await;
    Err(5)
}

#[async_gen(throws = i32)]
async fn tail_is_ok() -> u8 {
    yield_!(1);
    Ok(())
}

#[async_gen(throws = i32)]
async fn tail_is_unit(early: bool) -> u8 {
    if early {
        return;
    }
    yield_!(1)
}

#[async_gen(throws = i32)]
async fn never_ends() -> u8 {
    loop {
        yield_!(1);
    }
}

#[async_gen(returns = Result<u8, i32>)]
async fn returns_a_result_without_throws() -> u8 {
    yield_!(1);
    return Err(3);
}

#[test]
fn the_value_at_the_end_may_be_err_ok_or_unit() {
    let gate = Gate::default();
    let mut items = pin!(tail_is_err(gate.clone()));
    drop_half_way(items.try_next());
    gate.open();
    assert_eq!(ready(items.try_next()), Err(5));

    let mut items = pin!(tail_is_ok());
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    assert_eq!(ready(items.try_next()), Ok(None));

    let mut items = pin!(tail_is_unit(true));
    assert_eq!(ready(items.try_next()), Ok(None));
    let mut items = pin!(tail_is_unit(false));
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    assert_eq!(ready(items.try_next()), Ok(None));

    let mut items = pin!(never_ends());
    assert_eq!(ready(items.try_next()), Ok(Some(1)));
    assert_eq!(ready(items.try_next()), Ok(Some(1)));

    let mut items = pin!(returns_a_result_without_throws());
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(Err(3)));
}

#[async_gen(throws = Box<dyn std::error::Error>, returns = Box<dyn std::fmt::Debug>)]
async fn coerces(way: u8) -> u8 {
    match way {
        0 => return Err(Box::new(std::fmt::Error)),
        1 => return Box::new("returned"),
        2 => Err("converted")?,
        3 => return Ok(Box::new("as written")),
        _ => yield_!(way),
    }
    Box::new(way)
}

#[async_gen(throws = Box<dyn std::error::Error>)]
async fn coerces_its_tail() -> u8 {
    yield_!(0);
    Err(Box::new(std::fmt::Error))
}

#[test]
fn results_are_coerced_as_in_an_async_fn() {
    let errors = [
        (0, std::fmt::Error.to_string()),
        (2, "converted".to_owned()),
    ];
    for (way, text) in errors {
        let mut items = pin!(coerces(way));
        assert_eq!(ready(items.try_next()).unwrap_err().to_string(), text);
    }
    for (way, text) in [(1, "\"returned\""), (3, "\"as written\""), (9, "9")] {
        let mut items = pin!(coerces(way));
        while ready(items.try_next()).unwrap().is_some() {}
        assert_eq!(format!("{:?}", items.take_return().unwrap()), text);
    }
    let mut items = pin!(coerces_its_tail());
    assert_eq!(ready(items.try_next()).unwrap(), Some(0));
    assert!(ready(items.try_next()).is_err());
}

#[test]
fn an_err_at_the_end_of_a_block_with_throws_is_the_error() {
    let block = gen_runtime::async_gen_block! {
        #![async_gen(yields = u8, throws = &'static str)]
        yield 1;
        Err("not lost")
    };
    let mut block = pin!(block);
    assert_eq!(ready(block.try_next()), Ok(Some(1)));
    assert_eq!(ready(block.try_next()), Err("not lost"));
    assert_eq!(block.take_return(), None::<()>);
}

#[derive(Debug, PartialEq)]
enum Answer {
    Ok(u8),
}

#[async_gen(throws = String, returns = Answer)]
async fn names_like_those_of_a_result(way: u8) -> u8 {
    match way {
        0 => return Answer::Ok(4),
        1 => return Result::Err("path".into()),
        2 => return std::result::Result::Ok(Answer::Ok(5)),
        3 => return Err::<_, String>("turbofish".into()),
        _ => yield_!(way),
    }
    Answer::Ok(way)
}

#[test]
fn a_result_is_recognised_by_its_name() {
    for (way, expected) in [
        (0, Ok(4)),
        (1, Err("path")),
        (2, Ok(5)),
        (3, Err("turbofish")),
        (9, Ok(9)),
    ] {
        let mut items = pin!(names_like_those_of_a_result(way));
        let end = loop {
            match ready(items.try_next()) {
                Ok(Some(_)) => {}
                Ok(None) => break Ok(items.take_return().unwrap()),
                Err(error) => break Err(error),
            }
        };
        assert_eq!(end, expected.map(Answer::Ok).map_err(str::to_owned));
    }
}
