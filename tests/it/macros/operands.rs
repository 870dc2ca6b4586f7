//! Operands of the standard library's macros are code of the body.

use std::fmt::Write as _;
use std::future::{Future, ready as immediately};
use std::pin::Pin;
use std::task::{Context, Poll};

use gen_runtime::{async_gen, async_gen_block, pin};
use probe::{Gate, Log, Wakes, drop_half_way, panic_message, poll_with, ready};

#[derive(Debug, Clone, PartialEq)]
struct Refused;

fn all<T>(items: impl futures::Stream<Item = T>) -> Vec<T> {
    use futures::StreamExt as _;
    ready(items.collect())
}

#[async_gen(throws = Refused)]
async fn every_macro(log: Log) -> String {
    defer! { log.push("clean"); }
    let one = || immediately(1);
    print!("{}", one().await);
    println!("{} {two}", one().await, two = immediately(2).await);
    eprint!("{0} {0}\n", one().await,);
    eprintln!("{}", one().await);
    let mut text = format!("{:>width$}", one().await, width = immediately(3).await);
    write!(text, "{}", one().await).unwrap();
    writeln! { text, "{}", immediately(2).await }.unwrap();
    text.push_str(&std::format_args!("{}", one().await).to_string());
    yield_!(text);
    let list = vec![one().await, immediately(2).await];
    let three = vec![immediately('x').await; immediately(3).await];
    yield_!(format!("{list:?} {three:?}"));
    assert!(immediately(true).await);
    assert!(immediately(true).await, "{}", one().await);
    assert_eq!(one().await, 1);
    assert_ne!(one().await, immediately(2).await, "not {}", one().await);
    debug_assert!(immediately(true).await);
    debug_assert_eq!(one().await, 1);
    debug_assert_ne!(one().await, 2);
    assert!(matches!(one().await, 1));
    assert!(matches!(Some(one().await), Some(n) if n == immediately(1).await));
    assert_eq!(dbg!(one().await, immediately(2).await), (1, 2));
    yield_!(dbg!(format!(
        "{}",
        std::vec![format!("{}", one().await)].concat()
    )));
}

#[test]
fn operands_of_every_macro_may_await() {
    let log = Log::default();
    let items = all(every_macro(log.clone()));
    let expected = ["  112\n1", "[1, 2] ['x', 'x', 'x']", "1"];
    assert_eq!(items, expected.map(|item| Ok(item.to_owned())));
    assert_eq!(log.take(), "clean");
}

#[async_gen]
async fn panics(how: u8) -> u32 {
    defer! {}
    yield_!(0);
    match how {
        0 => panic!("{}", immediately("panic").await),
        1 => todo!("{}", immediately("todo").await),
        2 => unimplemented!("{}", immediately("unimplemented").await),
        3 => assert!(!immediately(true).await, "{}", immediately("assert").await),
        _ => unreachable!("{}", immediately("unreachable").await),
    }
}

#[test]
fn the_message_of_a_panic_may_await() {
    let texts = [
        "panic",
        "not yet implemented: todo",
        "not implemented: unimplemented",
        "assert",
    ];
    for (how, text) in (0..).zip(texts) {
        let mut items = pin!(panics(how));
        assert_eq!(ready(items.next()), Some(0));
        assert_eq!(panic_message(|| ready(items.next())), text);
    }
    let mut items = pin!(panics(9));
    assert_eq!(ready(items.next()), Some(0));
    let text = panic_message(|| ready(items.next()));
    assert_eq!(
        text,
        "internal error: entered unreachable code: unreachable"
    );
}

/// Returns whether it is polled with the executor's own waker.
struct Sees<'a>(&'a std::task::Waker);

impl Future for Sees<'_> {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        Poll::Ready(self.0.data() == cx.waker().data() && self.0.vtable() == cx.waker().vtable())
    }
}

#[test]
fn awaits_in_operands_see_the_executors_waker() {
    let (waker, _) = Wakes::new();
    let expected = &waker;
    let mut items = pin!(async_gen_block! {
        assert!(Sees(expected).await);
        yield format!("{}", Sees(expected).await);
    });
    let poll = poll_with(&mut items.next(), &waker);
    assert_eq!(poll, Poll::Ready(Some("true".to_owned())));
}

#[async_gen(throws = Refused)]
async fn waits(log: Log, gate: Gate) -> u32 {
    let caught = attempt! { println!("{:?}", gate.clone().await); };
    log.push(if caught.is_ok() { "printed" } else { "caught" });
    println!("{:?}", gate.await);
    yield_!(1);
}

#[test]
fn an_interrupt_lands_in_an_operand_at_once() {
    let (log, gate) = <(Log, Gate)>::default();
    let mut items = pin!(waits(log.clone(), gate.clone()));
    drop_half_way(items.next());
    gate.open();
    assert_eq!(ready(items.throw(Refused)), Ok(Some(1)));
    assert_eq!(log.take(), "caught");
    // Polled once before the throw, which does not poll it, and once after.
    assert_eq!(gate.polls(), 2);
}

#[async_gen(send = u32, throws = Refused, returns = u32)]
async fn leaves(log: Log, how: u8) -> u32 {
    defer! { log.push("outer"); }
    let mut round = 0;
    loop {
        defer! { log.push("inner"); }
        round += 1;
        let sum = format!(
            "{}",
            match how {
                0 => return round,
                1 => break,
                2 if round == 1 => continue,
                3 => Err(Refused)?,
                _ => 10 + yield_!(round),
            }
        );
        println!(
            "{}",
            if sum.is_empty() {
                return Err(Refused);
            } else {
                sum
            }
        );
        return round * 100;
    }
    200
}

#[test]
fn operands_may_leave_regions_in_every_way() {
    let log = Log::default();
    for (how, returned, events) in [(0, 1, "inner outer"), (1, 200, "inner outer")] {
        let mut items = pin!(leaves(log.clone(), how));
        assert_eq!(ready(items.resume()), None);
        assert_eq!(items.take_return(), Some(returned));
        assert_eq!(log.take(), events);
    }
    let mut items = pin!(leaves(log.clone(), 2));
    assert_eq!(ready(items.resume()), Some(Ok(2)));
    assert_eq!(log.take(), "inner");
    assert_eq!(ready(items.send(5)), None);
    assert_eq!(items.take_return(), Some(200));
    assert_eq!(log.take(), "inner outer");
    let mut items = pin!(leaves(log.clone(), 3));
    assert_eq!(ready(items.resume()), Some(Err(Refused)));
    assert_eq!(log.take(), "inner outer");
}

#[async_gen(throws = Refused)]
async fn regions(log: Log) -> u32 {
    let seven = 7;
    println!("{:?}", attempt! { yield_!(seven) });
    assert_eq!(
        attempt! {
            macro_rules! emit { ($value:expr) => { yield_!($value) } }
            println!("{}", immediately(2).await);
            emit!(8);
            seven
        },
        Err(Refused),
        "{}",
        {
            yield_!(100);
            log.push("no");
            0
        },
    );
    let list = vec![
        {
            let inner = seven + 1;
            defer! { log.push(inner); immediately(()).await; }
            yield_!(9);
            assert!(attempt! { Err(Refused)? }.is_err());
            inner
        },
        dbg!(attempt! { 1 }?, 2).0,
    ];
    yield_!(list.iter().sum());
    let _ = format!("{:?}", {
        defer! { log.push("left"); }
        return;
    });
}

#[test]
fn operands_may_contain_regions() {
    let log = Log::default();
    let mut items = pin!(regions(log.clone()));
    assert_eq!(ready(items.try_next()), Ok(Some(7)));
    assert_eq!(ready(items.throw(Refused)), Ok(Some(8)));
    assert_eq!(ready(items.throw(Refused)), Ok(Some(9)));
    assert_eq!(log.take(), "");
    assert_eq!(ready(items.try_next()), Ok(Some(9)));
    assert_eq!(log.take(), "8");
    assert_eq!(ready(items.try_next()), Ok(None));
    assert_eq!(log.take(), "left");
}

#[async_gen]
async fn bare() -> u32 {
    defer! {}
    println!(
        "{}",
        format!("{:?}", tokio::join!(immediately(1), async { 2 }))
    );
    assert_eq!(
        tokio::select! { n = immediately(3) => { yield_!(n); 4 } },
        4
    );
}

#[test]
fn operands_may_contain_other_known_macros() {
    assert_eq!(all(bare()), [3]);
}

#[async_gen(throws = Refused, returns = u32)]
async fn guards_and_ends(n: u32) -> u32 {
    let state = Some(n);
    if matches!(state, Some(n) if attempt! { yield_!(immediately(n).await) }.is_err()) {
        let lengths = [0_u8; {
            assert!('whole: { break 'whole true });
            3
        }];
        return u32::try_from(lengths.len()).unwrap();
    }
    let last: u32 = {
        defer! {}
        if immediately(n == 1).await {
            return 1;
        }
        unreachable!("{}", immediately(n).await);
    };
    last
}

#[test]
fn a_guard_may_use_the_bindings_of_its_pattern_and_a_block_may_end_in_a_panic() {
    let mut items = pin!(guards_and_ends(5));
    assert_eq!(ready(items.next()), Some(Ok(5)));
    assert_eq!(ready(items.throw(Refused)), Ok(None));
    assert_eq!(items.take_return(), Some(3));
    let mut items = pin!(guards_and_ends(1));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some(1));
}

/// Other macros with the names of the standard library's.
mod others {
    use super::*;

    /// Takes a value and a type. Does not evaluate other tokens.
    macro_rules! assert {
        ($body:expr, as $ty:ty) => {{ let value: $ty = $body; value }};
        ($($tokens:tt)*) => { stringify!($($tokens)*) };
    }

    /// Evaluates its operand twice.
    macro_rules! vec {
        ($value:expr) => {
            [$value, $value]
        };
    }

    #[async_gen]
    async fn of_the_user() -> String {
        defer! {}
        yield_!(assert!(immediately(1).await, as u32).to_string());
        yield_!(assert!(never evaluated).to_owned());
        yield_!(format!("{:?}", vec!(immediately(2).await)));
    }

    #[test]
    fn other_macros_with_these_names_keep_their_meaning() {
        assert_eq!(all(of_the_user()), ["1", "never evaluated", "[2, 2]"]);
    }
}

#[async_gen(send = usize)]
async fn assigned(log: Log) -> u8 {
    let mut list = [0, 0];
    dbg!(list[yield_!(0)] = 5);
    log.push(format_args!("{list:?}"));
}

#[test]
fn the_left_side_of_an_assignment_is_lowered() {
    let log = Log::default();
    let mut items = pin!(assigned(log.clone()));
    assert_eq!(ready(items.resume()), Some(0));
    assert_eq!(ready(items.send(1)), None);
    assert_eq!(log.take(), "[0, 5]");
}

#[async_gen]
async fn macros_of_others() -> u8 {
    mod others {
        macro_rules! defer {
            ($value:expr) => {
                $value
            };
        }
        pub(super) use defer;
    }
    macro_rules! passes {
        ($value:expr) => {
            $value
        };
    }
    yield_!(passes!(others::defer!(1)));
}

#[test]
fn a_region_with_a_path_is_a_macro_of_its_own() {
    let mut items = pin!(macros_of_others());
    assert_eq!(ready(items.next()), Some(1));
}
