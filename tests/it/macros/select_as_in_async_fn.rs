//! Properties of `select!` and `join!` in an `async fn` that are easily lost when the parts of a macro
//! are moved.

use std::cell::Cell;
use std::future::{Future, pending, ready as immediately};
use std::mem::size_of_val;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use futures::executor::block_on;
use futures::{FutureExt as _, StreamExt as _};
use gen_runtime::{async_gen, async_gen_block, pin};
use probe::{Guard, Log, ready};

/// Returns all items of a generator that never waits.
fn all<T>(items: impl futures::Stream<Item = T>) -> Vec<T> {
    ready(items.collect())
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Refused;

#[async_gen]
async fn permits() -> usize {
    let permits = tokio::sync::Semaphore::new(1);
    tokio::select! {
        Ok(_) = permits.acquire() => yield_!(permits.available_permits()),
        else => {}
    }
    yield_!(permits.available_permits());
    let lock = tokio::sync::Mutex::new(());
    tokio::select! { _ = lock.lock() => yield_!(usize::from(lock.try_lock().is_err())) }
}

#[test]
fn a_value_that_a_pattern_does_not_bind_lives_as_long_as_the_handler() {
    assert_eq!(all(permits()), [0, 1, 1]);
}

#[async_gen]
async fn references() -> u32 {
    let mut pair = (1, 2);
    let shared = &mut pair;
    futures::select! { &mut (ref mut a, _) = immediately(shared).fuse() => *a += 10 }
    yield_!(pair.0);
    let whole = &(5_u32, [6_u32; 3]);
    tokio::select! {
        &(ref a, [ref b, ref rest @ ..]) = immediately(whole) => {
            yield_!(u32::from(std::ptr::eq(a, &raw const whole.0)) + *b + rest[1]);
        }
    }
    tokio::select! { Some(ref mut last) = immediately(Some(7)) => { *last += 1; yield_!(*last); } }
}

#[test]
fn patterns_may_bind_by_reference() {
    assert_eq!(all(references()), [11, 13, 8]);
}

#[async_gen(throws = Refused)]
async fn order(log: Log) -> bool {
    let note = |event| {
        log.push(event);
        true
    };
    tokio::select! {
        biased;
        () = { note("future a"); immediately(Ok(()).map_err(|()| Refused)?) }, if note("if a") => {}
        () = { note("future b"); immediately(()) }, if note("if b") => {}
        else => {}
    }
    let numbers = Mutex::new(vec![1, 2]);
    tokio::select! {
        _number = immediately(numbers.lock().unwrap().pop().ok_or(Refused)?) => {
            yield_!(numbers.try_lock().is_ok());
        }
    }
    let (_number, free) = tokio::join!(
        immediately(numbers.lock().unwrap().pop().ok_or(Refused)?),
        async { numbers.try_lock().is_ok() },
    );
    yield_!(free);
}

#[test]
fn preconditions_run_before_futures_are_made_and_temporaries_are_dropped_before_the_await() {
    let log = Log::default();
    let items = all(order(log.clone()));
    assert_eq!(items, [Ok(true), Ok(true)]);
    assert_eq!(log.take(), "if a if b future a future b");
}

#[async_gen(bounds = Send)]
async fn sends() -> u32 {
    let count = Cell::new(3);
    let make: Box<dyn Fn() -> std::future::Ready<u32> + Send> = Box::new(|| immediately(1));
    tokio::select! { n = make(), if count.get() == 3 => yield_!(n), else => {} }
    let (a, b) = tokio::join!(make(), make());
    yield_!(a + b + count.get());
}

#[test]
fn a_generator_is_send_even_if_its_futures_are_made_from_values_that_are_not_sync() {
    assert_eq!(all(sends()), [1, 5]);
}

macro_rules! ensure {
    ($condition:expr) => {
        if !$condition {
            return Ok(());
        }
    };
}

#[async_gen(throws = Refused)]
async fn hidden(how: u32) -> u32 {
    let refuse = || Err::<u32, Refused>(Refused);
    tokio::select! {
        () = { ensure!(how > 0); immediately(()) } => {}
    }
    yield_!(how);
    let text: Result<(usize, u32), Refused> = tokio::try_join!(
        immediately(Ok(format!("{}", if how == 1 { refuse()? } else { 1 }).len())),
        immediately(Ok(1)),
    );
    yield_!(u32::from(text.is_ok()));
}

#[test]
fn a_return_hidden_in_a_futures_expression_leaves_the_body() {
    assert_eq!(all(hidden(0)), []);
    assert_eq!(all(hidden(1)), [Ok(1), Err(Refused)]);
    assert_eq!(all(hidden(2)), [Ok(2), Ok(1)]);
}

#[async_gen(send = u32)]
async fn yields() -> u32 {
    tokio::select! { n = immediately(yield_!(1)) => { yield_!(n); } }
    let (a, b) = futures::join!(immediately(yield_!(2)), immediately(yield_!(3)));
    yield_!(a + b);
}

#[test]
fn a_futures_expression_may_yield() {
    let mut items = pin!(yields());
    assert_eq!(ready(items.resume()), Some(1));
    for (sent, item) in [(10, 10), (0, 2), (20, 3), (30, 50)] {
        assert_eq!(ready(items.send(sent)), Some(item));
    }
}

const LIMIT: u32 = 3;

#[derive(Clone, Copy)]
struct Row {
    id: u32,
    name: &'static str,
}

#[async_gen]
async fn constants(n: u32) -> &'static str {
    let row = Row { id: n, name: "row" };
    tokio::select! {
        (LIMIT, ()) = immediately((n, ())) => yield_!("limit"),
        else => yield_!("other"),
    }
    tokio::select! {
        Row { id: 0..=LIMIT, name } = immediately(row) => yield_!(name),
        Some(None | Some(())) = immediately(None::<Option<()>>) => yield_!("none"),
        else => yield_!("else"),
    }
}

#[test]
fn patterns_may_contain_constants_ranges_and_fields() {
    assert_eq!(all(constants(3)), ["limit", "row"]);
    assert_eq!(all(constants(4)), ["other", "else"]);
}

macro_rules! by_fragments {
    ($pat:pat, $future:expr, $condition:expr, $handler:block) => {
        #[async_gen]
        async fn fragments() -> u32 {
            defer! {}
            tokio::select! {
                $pat = $future, if $condition => $handler
                () = pending() => return,
            }
        }
    };
}

by_fragments!(Some(n @ 1..), immediately(Some(1 + 1)), true, {
    yield_!(n * 10);
});

#[test]
fn a_select_may_consist_of_fragments() {
    assert_eq!(all(fragments()), [20]);
}

#[test]
fn a_handler_may_use_for_await_where_bare_yields_are_allowed() {
    let items = async_gen_block! {
        tokio::select! {
            numbers = immediately([1, 2]) => {
                for await n in futures::stream::iter(numbers) {
                    yield n;
                }
            }
        }
    };
    assert_eq!(all(items), [1, 2]);
}

#[allow(
    non_snake_case,
    unused_assignments,
    reason = "tests the field `Name` and the assignment to `open`"
)]
#[async_gen]
async fn opened(mut open: bool, name: String) -> String {
    tokio::select! {
        biased;
        text = { open = false; immediately(name) }, if open => yield_!(text),
        else => yield_!("closed".to_owned()),
    }
    struct Named {
        Name: String,
        of: u32,
    }
    {
        let named = Named {
            Name: "capital".to_owned(),
            of: 1,
        };
        tokio::select! { Named { Name, of } = immediately(named) => yield_!(format!("{Name} {of}")) }
    }
}

#[test]
fn a_precondition_is_read_before_the_futures_and_a_field_may_have_a_capital_letter() {
    let open = all(opened(true, "open".to_owned()));
    assert_eq!(open, ["open", "capital 1"]);
    let closed = all(opened(false, "open".to_owned()));
    assert_eq!(closed, ["closed", "capital 1"]);
}

/// Is ready with `output` after `polls` polls. Unlike an async block, it holds its guard until it is dropped.
struct Holding<T> {
    polls: u32,
    output: T,
    _guard: Guard,
}

fn holding<T: Copy + Unpin>(log: &Log, name: &'static str, polls: u32, output: T) -> Holding<T> {
    Holding {
        polls,
        output,
        _guard: log.guard(name),
    }
}

impl<T: Copy + Unpin> Future for Holding<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        if self.polls == 0 {
            return Poll::Ready(self.output);
        }
        self.polls -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Defines an `async fn` and a generator of the same body.
macro_rules! both {
    ($plain:ident, $generator:ident($log:ident) $body:block) => {
        async fn $plain($log: Log) {
            $body
        }

        #[async_gen]
        async fn $generator($log: Log) -> u32 {
            $body
        }
    };
}

both! {
    drops, drops_in_a_generator(log) {
        tokio::select! {
            biased;
            () = holding(&log, "a", 2, ()) => log.push("handler a"),
            // Its pattern does not match: the branch is disabled, and its future stays.
            Some(()) = holding(&log, "b", 0, None) => {}
            () = holding(&log, "c", 9, ()) => {}
        }
        log.push("join");
        tokio::join!(
            holding(&log, "d", 3, ()),
            async {
                holding(&log, "e", 1, ()).await;
                log.push("end of e");
            },
            holding(&log, "f", 0, ()),
        );
        log.push("try_join");
        let result: Result<((), ()), Refused> = tokio::try_join!(
            holding(&log, "g", 0, Ok(())),
            holding(&log, "h", 1, Err(Refused)),
        );
        log.push(result.is_err());
        log.push("futures");
        futures::select_biased! {
            () = holding(&log, "i", 1, ()).fuse() => log.push("handler i"),
            () = holding(&log, "j", 2, ()).fuse() => {}
        }
        futures::join!(holding(&log, "k", 2, ()), holding(&log, "l", 0, ()));
        log.push("end");
    }
}

#[test]
fn the_futures_of_a_macro_are_dropped_when_those_of_an_async_fn_are() {
    let (expected, log) = (Log::default(), Log::default());
    block_on(drops(expected.clone()));
    let items: Vec<u32> = block_on(drops_in_a_generator(log.clone()).collect());
    assert_eq!(items, []);
    let expected = expected.take();
    assert_eq!(log.take(), expected);
    assert!(
        expected.starts_with("-a -b -c handler a join -f -e end of e -d"),
        "{expected}"
    );
}

async fn large() -> u32 {
    let bytes = [0_u8; 1024];
    tokio::task::yield_now().await;
    u32::from(std::hint::black_box(&bytes)[0])
}

#[async_gen]
async fn selects() -> u32 {
    tokio::select! {
        n = large() => yield_!(n),
        n = large() => yield_!(n),
        n = large() => yield_!(n),
    }
}

#[async_gen]
async fn joins() -> u32 {
    let (a, b, c) = tokio::join!(large(), large(), large());
    yield_!(a + b + c);
}

#[test]
fn each_future_of_a_macro_is_stored_once() {
    let once = 3 * size_of_val(&large());
    let (selects, joins) = (size_of_val(&selects()), size_of_val(&joins()));
    assert!(selects < once + 128, "{selects} bytes");
    assert!(joins < once + 256, "{joins} bytes");
}
