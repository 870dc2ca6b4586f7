//! Where interrupts land, and when they wait for a cleanup.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use gen_runtime::{State, async_gen, pin};
use probe::{Gate, Log, drop_half_way, ready};
use tokio::time::Instant;

/// The error that is thrown. Counts the errors that are alive.
#[derive(Debug)]
struct E(&'static str, Rc<Cell<usize>>);

impl E {
    fn new(name: &'static str, alive: &Rc<Cell<usize>>) -> Self {
        alive.set(alive.get() + 1);
        E(name, alive.clone())
    }
}

impl Drop for E {
    fn drop(&mut self) {
        self.1.set(self.1.get() - 1);
    }
}

/// Hides the await from `#[async_gen]`, which does not parse the tokens of unknown macros.
macro_rules! hidden_await {
    ($future:expr) => {
        $future.await
    };
}

/// A future that is ready once for each time it is released. Clones share one turnstile.
#[derive(Clone, Default)]
struct Turnstile {
    free: Rc<Cell<usize>>,
    polls: Rc<Cell<usize>>,
}

impl Future for Turnstile {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.polls.set(self.polls.get() + 1);
        match self.free.get().checked_sub(1) {
            Some(left) => {
                self.free.set(left);
                Poll::Ready(())
            }
            None => Poll::Pending,
        }
    }
}

/// Has every kind of suspension point, in nested regions.
#[async_gen(throws = E)]
async fn points(log: Log, turnstile: Turnstile) -> u32 {
    let caught = attempt! {
        let _outer = log.guard("outer");
        defer! {
            log.push("deferred");
        }
        let _inner = log.guard("inner");
        yield_!(0);
        log.push("await");
        turnstile.clone().await;
        log.push("hidden");
        hidden_await!(turnstile.clone());
        log.push("for_await");
        #[for_await]
        for () in futures::stream::once(turnstile.clone()) {
            log.push("item");
        }
        println!("{:?}", (log.push("argument"), yield_!(4)));
        #[allow(clippy::unit_cmp, reason = "tests a condition that suspends twice")]
        if yield_!(5) == () && yield_!(6) == () {
            log.push("condition");
        }
        {
            defer! {
                log.push("innermost");
            }
            yield_!(7);
            turnstile.clone().await;
        }
    };
    log.push(match &caught {
        Ok(()) => "through".to_owned(),
        Err(error) => format!("caught {}", error.0),
    });
    yield_!(100);
    caught?;
}

/// The log on the way to each suspension point, and whether the point is a yield.
const POINTS: [(&str, bool); 9] = [
    ("", true),
    ("await", false),
    ("hidden", false),
    ("for_await", false),
    ("item argument", true),
    ("", true),
    ("", true),
    ("condition", true),
    ("", false),
];

#[derive(Clone, Copy, Debug, PartialEq)]
enum Interrupt {
    Throw,
    Close,
}

fn land_at(last: usize, interrupt: Interrupt) {
    let context = format!("{interrupt:?} at point {last}");
    let (log, turnstile, alive) = (Log::default(), Turnstile::default(), Rc::default());
    let mut items = pin!(points(log.clone(), turnstile.clone()));
    for (point, (events, yields)) in POINTS[..=last].iter().enumerate() {
        turnstile
            .free
            .set(usize::from(items.state() == State::InFlight));
        if *yields {
            let item = ready(items.next()).unwrap().unwrap();
            assert_eq!(item as usize, point, "{context}");
        } else {
            drop_half_way(items.next());
            assert_eq!(items.state(), State::InFlight, "{context}");
        }
        assert_eq!(log.take(), *events, "{context}");
    }
    let polls = turnstile.polls.get();
    let innermost = if last >= 7 { "innermost " } else { "" };
    let left = format!("{innermost}-inner deferred -outer");
    match interrupt {
        Interrupt::Throw => {
            let item = ready(items.throw(E::new("e", &alive))).unwrap();
            assert_eq!(item, Some(100), "{context}");
            assert_eq!(log.take(), format!("{left} caught e"), "{context}");
            assert_eq!(alive.get(), 1, "{context}");
            assert_eq!(ready(items.next()).unwrap().unwrap_err().0, "e");
        }
        Interrupt::Close => {
            ready(items.close()).unwrap();
            assert_eq!(log.take(), left, "{context}");
        }
    }
    assert_eq!(items.state(), State::Finished);
    // A visible await is not polled again; a hidden one is polled once more.
    let hidden = usize::from(last == 2);
    assert_eq!(turnstile.polls.get(), polls + hidden, "{context}");
    assert_eq!(alive.get(), 0, "{context}");
}

#[test]
fn throw_and_close_land_at_every_suspension_point() {
    for point in 0..POINTS.len() {
        for interrupt in [Interrupt::Throw, Interrupt::Close] {
            land_at(point, interrupt);
        }
    }
}

/// A cleanup that awaits, followed by the suspension point or the exit that `then` names.
#[async_gen(throws = E, returns = &'static str)]
async fn shielded(log: Log, gate: Gate, then: &'static str) -> u32 {
    let caught = attempt! {
        {
            defer! {
                log.push("begins");
                gate.clone().await;
                log.push("ends");
                if then == "fail" {
                    Err(E("cleanup", own()))?;
                }
            }
            yield_!(1);
            match then {
                "raise" => Err(E("own", own()))?,
                "return" => return "returned",
                _ => {}
            }
        }
        let _guard = log.guard("value");
        match then {
            "yield" => yield_!(2),
            "await" => gate.clone().await,
            "ready" => std::future::ready(()).await,
            "hidden ready" => hidden_await!(std::future::ready(())),
            _ => {}
        }
        log.push("behind");
    };
    match caught {
        Ok(()) => log.push("through"),
        Err(error) => {
            log.push(format_args!("caught {}", error.0));
            yield_!(3);
        }
    }
    "end"
}

/// Returns a counter for an error that is not counted.
fn own() -> Rc<Cell<usize>> {
    Rc::new(Cell::new(1))
}

/// Makes a generator that is in flight, in its cleanup.
macro_rules! in_cleanup {
    ($items:ident, $log:ident, $gate:ident, $then:expr) => {
        let ($log, $gate) = (Log::default(), Gate::default());
        let mut $items = pin!(shielded($log.clone(), $gate.clone(), $then));
        ready($items.next()).unwrap().unwrap();
        drop_half_way($items.next());
        assert_eq!($log.take(), "begins");
        assert_eq!($items.state(), State::InFlight);
    };
}

#[test]
fn a_throw_waits_for_a_cleanup_and_lands_at_the_next_suspension_point() {
    for then in ["yield", "await", "ready"] {
        let alive = Rc::default();
        in_cleanup!(items, log, gate, then);
        let mut throw = items.throw(E::new("thrown", &alive));
        assert!(probe::poll(&mut throw).is_pending());
        assert!(probe::poll(&mut throw).is_pending());
        assert_eq!((log.take().as_str(), gate.polls()), ("", 3));
        gate.open();
        // The value of the yield that was just reached is dropped, and the await is not polled.
        let Poll::Ready(Ok(Some(3))) = probe::poll(&mut throw) else {
            panic!("{then}");
        };
        assert_eq!(log.take(), "ends -value caught thrown", "{then}");
        assert_eq!((gate.polls(), alive.get()), (4, 1), "{then}");
    }
}

#[test]
fn a_hidden_await_that_is_ready_is_not_a_suspension_point() {
    let alive = Rc::default();
    in_cleanup!(items, log, gate, "hidden ready");
    gate.open();
    // The throw does not land: the body ends first, and its return value is kept.
    assert_eq!(
        ready(items.throw(E::new("thrown", &alive))).unwrap_err().0,
        "thrown"
    );
    assert_eq!(log.take(), "ends behind -value through");
    assert_eq!(items.take_return(), Some("end"));
    assert_eq!(alive.get(), 0);
}

#[test]
fn an_interrupt_does_not_land_if_the_body_ends_first() {
    in_cleanup!(items, log, gate, "return");
    gate.open();
    let thrown = ready(items.throw(E("thrown", own()))).unwrap_err();
    assert_eq!((thrown.0, log.take().as_str()), ("thrown", "ends"));
    assert_eq!(items.take_return(), Some("returned"));

    in_cleanup!(items, log, gate, "return");
    gate.open();
    ready(items.close()).unwrap();
    assert_eq!(log.take(), "ends");
    assert_eq!(items.take_return(), Some("returned"));
}

#[test]
fn an_error_of_the_body_precedes_a_waiting_interrupt_and_may_be_caught() {
    let alive = Rc::default();
    in_cleanup!(items, log, gate, "raise");
    gate.open();
    // The body catches its own error. The thrown error lands at the next yield, where no region
    // takes it.
    assert_eq!(
        ready(items.throw(E::new("thrown", &alive))).unwrap_err().0,
        "thrown"
    );
    assert_eq!(log.take(), "ends caught own");
    assert_eq!(alive.get(), 0);

    in_cleanup!(items, log, gate, "raise");
    gate.open();
    ready(items.close()).unwrap();
    assert_eq!(log.take(), "ends caught own");
}

#[test]
fn an_error_of_a_cleanup_is_caught_unless_the_generator_is_closing() {
    in_cleanup!(items, log, gate, "fail");
    gate.open();
    assert_eq!(
        ready(items.throw(E("thrown", own()))).unwrap_err().0,
        "thrown"
    );
    assert_eq!(log.take(), "ends caught cleanup");

    in_cleanup!(items, log, gate, "fail");
    gate.open();
    assert_eq!(ready(items.close()).unwrap_err().0, "cleanup");
    assert_eq!(log.take(), "ends");
}

#[test]
fn a_throw_dropped_before_it_lands_has_no_effect() {
    let alive = Rc::default();
    in_cleanup!(items, log, gate, "yield");
    drop_half_way(items.throw(E::new("thrown", &alive)));
    assert_eq!((alive.get(), items.state()), (0, State::InFlight));
    gate.open();
    assert_eq!(ready(items.next()).unwrap().unwrap(), 2);
    assert_eq!(log.take(), "ends");
}

#[test]
fn a_throw_dropped_after_it_landed_continues() {
    let alive = Rc::default();
    let (log, gate) = (Log::default(), Gate::default());
    let mut items = pin!(shielded(log.clone(), gate.clone(), "yield"));
    ready(items.next()).unwrap().unwrap();
    drop_half_way(items.throw(E::new("thrown", &alive)));
    assert_eq!((log.take().as_str(), alive.get()), ("begins", 1));
    assert_eq!(items.state(), State::InFlight);
    gate.open();
    assert_eq!(ready(items.resume()).unwrap().unwrap(), 3);
    assert_eq!(log.take(), "ends caught thrown");
}

#[test]
fn a_close_dropped_before_it_lands_still_lands() {
    for then in ["yield", "await", "ready"] {
        in_cleanup!(items, log, gate, then);
        drop_half_way(items.close());
        assert_eq!(items.state(), State::Closing);
        gate.open();
        assert!(ready(items.next()).is_none());
        assert_eq!(log.take(), "ends -value", "{then}");
        assert_eq!(items.state(), State::Finished);
    }
}

/// A slow cleanup, so that every operation can be called while it runs.
#[async_gen(throws = E, send = u32)]
async fn closing_slowly(log: Log, gate: Gate, fails: bool) -> u32 {
    defer! {
        for round in 0..3 {
            gate.clone().await;
            gate.shut();
            log.push(round);
        }
        if fails {
            Err(E("cleanup", own()))?;
        }
    }
    yield_!(1);
}

#[test]
fn every_operation_has_its_documented_result_while_closing() {
    for fails in [false, true] {
        let (log, gate, alive) = (Log::default(), Gate::default(), Rc::default());
        let mut items = pin!(closing_slowly(log.clone(), gate.clone(), fails));
        ready(items.resume()).unwrap().unwrap();
        drop_half_way(items.close());
        assert_eq!(items.state(), State::Closing);

        // These calls return at once, and run nothing.
        let polls = gate.polls();
        gate.open();
        assert_eq!(
            ready(items.throw(E::new("thrown", &alive))).unwrap_err().0,
            "thrown"
        );
        assert_eq!(alive.get(), 0);
        assert!(ready(items.send(1)).is_none());
        assert_eq!(items.try_send(7).err(), Some(7));
        assert!(items.take_return().is_none());
        assert_eq!(items.state(), State::Closing);
        assert_eq!((gate.polls(), log.take().as_str()), (polls, ""));

        // These calls continue the close.
        drop_half_way(items.next());
        assert_eq!(log.take(), "0");
        gate.open();
        drop_half_way(items.resume());
        assert_eq!(log.take(), "1");
        drop_half_way(items.close());
        assert_eq!(log.take(), "");
        gate.open();
        if fails {
            // `try_next` returns the error of the cleanup.
            assert_eq!(ready(items.try_next()).unwrap_err().0, "cleanup");
        } else {
            assert!(ready(items.try_next()).unwrap().is_none());
        }
        assert_eq!((log.take().as_str(), items.state()), ("2", State::Finished));
        assert!(ready(items.next()).is_none());
        ready(items.close()).unwrap();
    }
}

#[test]
fn a_cleanup_inside_a_cleanup_is_shielded_by_both() {
    #[async_gen(throws = E)]
    async fn items(log: Log, gate: Gate) -> u32 {
        defer! {
            {
                defer! {
                    gate.clone().await;
                    log.push("inner");
                }
                gate.clone().await;
                log.push("middle");
            }
            // Not a suspension point for the interrupt, since the outer cleanup has not ended.
            std::future::ready(()).await;
            log.push("outer");
        }
        yield_!(1);
    }
    let (log, gate) = (Log::default(), Gate::default());
    let mut items = pin!(items(log.clone(), gate.clone()));
    ready(items.next()).unwrap().unwrap();
    drop_half_way(items.next());
    let mut throw = items.throw(E("thrown", own()));
    assert!(probe::poll(&mut throw).is_pending());
    gate.open();
    let Poll::Ready(result) = probe::poll(&mut throw) else {
        panic!("the gate is open");
    };
    assert_eq!(result.unwrap_err().0, "thrown");
    assert_eq!(log.take(), "middle inner outer");
}

/// A connection whose cleanup takes time.
#[async_gen(throws = E)]
async fn rows(log: Log) -> u32 {
    defer! {
        tokio::time::sleep(Duration::from_millis(1)).await;
        log.push("given back");
    }
    let mut wait = 1;
    loop {
        let row = attempt! {
            tokio::time::sleep(Duration::from_secs(wait)).await;
            yield_!(1);
        };
        if let Err(error) = row {
            log.push(error.0);
            wait = 0;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_throw_lands_at_once_after_a_timeout_in_select() {
    let log = Log::default();
    let mut rows = pin!(rows(log.clone()));
    assert!(rows.next().await.unwrap().is_ok());
    tokio::select! {
        _ = rows.next() => panic!("it sleeps longer than that"),
        () = tokio::time::sleep(Duration::from_millis(10)) => {}
    }
    assert_eq!(rows.state(), State::InFlight);
    // The throw does not wait for the second that the body sleeps.
    let begin = Instant::now();
    let item = rows.throw(E("hurry", own())).await.unwrap();
    assert_eq!((item, log.take().as_str()), (Some(1), "hurry"));
    assert!(begin.elapsed() < Duration::from_millis(10));
}

#[tokio::test(start_paused = true)]
async fn a_close_lands_at_once_after_a_timeout_around_next() {
    let log = Log::default();
    let mut rows = pin!(rows(log.clone()));
    let limit = Duration::from_millis(10);
    assert!(tokio::time::timeout(limit, rows.next()).await.is_err());
    let begin = Instant::now();
    rows.close().await.unwrap();
    assert_eq!(log.take(), "given back");
    assert!(begin.elapsed() < limit);
}
