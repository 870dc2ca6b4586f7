//! `attempt!` and `defer!`: what they catch, when they run, and in which order things are dropped.

use gen_runtime::{State, generator, generator_block, sync};
use probe::Log;

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
    Return,
    Question,
    Break,
    Continue,
    Throw,
    Close,
}

#[generator(throws = E)]
fn ways(log: Log, way: Way) -> u32 {
    for round in 0..2 {
        let value = {
            let _outside = log.guard("outside");
            defer! { log.push("first"); }
            defer! { log.push("second"); }
            let _inside = log.guard("inside");
            yield_!(round);
            match way {
                Way::End | Way::Throw | Way::Close => {}
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

#[test]
fn deferred_blocks_run_once_in_reverse_order_on_every_exit() {
    let cleanup = "-inside second first -outside";
    for (way, after, result, state) in [
        (Way::End, " =0", "Some(Ok(100))", State::Suspended),
        (Way::Return, "", "None", State::Finished),
        (Way::Question, "", "Some(Err(Own))", State::Finished),
        (Way::Break, " over", "None", State::Finished),
        (Way::Continue, "", "Some(Ok(1))", State::Suspended),
        (Way::Throw, "", "Err(Thrown)", State::Finished),
        (Way::Close, "", "Ok(())", State::Finished),
    ] {
        let log = Log::default();
        let mut items = sync::pin!(ways(log.clone(), way));
        assert_eq!(items.next(), Some(Ok(0)));
        assert_eq!(log.take(), "");
        let found = match way {
            Way::Throw => format!("{:?}", items.throw(E::Thrown)),
            Way::Close => format!("{:?}", items.close()),
            _ => format!("{:?}", items.next()),
        };
        assert_eq!((found.as_str(), items.state()), (result, state), "{way:?}");
        assert_eq!(log.take(), format!("{cleanup}{after}"), "{way:?}");
    }
}

#[test]
fn a_drop_runs_no_deferred_block() {
    let log = Log::default();
    let mut items = sync::Handle::boxed(ways(log.clone(), Way::End));
    items.next();
    drop(items);
    assert_eq!(log.take(), "-inside -outside");
}

#[generator(throws = E)]
fn parsed(log: Log, text: &str) -> i32 {
    let number = attempt! {
        let _guard = log.guard("guard");
        let number: i32 = text.parse().map_err(|_| E::Own)?;
        yield_!(number);
        number * 2
    };
    log.push(format_args!("{number:?}"));
    yield_!(-1);
}

#[test]
fn an_attempt_evaluates_to_its_value_its_error_or_what_is_thrown_in() {
    let log = Log::default();
    let mut items = sync::pin!(parsed(log.clone(), "4"));
    assert_eq!((items.next(), items.next()), (Some(Ok(4)), Some(Ok(-1))));
    assert_eq!(log.take(), "-guard Ok(8)");
    let mut items = sync::pin!(parsed(log.clone(), "four"));
    assert_eq!(items.next(), Some(Ok(-1)));
    assert_eq!(log.take(), "-guard Err(Own)");
    let mut items = sync::pin!(parsed(log.clone(), "4"));
    items.next();
    assert_eq!(items.throw(E::Thrown), Ok(Some(-1)));
    assert_eq!(
        (log.take().as_str(), items.state()),
        ("-guard Err(Thrown)", State::Suspended)
    );
    // No region is around the last yield.
    assert_eq!(items.throw(E::Thrown), Err(E::Thrown));
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_close_passes_attempts() {
    let log = Log::default();
    let mut items = sync::pin!(parsed(log.clone(), "4"));
    items.next();
    assert_eq!(items.close(), Ok(()));
    assert_eq!(
        (log.take().as_str(), items.state()),
        ("-guard", State::Finished)
    );
}

/// Catches any number of throws.
#[generator(throws = E, send = u32)]
fn stubborn(log: Log) -> u32 {
    let mut thrown = 0;
    loop {
        match attempt! { yield_!(thrown) } {
            Ok(value) => log.push(value),
            Err(_) => thrown += 1,
        }
    }
}

#[test]
fn throws_and_sends_may_alternate() {
    let log = Log::default();
    let mut items = sync::pin!(stubborn(log.clone()));
    assert_eq!(items.resume(), Some(Ok(0)));
    assert_eq!(items.throw(E::Thrown), Ok(Some(1)));
    assert_eq!(items.throw(E::Own), Ok(Some(2)));
    assert_eq!(items.send(7), Some(Ok(2)));
    assert_eq!(items.throw(E::Own), Ok(Some(3)));
    assert_eq!(items.close(), Ok(()));
    assert_eq!(log.take(), "7");
}

/// Has a cleanup that fails, inside an attempt.
#[generator(throws = E, returns = &'static str)]
fn failing_cleanup(log: Log) -> u32 {
    defer! { log.push("outer"); }
    let caught = attempt! {
        defer! {
            log.push("inner");
            // Inside a deferred block, a close does not pass it.
            let own = attempt! { Err(E::Own)? };
            log.push(format_args!("{own:?}"));
            Err(E::Cleanup)?;
        }
        yield_!(1);
    };
    log.push(format_args!("caught {caught:?}"));
    "returned"
}

#[test]
fn an_error_of_a_cleanup_replaces_a_throw_and_may_be_caught() {
    let log = Log::default();
    let mut items = sync::pin!(failing_cleanup(log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.throw(E::Thrown), Ok(None));
    assert_eq!(log.take(), "inner Err(Own) caught Err(Cleanup) outer");
    assert_eq!(items.take_return(), Some("returned"));
}

#[test]
fn an_error_of_a_cleanup_replaces_a_close_and_nothing_catches_it() {
    let log = Log::default();
    let mut items = sync::pin!(failing_cleanup(log.clone()));
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.close(), Err(E::Cleanup));
    assert_eq!(log.take(), "inner Err(Own) outer");
    assert_eq!(
        (items.state(), items.take_return()),
        (State::Finished, None)
    );
    assert_eq!(items.close(), Ok(()));
}

#[test]
fn locals_are_dropped_before_arguments_on_every_end() {
    #[generator(throws = E)]
    fn guarded(first: probe::Guard, second: probe::Guard, log: Log) -> u32 {
        let (_, _) = (&first, &second);
        let _a = log.guard("a");
        let _b = log.guard("b");
        yield_!(1);
    }
    let log = Log::default();
    for end in ["next", "close", "throw", "drop"] {
        let mut items = sync::Handle::boxed(guarded(
            log.guard("first"),
            log.guard("second"),
            log.clone(),
        ));
        assert_eq!(items.next(), Some(Ok(1)));
        match end {
            "next" => assert_eq!(items.next(), None),
            "close" => assert_eq!(items.close(), Ok(())),
            "throw" => assert_eq!(items.throw(E::Thrown), Err(E::Thrown)),
            _ => drop(items),
        }
        assert_eq!(log.take(), "-b -a -first -second", "{end}");
    }
}

#[test]
fn regions_of_a_block_catch_bare_yields_and_yields_in_macros() {
    let log = Log::default();
    let logged = log.clone();
    let mut items = sync::pin!(generator_block! {
        #![generator(yields = u32, throws = E, send = u32)]
        let sums = attempt! { vec![yield 1, (yield 2) + yield_!(3)] };
        println!("{:?}", attempt! { yield 4 });
        logged.push(format_args!("{sums:?}"));
    });
    assert_eq!(items.resume(), Some(Ok(1)));
    for (sent, item) in [(10, 2), (20, 3), (30, 4)] {
        assert_eq!(items.send(sent), Some(Ok(item)));
    }
    assert_eq!(items.throw(E::Thrown), Ok(None));
    assert_eq!(log.take(), "Ok([10, 50])");
}

#[test]
fn a_cleanup_may_drive_another_generator() {
    #[generator]
    fn nested(log: Log, depth: u32) -> u32 {
        defer! {
            if depth > 0 {
                let mut inner = sync::Handle::boxed(nested_boxed(log.clone(), depth - 1));
                log.push(format_args!("{:?}", inner.next()));
                inner.close().unwrap();
            }
            log.push(format_args!("closed{depth}"));
        }
        yield_!(depth);
    }
    #[generator(boxed, local)]
    fn nested_boxed(log: Log, depth: u32) -> u32 {
        yield_from!(nested(log, depth));
    }
    let log = Log::default();
    let mut items = sync::pin!(nested(log.clone(), 2));
    assert_eq!(items.next(), Some(2));
    assert_eq!(items.close(), Ok(()));
    assert_eq!(log.take(), "Some(1) Some(0) closed0 closed1 closed2");
}
