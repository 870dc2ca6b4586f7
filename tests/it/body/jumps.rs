//! `return`, `break` and `continue` leave regions as they leave plain blocks.

use gen_runtime::{async_gen, pin};
use probe::{Log, ready};

/// How a round leaves its regions.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    End,
    Return,
    ReturnErr,
    Raise,
    Break,
    BreakOuter,
    Continue,
    ContinueOuter,
    BreakBlock,
}

/// Two loops and a labelled block, around a `defer!` in an `attempt!` in a `defer!`.
#[async_gen(throws = Way, returns = &'static str)]
async fn crossed(log: Log, way: Way) -> u32 {
    let broken = 'outer: loop {
        log.push("outer");
        'rounds: for round in 0..2 {
            log.push(round);
            let block = 'block: {
                defer! {
                    log.push("deferred");
                }
                let caught = attempt! {
                    let _local = log.guard("local");
                    defer! {
                        log.push("inner");
                    }
                    yield_!(round);
                    match way {
                        Way::End => {}
                        Way::Return => return "returned",
                        Way::ReturnErr => return Err(Way::ReturnErr),
                        Way::Raise => Err(Way::Raise)?,
                        Way::Break => break 'rounds,
                        Way::BreakOuter => break 'outer "outer broken",
                        Way::Continue => continue 'rounds,
                        Way::ContinueOuter if round == 0 => continue 'outer,
                        Way::ContinueOuter => {}
                        Way::BreakBlock => break 'block "block broken",
                    }
                    "end"
                };
                log.push(format_args!("{caught:?}"));
                "through"
            };
            log.push(block);
        }
        log.push("loop over");
        break "broken";
    };
    log.push("after");
    broken
}

/// Runs the body for at most four items.
fn run(way: Way) -> (String, Vec<Result<u32, Way>>, Option<&'static str>) {
    let log = Log::default();
    let mut items = pin!(crossed(log.clone(), way));
    let mut all = Vec::new();
    while let Some(item) = ready(items.next()) {
        all.push(item);
        if all.len() == 4 {
            break;
        }
    }
    (log.take(), all, items.take_return())
}

#[test]
fn a_region_that_reaches_its_end_evaluates_to_its_value() {
    let (log, items, value) = run(Way::End);
    let round = "inner -local Ok(\"end\") deferred through";
    assert_eq!(log, format!("outer 0 {round} 1 {round} loop over after"));
    assert_eq!((items, value), (vec![Ok(0), Ok(1)], Some("broken")));
}

#[test]
fn return_leaves_the_body() {
    let (log, items, value) = run(Way::Return);
    assert_eq!(log, "outer 0 inner -local deferred");
    assert_eq!((items, value), (vec![Ok(0)], Some("returned")));
}

#[test]
fn a_returned_error_is_not_caught() {
    let (log, items, value) = run(Way::ReturnErr);
    assert_eq!(log, "outer 0 inner -local deferred");
    assert_eq!((items, value), (vec![Ok(0), Err(Way::ReturnErr)], None));
}

#[test]
fn an_error_of_a_question_mark_is_caught() {
    let (log, items, value) = run(Way::Raise);
    let round = "inner -local Err(Raise) deferred through";
    assert_eq!(log, format!("outer 0 {round} 1 {round} loop over after"));
    assert_eq!((items, value), (vec![Ok(0), Ok(1)], Some("broken")));
}

#[test]
fn break_leaves_the_loop() {
    let (log, items, value) = run(Way::Break);
    assert_eq!(log, "outer 0 inner -local deferred loop over after");
    assert_eq!((items, value), (vec![Ok(0)], Some("broken")));
}

#[test]
fn break_with_a_label_and_a_value_leaves_the_outer_loop() {
    let (log, items, value) = run(Way::BreakOuter);
    assert_eq!(log, "outer 0 inner -local deferred after");
    assert_eq!((items, value), (vec![Ok(0)], Some("outer broken")));
}

#[test]
fn continue_starts_the_next_round() {
    let (log, items, value) = run(Way::Continue);
    let round = "inner -local deferred";
    assert_eq!(log, format!("outer 0 {round} 1 {round} loop over after"));
    assert_eq!((items, value), (vec![Ok(0), Ok(1)], Some("broken")));
}

#[test]
fn continue_with_a_label_continues_the_outer_loop() {
    let (log, items, value) = run(Way::ContinueOuter);
    let round = "outer 0 inner -local deferred";
    assert_eq!(
        log,
        [round; 4]
            .join(" ")
            .strip_suffix(" inner -local deferred")
            .unwrap()
    );
    assert_eq!((items.len(), value), (4, None));
}

#[test]
fn break_of_a_labelled_block_is_its_value() {
    let (log, items, value) = run(Way::BreakBlock);
    let round = "inner -local deferred block broken";
    assert_eq!(log, format!("outer 0 {round} 1 {round} loop over after"));
    assert_eq!((items, value), (vec![Ok(0), Ok(1)], Some("broken")));
}

/// Jumps to loops and labels inside a region, which shadow those outside.
#[async_gen(throws = ())]
async fn stays(log: Log) -> u32 {
    'same: for outer in 0..2 {
        let result = attempt! {
            'same: for inner in 0..3 {
                yield_!(outer * 10 + inner);
                match inner {
                    0 => continue,
                    1 => continue 'same,
                    _ => {}
                }
                break 'same;
            }
            let value = 'block: {
                if outer == 0 {
                    break 'block 1;
                }
                2
            };
            let closure = || {
                for n in 0.. {
                    if n == 3 {
                        return n;
                    }
                }
                0
            };
            value + closure()
        };
        log.push(format_args!("{result:?}"));
        if outer == 1 {
            break 'same;
        }
    }
}

#[test]
fn jumps_inside_a_region_stay_inside() {
    let log = Log::default();
    let mut items = pin!(stays(log.clone()));
    let mut all = Vec::new();
    while let Some(Ok(item)) = ready(items.next()) {
        all.push(item);
    }
    assert_eq!(all, [0, 1, 2, 10, 11, 12]);
    assert_eq!(log.take(), "Ok(4) Ok(5)");
}

/// Leaves one region with values of several types.
#[async_gen(returns = Box<dyn std::fmt::Display>)]
async fn several_values(mut way: usize, text: String) -> usize {
    let number: u64 = 'number: {
        let word: String = 'word: {
            defer! {
                way += text.len();
            }
            yield_!(way);
            match way {
                0 => break 'word text.clone(),
                1 => break 'number 7,
                2 => return Box::new('c'),
                _ => {
                    if way == 3 {
                        return Box::new(3.5);
                    }
                }
            }
            return Box::new("last");
        };
        return Box::new(word);
    };
    Box::new(number)
}

#[test]
fn one_region_may_be_left_with_values_of_several_types() {
    for (way, expected) in ["text", "7", "c", "3.5", "last"].into_iter().enumerate() {
        let mut items = pin!(several_values(way, "text".to_owned()));
        assert_eq!(ready(items.next()), Some(way));
        assert_eq!(ready(items.next()), None);
        assert_eq!(items.take_return().unwrap().to_string(), expected);
    }
}

/// Leaves regions without `throws`, and without values.
#[async_gen]
async fn plain(log: Log) -> u32 {
    'rounds: for round in 0.. {
        defer! {
            log.push(format_args!("deferred{round}"));
        }
        loop {
            defer! {
                log.push("inner");
            }
            yield_!(round);
            match round {
                0 => continue 'rounds,
                1 => break,
                2 => break 'rounds,
                _ => return,
            }
        }
        log.push("after");
    }
    log.push("over");
    defer! {
        log.push("end");
    }
    return;
}

#[test]
fn jumps_leave_regions_without_throws() {
    let log = Log::default();
    let mut items = pin!(plain(log.clone()));
    while ready(items.next()).is_some() {}
    let first = "inner deferred0";
    let second = "inner after deferred1";
    assert_eq!(
        log.take(),
        format!("{first} {second} inner deferred2 over end")
    );
}
