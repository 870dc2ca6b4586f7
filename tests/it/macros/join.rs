//! `join!` and `try_join!` of tokio and futures, each of which is one await of the body.

use std::future::{Future, ready as immediately};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use gen_runtime::{async_gen, async_gen_block, pin};
use probe::{Gate, Log, Wakes, drop_half_way, poll_with, ready};

#[derive(Debug, PartialEq)]
struct Refused;

fn refuse() -> std::future::Ready<Result<u32, Refused>> {
    immediately(Err(Refused))
}

mod imported {
    use std::future::ready as immediately;

    use futures::{join, try_join};
    use gen_runtime::async_gen;

    #[async_gen(throws = super::Refused)]
    pub(super) async fn of_futures() -> u32 {
        let b = immediately(2);
        let (a, b) = join!(immediately(1), b,);
        yield_!(a + b);
        let (c,) = try_join!(async { Ok(4) })?;
        yield_!(c);
        let refused: Result<(u32, u32), _> = try_join![super::refuse(), immediately(Ok(5))];
        refused?;
    }
}

#[test]
fn join_and_try_join_of_futures_evaluate_to_the_outputs() {
    let mut items = pin!(imported::of_futures());
    assert_eq!(ready(items.try_next()), Ok(Some(3)));
    assert_eq!(ready(items.try_next()), Ok(Some(4)));
    assert_eq!(ready(items.try_next()), Err(Refused));
}

#[async_gen(throws = Refused)]
async fn of_tokio(fails: bool) -> u32 {
    let (a, b) = tokio::join!(immediately(1), immediately(2));
    yield_!(a + b);
    let (a, b, ()) = tokio::join! { biased; immediately(a), immediately(b), async {} };
    yield_!(a + b);
    tokio::join! { async {} };
    tokio::join!();
    // `try_join!` fails in an operand, or in one of its futures.
    let given = if fails { Err(Refused) } else { Ok(4) };
    let (c, d) = tokio::try_join!(immediately(Ok::<u32, Refused>(given?)), async { Ok(5) })?;
    yield_!(c + d);
    tokio::try_join!(biased; refuse(), refuse(),)?;
}

#[test]
fn join_and_try_join_of_tokio_evaluate_to_the_outputs() {
    let mut items = pin!(of_tokio(false));
    for expected in [3, 3, 9] {
        assert_eq!(ready(items.try_next()), Ok(Some(expected)));
    }
    assert_eq!(ready(items.try_next()), Err(Refused));
    let mut items = pin!(of_tokio(true));
    for expected in [3, 3] {
        assert_eq!(ready(items.try_next()), Ok(Some(expected)));
    }
    assert_eq!(ready(items.try_next()), Err(Refused));
}

/// Ready only if it is polled with this waker.
struct Sees<'a>(&'a Waker);

impl Future for Sees<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.data() == cx.waker().data() && self.0.vtable() == cx.waker().vtable() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

#[test]
fn tokios_join_passes_the_executors_waker_on() {
    let (waker, _) = Wakes::new();
    let expected = &waker;
    let mut items = pin!(async_gen_block! {
        tokio::join!(Sees(expected), Sees(expected));
        yield 1;
    });
    assert_eq!(poll_with(&mut items.next(), &waker), Poll::Ready(Some(1)));
}

#[async_gen(throws = Refused)]
async fn joined(log: Log, first: Gate, second: Gate) -> u32 {
    defer! { log.push("clean"); }
    let both = attempt! { futures::join!(first, second); };
    log.push(if both.is_ok() { "joined" } else { "refused" });
    yield_!(1);
}

#[test]
fn an_interrupt_lands_at_a_join_at_once() {
    let (log, first, second) = <(Log, Gate, Gate)>::default();
    let mut items = pin!(joined(log.clone(), first.clone(), second.clone()));
    drop_half_way(items.next());
    first.open();
    second.open();
    assert_eq!(ready(items.throw(Refused)), Ok(Some(1)));
    assert_eq!(log.take(), "refused");
    assert_eq!((first.polls(), second.polls()), (1, 1));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "clean");
}

/// Other macros named `join!`.
mod others {
    use super::*;

    macro_rules! join {
        ($a:expr => $b:expr) => {
            [$a, $b].concat()
        };
        ($($part:expr),*) => {
            [$($part),*].join("-")
        };
    }

    #[async_gen]
    async fn of_the_user(name: String) -> String {
        defer! {}
        let joined = join!("a" => &name);
        yield_!(joined);
        let joined = join!(name.as_str(), "c");
        yield_!(joined);
    }

    #[test]
    fn another_macro_named_join_keeps_its_meaning() {
        let mut items = pin!(of_the_user("b".to_owned()));
        assert_eq!(ready(items.next()).as_deref(), Some("ab"));
        assert_eq!(ready(items.next()).as_deref(), Some("b-c"));
        assert_eq!(ready(items.next()), None);
    }
}
