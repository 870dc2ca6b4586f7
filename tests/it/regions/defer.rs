//! Tests of `defer!`: when it runs, how often, in which order, and the variables it sees.

use gen_runtime::{Handle, State, async_gen, async_gen_block, pin};
use probe::{Gate, Log, drop_half_way, panic_message, ready};

#[derive(Clone, Copy, Debug, PartialEq)]
enum E {
    Own,
    Thrown,
    Cleanup,
}

/// How the rest of the block is left.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    End,
    Value,
    Return,
    Question,
    Break,
    Continue,
    Throw,
    Close,
}

/// Where the rest of the block is suspended before it is left.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Point {
    Yield,
    Argument,
    Await,
    ForAwait,
    Hidden,
}

/// Hides the await from `#[async_gen]`, which does not parse the tokens of unknown macros.
macro_rules! hidden_await {
    ($future:expr) => {
        $future.await
    };
}

#[async_gen(throws = E)]
async fn ways(log: Log, gate: Gate, point: Point, way: Way) -> u32 {
    for round in 0..2 {
        let value = {
            let _outside = log.guard("outside");
            defer! {
                log.push("deferred");
                std::future::ready(()).await;
                log.push("done");
            }
            let _inside = log.guard("inside");
            match point {
                Point::Yield => yield_!(round),
                Point::Argument => drop((yield_!(round), 1)),
                Point::Await => gate.clone().await,
                Point::ForAwait =>
                {
                    #[for_await]
                    for () in futures::stream::once(gate.clone()) {}
                }
                Point::Hidden => hidden_await!(gate.clone()),
            }
            match way {
                Way::End | Way::Throw | Way::Close => {}
                Way::Value if round == 0 => log.push("value"),
                Way::Value => return,
                Way::Return => return,
                Way::Question => Err(E::Own)?,
                Way::Break => break,
                Way::Continue => continue,
            }
            round
        };
        log.push(format_args!("={value}"));
        yield_!(100);
    }
    log.push("over");
}

/// Returns the log from `point` to the end of the call, the call's result, and the state.
fn way_out(point: Point, way: Way) -> (String, String, State) {
    let (log, gate) = (Log::default(), Gate::default());
    let mut items = pin!(ways(log.clone(), gate.clone(), point, way));
    if matches!(point, Point::Yield | Point::Argument) {
        assert_eq!(ready(items.next()), Some(Ok(0)));
    } else {
        drop_half_way(items.next());
        assert_eq!(items.state(), State::InFlight);
    }
    assert_eq!(log.take(), "");
    if !matches!(way, Way::Throw | Way::Close) {
        gate.open();
    }
    let result = match way {
        Way::Throw => format!("{:?}", ready(items.throw(E::Thrown))),
        Way::Close => format!("{:?}", ready(items.close())),
        _ => format!("{:?}", ready(items.next())),
    };
    (log.take(), result, items.state())
}

#[test]
fn a_deferred_block_runs_once_on_every_exit_from_every_suspension_point() {
    let cleanup = "-inside deferred done -outside";
    for point in [
        Point::Yield,
        Point::Argument,
        Point::Await,
        Point::ForAwait,
        Point::Hidden,
    ] {
        // The next round yields at once, or passes the open gate and leaves in the same way.
        let yields = matches!(point, Point::Yield | Point::Argument);
        let (again, next, state) = if yields {
            (String::new(), "Some(Ok(1))", State::Suspended)
        } else {
            (format!(" {cleanup} over"), "None", State::Finished)
        };
        for (way, before, after, result, state) in [
            (Way::End, "", " =0", "Some(Ok(100))", State::Suspended),
            (
                Way::Value,
                "value ",
                " =0",
                "Some(Ok(100))",
                State::Suspended,
            ),
            (Way::Return, "", "", "None", State::Finished),
            (Way::Question, "", "", "Some(Err(Own))", State::Finished),
            (Way::Break, "", " over", "None", State::Finished),
            (Way::Continue, "", again.as_str(), next, state),
            (Way::Throw, "", "", "Err(Thrown)", State::Finished),
            (Way::Close, "", "", "Ok(())", State::Finished),
        ] {
            let expected = (
                format!("{before}{cleanup}{after}"),
                result.to_owned(),
                state,
            );
            assert_eq!(way_out(point, way), expected, "{way:?} after {point:?}");
        }
    }
}

#[test]
fn neither_a_panic_nor_a_drop_runs_a_deferred_block() {
    #[async_gen]
    async fn items(log: Log, panics: bool) -> u32 {
        defer! {
            log.push("deferred");
        }
        let _guard = log.guard("guard");
        yield_!(1);
        assert!(!panics, "in the body");
        yield_!(2);
    }
    let log = Log::default();
    let mut panicking = pin!(items(log.clone(), true));
    ready(panicking.next());
    assert_eq!(panic_message(|| ready(panicking.next())), "in the body");
    assert_eq!(log.take(), "-guard");
    assert_eq!(panicking.state(), State::Finished);

    let mut dropped = Handle::boxed(items(log.clone(), false));
    ready(dropped.next());
    drop(dropped);
    assert_eq!(log.take(), "-guard");
}

#[test]
fn a_defer_that_was_not_reached_does_not_run() {
    #[async_gen(throws = E)]
    async fn items(log: Log) -> u32 {
        yield_!(1);
        defer! {
            log.push("first");
        }
        yield_!(2);
        if log.take() == "return" {
            return;
        }
        defer! {
            log.push("second");
        }
        yield_!(3);
    }
    let log = Log::default();
    let mut created = pin!(items(log.clone()));
    assert_eq!(ready(created.close()), Ok(()));
    assert_eq!(log.take(), "");
    for (steps, expected) in [(1, ""), (2, "first"), (3, "second first")] {
        let mut items = pin!(items(log.clone()));
        for _ in 0..steps {
            ready(items.next());
        }
        assert_eq!(ready(items.close()), Ok(()));
        assert_eq!(log.take(), expected);
    }
    let mut returns = pin!(items(log.clone()));
    ready(returns.next());
    ready(returns.next());
    log.push("return");
    assert_eq!(ready(returns.next()), None);
    assert_eq!(log.take(), "first");
}

#[test]
fn deferred_blocks_run_in_reverse_order_and_see_changes_of_the_others() {
    #[async_gen]
    async fn items(log: Log) -> usize {
        let mut seen = vec!["body".to_owned()];
        defer! {
            seen.push("first".to_owned());
            log.push(seen.join("+"));
        }
        let more = String::from("more");
        defer! {
            seen.push(more.clone());
            seen.push("second".to_owned());
        }
        seen.push("rest".to_owned());
        yield_!(seen.len());
        defer! {
            seen.push(format!("third{}", more.len()));
        }
    }
    let log = Log::default();
    let mut ends = pin!(items(log.clone()));
    while ready(ends.next()).is_some() {}
    assert_eq!(log.take(), "body+rest+third4+more+second+first");
    let mut closed = pin!(items(log.clone()));
    assert_eq!(ready(closed.next()), Some(2));
    assert_eq!(ready(closed.close()), Ok(()));
    assert_eq!(log.take(), "body+rest+more+second+first");
}

#[test]
fn a_defer_at_the_end_of_a_block_runs_at_once() {
    #[async_gen]
    async fn items(log: Log) -> u32 {
        {
            log.push("block");
            defer! { log.push("deferred") }
        }
        yield_!(1);
        defer!(log.push("in parentheses"););
    }
    let log = Log::default();
    let mut items = pin!(items(log.clone()));
    ready(items.next());
    assert_eq!(log.take(), "block deferred");
    ready(items.next());
    assert_eq!(log.take(), "in parentheses");
}

#[test]
fn items_after_a_defer_are_visible_before_it_and_inside_it() {
    #[async_gen(returns = u32)]
    async fn items(log: Log) -> u32 {
        log.push(helper(1));
        defer! {
            log.push(helper(CONSTANT));
        }
        const CONSTANT: u32 = 10;
        use std::convert::identity as same;
        fn helper(n: u32) -> u32 {
            same(n + 1)
        }
        yield_!(helper(2));
        helper(3)
    }
    let log = Log::default();
    let mut items = pin!(items(log.clone()));
    assert_eq!(ready(items.next()), Some(3));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(4));
    assert_eq!(log.take(), "2 11");
}

/// The deferred block fails.
#[async_gen(throws = E)]
async fn failing(log: Log, way: Way) -> u32 {
    let outer = attempt! {
        defer! {
            log.push("outer");
        }
        defer! {
            log.push("fails");
            Err(E::Cleanup)?;
        }
        yield_!(1);
        match way {
            Way::Return => return,
            Way::Question => Err(E::Own)?,
            _ => {}
        }
    };
    log.push(format_args!("{outer:?}"));
    yield_!(2);
}

#[test]
fn an_error_of_a_cleanup_replaces_the_pending_exit_and_may_be_caught_outside() {
    for way in [Way::End, Way::Return, Way::Question] {
        let log = Log::default();
        let mut items = pin!(failing(log.clone(), way));
        ready(items.next());
        assert_eq!(ready(items.next()), Some(Ok(2)));
        assert_eq!(log.take(), "fails outer Err(Cleanup)", "{way:?}");
    }
    let log = Log::default();
    let mut items = pin!(failing(log.clone(), Way::End));
    ready(items.next());
    assert_eq!(ready(items.throw(E::Thrown)), Ok(Some(2)));
    assert_eq!(log.take(), "fails outer Err(Cleanup)");
}

#[test]
fn while_closing_an_error_of_a_cleanup_is_not_caught_and_close_returns_it() {
    let log = Log::default();
    let mut items = pin!(failing(log.clone(), Way::End));
    ready(items.next());
    assert_eq!(ready(items.close()), Err(E::Cleanup));
    assert_eq!(log.take(), "fails outer");
    assert_eq!(items.state(), State::Finished);
    assert_eq!(ready(items.close()), Ok(()));
}

#[test]
fn the_error_of_the_outermost_failing_cleanup_is_the_result() {
    #[async_gen(throws = u32)]
    async fn items() -> u32 {
        defer! { Err(1_u32)? }
        let _ = attempt! {
            defer! { Err(2_u32)? }
            defer! { Err(3_u32)? }
            yield_!(1);
        };
    }
    let mut closed = pin!(items());
    ready(closed.next());
    assert_eq!(ready(closed.close()), Err(1));
    let mut ended = pin!(items());
    ready(ended.next());
    assert_eq!(ready(ended.next()), Some(Err(1)));
}

#[test]
fn an_attempt_inside_a_defer_catches_errors() {
    #[async_gen(throws = E)]
    async fn items(log: Log) -> u32 {
        defer! {
            let caught = attempt! {
                defer! {
                    Err(E::Cleanup)?;
                }
                Err(E::Own)?;
            };
            log.push(format_args!("{caught:?}"));
            for round in 0..3 {
                if round == 1 {
                    continue;
                }
                let _ = attempt! { if round == 2 { break } };
                log.push(round);
            }
        }
        yield_!(1);
    }
    for close in [true, false] {
        let log = Log::default();
        let mut items = pin!(items(log.clone()));
        ready(items.next());
        if close {
            assert_eq!(ready(items.close()), Ok(()));
        } else {
            assert_eq!(ready(items.next()), None);
        }
        assert_eq!(log.take(), "Err(Cleanup) 0");
    }
}

#[test]
fn a_loop_of_failing_cleanups_can_be_closed() {
    #[async_gen(throws = E)]
    async fn items(log: Log) -> u32 {
        loop {
            let _ = attempt! {
                defer! {
                    log.push("cleanup");
                    Err(E::Cleanup)?;
                }
                yield_!(1);
            };
        }
    }
    let log = Log::default();
    let mut items = pin!(items(log.clone()));
    ready(items.next());
    ready(items.next());
    assert_eq!(log.take(), "cleanup");
    assert_eq!(ready(items.close()), Err(E::Cleanup));
    assert_eq!(log.take(), "cleanup");
}

#[test]
fn a_moved_variable_is_dropped_with_its_new_owner() {
    #[async_gen]
    async fn items(log: Log) -> u32 {
        let moved = log.guard("moved");
        let kept = log.guard("kept");
        defer! {
            log.push("deferred");
        }
        let _owner = moved;
        let _reference = &kept;
        yield_!(1);
    }
    let log = Log::default();
    let mut items = pin!(items(log.clone()));
    ready(items.next());
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "-moved deferred -kept");
}

#[test]
fn a_defer_in_an_anonymous_generator_runs_and_may_loop_over_a_stream() {
    let log = Log::default();
    let gate = Gate::default();
    let inner = (log.clone(), gate.clone());
    let mut items = pin!(async_gen_block! {
        let (log, gate) = inner;
        defer! {
            for await n in futures::stream::iter(0..2) {
                gate.clone().await;
                log.push(n);
            }
        }
        yield 1;
        yield 2;
    });
    assert_eq!(ready(items.next()), Some(1));
    drop_half_way(items.close());
    assert_eq!(items.state(), State::Closing);
    gate.open();
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "0 1");
}

#[test]
fn the_value_of_a_body_with_a_defer_is_coerced() {
    #[async_gen(throws = u8, returns = Box<dyn std::fmt::Display>)]
    async fn items(way: u8) -> u32 {
        defer! {}
        yield_!(1);
        defer! {}
        if way == 0 {
            return Box::new("returned");
        }
        if way == 1 { Box::new(1) } else { Box::new('c') }
    }
    #[async_gen(throws = u8, returns = &'text str)]
    async fn wrapped<'text>(text: &'text String) -> u32 {
        defer! {}
        yield_!(1);
        Ok(text)
    }
    for (way, expected) in [(0, "returned"), (1, "1"), (2, "c")] {
        let mut items = pin!(items(way));
        while ready(items.try_next()).unwrap().is_some() {}
        assert_eq!(items.take_return().unwrap().to_string(), expected);
    }
    let text = "text".to_owned();
    let mut wrapped = pin!(wrapped(&text));
    while ready(wrapped.try_next()).unwrap().is_some() {}
    assert_eq!(wrapped.take_return(), Some("text"));
}

#[test]
fn items_after_a_defer_may_use_macros_defined_after_it() {
    #[async_gen]
    async fn items(log: Log) -> u32 {
        defer! {
            log.push(first());
        }
        fn first() -> u32 {
            1
        }
        macro_rules! two {
            () => {
                2
            };
        }
        fn second() -> u32 {
            two!()
        }
        yield_!(second());
    }
    let log = Log::default();
    let mut items = pin!(items(log.clone()));
    assert_eq!(ready(items.next()), Some(2));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "1");
}

#[async_gen]
async fn many(log: Log) -> u32 {
    defer! { log.push(1); }
    defer! { log.push(2); }
    defer! { log.push(3); }
    defer! { log.push(4); }
    defer! { log.push(5); }
    defer! { log.push(6); }
    defer! { log.push(7); }
    defer! { log.push(8); }
    defer! { log.push(9); }
    defer! { log.push(10); }
    defer! { log.push(11); }
    defer! { log.push(12); }
    defer! { log.push(13); }
    defer! { log.push(14); }
    defer! { log.push(15); }
    defer! { log.push(16); }
    defer! { log.push(17); }
    defer! { log.push(18); }
    defer! { log.push(19); }
    defer! { log.push(20); }
    defer! { log.push(21); }
    defer! { log.push(22); }
    defer! { log.push(23); }
    defer! { log.push(24); }
    yield_!(0);
}

#[test]
fn as_many_defers_compile_as_the_guide_promises() {
    let log = Log::default();
    let mut items = pin!(many(log.clone()));
    assert_eq!(ready(items.next()), Some(0));
    assert_eq!(ready(items.close()), Ok(()));
    let expected: Vec<_> = (1..=24).rev().map(|n| n.to_string()).collect();
    assert_eq!(log.take(), expected.join(" "));
}
