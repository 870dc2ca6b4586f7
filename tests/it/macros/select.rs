//! `select!` of tokio and futures: every form of their syntax, and handlers as code of the body.

use std::future::{Future, pending, ready as immediately};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::stream::FusedStream as _;
use futures::{FutureExt as _, StreamExt as _};
use gen_runtime::{async_gen, async_gen_block, pin};
use probe::{Gate, Log, Wakes, drop_half_way, poll_with, ready};

/// Returns all items of a generator that never waits.
fn all<T>(items: impl futures::Stream<Item = T>) -> Vec<T> {
    ready(items.collect())
}

mod tokio_forms {
    use super::*;

    #[async_gen]
    async fn patterns() -> String {
        tokio::select! {
            Some(number) = immediately(Some(1)) => yield_!(number.to_string()),
            else => yield_!("none".to_owned()),
        }
        tokio::select! {
            Some(number) = immediately(None::<u8>) => yield_!(number.to_string()),
            else => yield_!("none".to_owned()),
        }
        tokio::select! {
            (mut a, ref b @ 2..=9, [.., c], _) = immediately((1, 2, [3, 4], 5)) => {
                a += 1;
                yield_!(format!("{a} {b} {c}"));
            }
        }
        tokio::select! {
            | Ok(either) | Err(either) = immediately(Err::<u8, u8>(6)) => yield_!(either.to_string()),
        }
        tokio::select!(_ = immediately(7) => yield_!("any".to_owned()));
        tokio::select![() = immediately(()) => { yield_!("unit".to_owned()) }];
    }

    #[test]
    fn patterns_bind_variables_or_disable_a_branch() {
        let expected = ["1", "none", "2 2 4", "6", "any", "unit"];
        assert_eq!(all(patterns()), expected);
    }

    #[async_gen]
    async fn preconditions(enabled: bool) -> &'static str {
        tokio::select! {
            biased;
            () = immediately(()), if enabled => yield_!("enabled"),
            () = immediately(()), if !enabled && immediately(true).await => {
                yield_!("otherwise");
            }
            else => { yield_!("neither"); },
        };
        tokio::select! {
            () = immediately(()), if false => {}
            else => { yield_!("else") }
        }
    }

    #[test]
    fn preconditions_choose_a_branch_and_may_await() {
        assert_eq!(all(preconditions(true)), ["enabled", "else"]);
        assert_eq!(all(preconditions(false)), ["otherwise", "else"]);
    }

    #[async_gen(send = u32)]
    async fn values() -> u32 {
        let chosen = tokio::select! {
            biased;
            () = pending() => unreachable!(),
            value = immediately(1) => value + yield_!(value),
            else => 0,
        };
        let text = tokio::select! { _unused = immediately(()) => "text" };
        yield_!(chosen + u32::try_from(text.len()).unwrap());
        // The value of a block, and an operand.
        let sum = 1 + {
            tokio::select! {
                value = immediately(20) => { yield_!(value) }
            }
        };
        yield_!(sum);
    }

    #[test]
    fn a_select_evaluates_to_its_handler() {
        let mut numbers = pin!(values());
        assert_eq!(ready(numbers.resume()), Some(1));
        assert_eq!(ready(numbers.send(10)), Some(15));
        assert_eq!(ready(numbers.send(0)), Some(20));
        assert_eq!(ready(numbers.send(5)), Some(6));
        assert_eq!(ready(numbers.send(0)), None);
    }

    #[async_gen]
    async fn moved(future: impl Future<Output = u32>, name: String) -> String {
        // `future` is not `Unpin`, and making the second future moves `name`.
        tokio::select! {
            number = future => yield_!(number.to_string()),
            text = immediately(name) => yield_!(text),
        }
    }

    #[test]
    fn a_future_given_by_name_is_moved() {
        assert_eq!(
            all(moved(async { pending().await }, "text".into())),
            ["text"]
        );
    }

    #[async_gen]
    async fn by_reference(mut gate: Gate, other: Gate) -> &'static str {
        loop {
            tokio::select! {
                biased;
                () = other.clone() => { yield_!("other"); other.shut(); }
                () = &mut gate => break,
            }
        }
        yield_!("gate");
    }

    #[test]
    fn a_future_given_by_reference_continues_in_the_next_round() {
        let (gate, other) = (Gate::default(), Gate::default());
        let mut items = pin!(by_reference(gate.clone(), other.clone()));
        other.open();
        assert_eq!(ready(items.next()), Some("other"));
        drop_half_way(items.next());
        gate.open();
        assert_eq!(ready(items.next()), Some("gate"));
        assert_eq!(ready(items.next()), None);
        assert_eq!((gate.polls(), other.polls()), (2, 3));
    }

    mod imported {
        use std::future::ready as immediately;

        use gen_runtime::async_gen;
        use tokio as t;
        use tokio::select;
        use tokio::select as choose;

        #[async_gen]
        pub(super) async fn by_three_names() -> u32 {
            defer! {}
            select! { n = immediately(1) => { yield_!(n) } }
            t::select! { n = immediately(2) => yield_!(n) }
            // Not known by this name: the await in its handler is hidden, but the yield is not.
            choose! { n = immediately(3) => yield_!(immediately(n).await) };
            select! { () = immediately(()) => return }
        }
    }

    #[test]
    fn a_select_may_be_called_by_another_path_or_name() {
        assert_eq!(all(imported::by_three_names()), [1, 2, 3]);
    }
}

mod futures_forms {
    use super::*;

    #[async_gen]
    async fn names_and_expressions() -> String {
        let mut first = immediately(1).fuse();
        let mut second = pending::<u32>().fuse();
        let mut numbers = futures::stream::iter([10, 20]).fuse();
        loop {
            futures::select! {
                number = first => { yield_!(format!("first {number}")); }
                number = numbers.next() => match number {
                    Some(number) => yield_!(format!("number {number}")),
                    None => break,
                },
                _ = second => unreachable!(),
            }
        }
        assert!(numbers.is_terminated());
        yield_!("end".to_owned());
    }

    #[test]
    fn a_future_given_by_name_is_borrowed() {
        let mut items = all(names_and_expressions());
        assert_eq!(items.pop().unwrap(), "end");
        items.sort();
        // The stream may end the loop before the other future is chosen.
        assert!(items.ends_with(&["number 10".to_owned(), "number 20".to_owned()]));
    }

    #[async_gen]
    async fn words(gate: Gate) -> &'static str {
        let mut done = gate.fuse();
        futures::select! {
            () = done => yield_!("early"),
            default => yield_!("default"),
        }
        futures::select! {
            () = done => { yield_!("done") }
        };
        futures::select_biased! {
            () = done => unreachable!(),
            complete => yield_!("complete"),
        }
    }

    #[test]
    fn default_and_complete_branches_may_yield() {
        let gate = Gate::default();
        let mut items = pin!(words(gate.clone()));
        assert_eq!(ready(items.next()), Some("default"));
        drop_half_way(items.next());
        gate.open();
        assert_eq!(ready(items.next()), Some("done"));
        assert_eq!(ready(items.next()), Some("complete"));
        assert_eq!(ready(items.next()), None);
    }

    mod imported {
        use std::future::ready as immediately;

        use futures::{FutureExt as _, select, select_biased};
        use gen_runtime::async_gen;

        #[async_gen]
        pub(super) async fn biased() -> u32 {
            defer! {}
            let (mut a, mut b) = (immediately(1).fuse(), immediately(2).fuse());
            loop {
                select_biased! {
                    n = a => yield_!(n),
                    n = b => yield_!(n),
                    complete => break,
                }
            }
            let mut last = immediately(3).fuse();
            select! { n = last => { yield_!(n); return; } }
        }
    }

    #[test]
    fn a_select_of_futures_may_be_called_by_its_imported_name() {
        assert_eq!(all(imported::biased()), [1, 2, 3]);
    }
}

/// Ready at once. Returns whether it is polled with the executor's own waker.
struct SeesWaker<'a>(&'a std::task::Waker);

impl Future for SeesWaker<'_> {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        Poll::Ready(self.0.data() == cx.waker().data() && self.0.vtable() == cx.waker().vtable())
    }
}

#[test]
fn futures_and_handlers_see_the_executors_waker() {
    let (waker, _) = Wakes::new();
    let expected = &waker;
    let mut seen = pin!(async_gen_block! {
        let mut named = SeesWaker(expected).fuse();
        yield tokio::select! { seen = SeesWaker(expected) => seen & SeesWaker(expected).await };
        yield futures::select! { seen = named => seen & SeesWaker(expected).await };
    });
    for _ in 0..2 {
        assert_eq!(poll_with(&mut seen.next(), &waker), Poll::Ready(Some(true)));
    }
}

#[derive(Debug, PartialEq)]
struct Refused;

/// Yields rows until the shutdown. Logs its cleanup however it ends.
#[async_gen(throws = Refused, returns = &'static str)]
async fn rows(log: Log, shutdown: Gate, next: Gate) -> u32 {
    defer! {
        log.push("clean");
        std::future::ready(()).await;
    }
    let mut row = 0;
    loop {
        tokio::select! {
            biased;
            () = shutdown.clone() => return "shutdown",
            () = next.clone(), if row < 3 => {
                defer! { log.push("row"); }
                row += 1;
                if row == 2 {
                    continue;
                }
                let taken = attempt! { yield_!(row) };
                if taken.is_err() {
                    break;
                }
            }
            else => Err(Refused)?,
        }
        if row == 3 {
            next.shut();
        }
    }
    "broken"
}

#[test]
fn handlers_may_leave_regions_in_every_way() {
    let (log, shutdown, next) = <(Log, Gate, Gate)>::default();
    next.open();
    let mut items = pin!(rows(log.clone(), shutdown.clone(), next.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(3)));
    assert_eq!(log.take(), "row row");
    drop_half_way(items.next());
    assert_eq!(log.take(), "row");
    shutdown.open();
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some("shutdown"));
    assert_eq!(log.take(), "clean");

    shutdown.shut();
    next.open();
    let mut items = pin!(rows(log.clone(), shutdown.clone(), next.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(Refused)), Ok(None));
    assert_eq!(items.take_return(), Some("broken"));
    assert_eq!(log.take(), "row clean");
}

#[async_gen(throws = Refused)]
async fn fallible(log: Log, gate: Gate, opened: Result<u32, Refused>) -> u32 {
    defer! { log.push("clean"); }
    tokio::select! {
        // An error here leaves the body.
        number = immediately(opened?), if Some(1).ok_or(Refused)? == 1 => yield_!(number),
        () = gate => Err(Refused)?,
    }
    futures::select! {
        number = immediately(match 1 { 1 => 5, _ => return }).fuse() => yield_!(number),
    }
}

#[test]
fn an_error_in_a_futures_expression_leaves_the_body() {
    let log = Log::default();
    let mut items = pin!(fallible(log.clone(), Gate::default(), Err(Refused)));
    assert_eq!(ready(items.next()), Some(Err(Refused)));
    assert_eq!(log.take(), "clean");
    let mut items = pin!(fallible(log.clone(), Gate::default(), Ok(4)));
    assert_eq!(ready(items.try_next()), Ok(Some(4)));
    assert_eq!(ready(items.try_next()), Ok(Some(5)));
    assert_eq!(ready(items.try_next()), Ok(None));
    assert_eq!(log.take(), "clean");
}

#[test]
fn an_interrupt_lands_at_a_select_at_once() {
    let (log, gate) = <(Log, Gate)>::default();
    let mut items = pin!(rows(log.clone(), gate.clone(), Gate::default()));
    drop_half_way(items.next());
    assert_eq!(gate.polls(), 1);
    // Ready by now, but not polled again.
    gate.open();
    assert_eq!(ready(items.throw(Refused)), Err(Refused));
    assert_eq!(gate.polls(), 1);
    assert_eq!(log.take(), "clean");

    gate.shut();
    let mut items = pin!(rows(log.clone(), gate.clone(), Gate::default()));
    drop_half_way(items.next());
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!((gate.polls(), log.take().as_str()), (2, "clean"));
}

#[async_gen]
async fn cleans_up_by_select(log: Log, gate: Gate) -> u32 {
    defer! {
        tokio::select! {
            biased;
            () = gate => log.push("gate"),
            () = immediately(()) => { immediately(()).await; log.push("timeout"); }
        }
    }
    yield_!(1);
}

#[test]
fn a_cleanup_may_contain_a_select() {
    let log = Log::default();
    let mut items = pin!(cleans_up_by_select(log.clone(), Gate::default()));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "timeout");
}

#[async_gen]
async fn nested() -> u32 {
    tokio::select! {
        a = async { tokio::select! { a = immediately(1) => a } } => tokio::select! {
            b = futures::future::lazy(|_| 2) => {
                let sum = async { futures::select! { c = immediately(3).fuse() => c + b } };
                yield_!(a + sum.await);
            }
        },
    }
}

#[test]
fn a_select_may_contain_others() {
    assert_eq!(all(nested()), [6]);
}

/// Another macro named `select!`.
mod others {
    use super::*;

    macro_rules! select {
        (from $table:ident where $($condition:tt)*) => {
            $table.iter().copied().filter(|row| *row $($condition)*)
        };
        ($name:pat = $value:expr => $then:expr) => {
            match $value { $name => $then }
        };
    }

    #[async_gen]
    async fn of_the_user() -> u32 {
        defer! {}
        let table = [1, 2, 3];
        for row in select!(from table where > 1) {
            yield_!(row);
        }
        let chosen = select! { a = 10 => a + immediately(1).await };
        yield_!(chosen);
    }

    #[test]
    fn another_macro_named_select_keeps_its_meaning() {
        assert_eq!(all(of_the_user()), [2, 3, 11]);
    }
}
