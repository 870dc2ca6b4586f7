//! An argument that is named only in the head of a `#[for_await]` is pinned in place, which only the size
//! of the generator shows.

use std::cell::Cell;
use std::marker::PhantomPinned;
use std::mem::size_of_val;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::{Stream, StreamExt as _};
use gen_runtime::{AsyncGenerator, Handle, async_gen, pin};
use probe::{Gate, Guard, Log, drop_half_way, ready};

#[async_gen]
async fn numbers(to: u32) -> u32 {
    for n in 0..to {
        yield_!(n);
    }
}

#[async_gen]
async fn relay<S: Stream<Item = u32>>(inner: S) -> u32 {
    #[for_await]
    for n in inner {
        yield_!(n);
    }
}

#[test]
fn each_generator_around_another_adds_the_same_number_of_bytes() {
    let (zero, one, two) = (numbers(3), relay(numbers(3)), relay(relay(numbers(3))));
    let three = relay(relay(relay(numbers(3))));
    let [zero, one, two, three_bytes] = [
        size_of_val(&zero),
        size_of_val(&one),
        size_of_val(&two),
        size_of_val(&three),
    ];
    assert_eq!(two - one, three_bytes - two);
    // The innermost one is aligned to four bytes only.
    assert!(two - one <= one - zero + 4);
    assert_eq!(ready(three.collect::<Vec<_>>()), [0, 1, 2]);
}

/// A stream that panics if it is moved after it was polled.
struct Still {
    left: Cell<u32>,
    address: Cell<Option<usize>>,
    log: Log,
    _pinned: PhantomPinned,
}

impl Still {
    fn new(left: u32, log: &Log) -> Self {
        Still {
            left: Cell::new(left),
            address: Cell::new(None),
            log: log.clone(),
            _pinned: PhantomPinned,
        }
    }

    fn check(&self) {
        let here = std::ptr::from_ref(self).addr();
        let known = self.address.replace(Some(here));
        assert!(known.is_none_or(|address| address == here));
    }
}

impl Stream for Still {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        self.check();
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        Poll::Ready((left > 0).then_some(left))
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        if self.address.get().is_some() {
            self.check();
        }
        self.log.push("-stream");
    }
}

/// How the body leaves its loop over the items 3, 2 and 1, if it reaches the loop.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    End,
    Break,
    Return,
    Fail,
    Skip,
    Wait,
}

/// Defines the same body twice: one loops over the argument in place, one over a variable that it was moved
/// to.
macro_rules! twice {
    ($($name:ident($stream:ident) { $($moved:tt)* })*) => {$(
        #[async_gen(throws = &'static str)]
        async fn $name<S: Stream<Item = u32>>(first: Guard, $stream: S, last: Guard, log: Log, way: Way) -> u32 {
            $($moved)*
            let _local = log.guard("local");
            if way == Way::Skip {
                return;
            }
            let caught = attempt! {
                let _region = log.guard("region");
                #[for_await]
                'rounds: for n in $stream {
                    match way {
                        Way::Break if n == 2 => break 'rounds,
                        Way::Return if n == 2 => return,
                        Way::Fail if n == 2 => Err("failed")?,
                        Way::Wait if n == 2 => Gate::default().await,
                        _ => yield_!(n),
                    }
                }
                log.push("looped");
            };
            log.push(if caught.is_ok() { "passed" } else { "caught" });
            let _ = (&first, &last);
        }
    )*};
}

twice! {
    in_place(stream) {}
    moved(stream) { let stream = stream; }
}

fn events<G>(make: impl FnOnce(Guard, Still, Guard, Log) -> G, end: &str) -> String
where
    G: AsyncGenerator<
            Sent = (),
            Yield = u32,
            Error = &'static str,
            Item = Result<u32, &'static str>,
        >,
{
    let log = Log::default();
    {
        let guards = (log.guard("first"), log.guard("last"));
        let mut items = Handle::boxed(make(guards.0, Still::new(3, &log), guards.1, log.clone()));
        if end != "unpolled" {
            let first = ready(items.next());
            log.push(format_args!("{first:?}"));
        }
        match end {
            "close" => ready(items.close()).unwrap(),
            "throw" => log.push(format_args!("{:?}", ready(items.throw("thrown")))),
            "wait" => drop_half_way(items.next()),
            "drop" | "unpolled" => {}
            _ => {
                while let Some(item) = ready(items.next()) {
                    log.push(format_args!("{item:?}"));
                }
            }
        }
        log.push("|");
    }
    log.take()
}

#[test]
fn an_argument_pinned_in_place_is_dropped_where_the_loop_would_drop_it() {
    let cases = [
        (Way::End, "end"),
        (Way::Break, "end"),
        (Way::Return, "end"),
        (Way::Fail, "end"),
        (Way::Skip, "end"),
        (Way::End, "close"),
        (Way::End, "throw"),
        (Way::End, "drop"),
        (Way::Wait, "wait"),
    ];
    for (way, end) in cases {
        let here = events(
            |first, stream, last, log| in_place(first, stream, last, log, way),
            end,
        );
        let there = events(
            |first, stream, last, log| moved(first, stream, last, log, way),
            end,
        );
        // A body that does not reach the loop still has the argument, and drops it as one.
        if way == Way::Skip {
            assert_eq!(here, "-local -first -stream -last None |", "{end}");
        } else {
            assert_eq!(here, there, "{end}");
        }
    }
    let unpolled = events(
        |first, stream, last, log| in_place(first, stream, last, log, Way::End),
        "unpolled",
    );
    assert_eq!(unpolled, "| -first -stream -last");
}

/// Other bodies that name an argument once, or seem to.
mod elsewhere {
    use super::*;

    #[async_gen]
    async fn in_a_loop(numbers: impl Stream<Item = u32>, rounds: u32) -> u32 {
        for round in 0..rounds {
            if round == 0 {
                continue;
            }
            #[for_await]
            for n in numbers {
                yield_!(n);
            }
            break;
        }
    }

    #[async_gen]
    async fn in_a_format(numbers: Vec<u32>) -> String {
        println!("{numbers:?}");
        #[for_await]
        for n in futures::stream::iter(numbers) {
            yield_!(n.to_string());
        }
    }

    /// Argument names that an expansion uses, after two underscores.
    #[async_gen]
    async fn called(
        body: impl Stream<Item = u32>,
        stream: impl Stream<Item = u32>,
        place: impl Stream<Item = u32>,
        item: impl Stream<Item = u32>,
    ) -> u32 {
        #[for_await]
        for n in body {
            yield_!(n);
        }
        #[for_await]
        for n in stream {
            yield_!(n + 10);
        }
        #[for_await]
        for n in place {
            yield_!(n + 20);
        }
        #[for_await]
        for n in item {
            yield_!(n + 30);
        }
    }

    #[async_gen]
    async fn by_reference(numbers: &mut (impl Stream<Item = u32> + Unpin)) -> u32 {
        #[for_await]
        for n in numbers {
            yield_!(n);
            break;
        }
    }

    fn all(items: impl Stream<Item = u32>) -> Vec<u32> {
        ready(items.collect())
    }

    struct Source<S>(S);

    impl<S: Stream<Item = u32>> Stream for Source<Pin<Box<S>>> {
        type Item = u32;

        fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u32>> {
            self.0.as_mut().poll_next(cx)
        }
    }

    impl<S: Stream<Item = u32>> Source<Pin<Box<S>>> {
        #[async_gen]
        async fn items(self, mut last: u32) -> u32 {
            #[for_await]
            for n in self {
                yield_!(n);
                last += n;
            }
            yield_!(last);
        }
    }

    #[test]
    fn an_argument_named_once_may_be_in_any_position() {
        let four = called(numbers(1), numbers(1), numbers(1), numbers(1));
        assert_eq!(all(four), [0, 10, 20, 30]);
        assert_eq!(all(in_a_loop(relay(numbers(2)), 2)), [0, 1]);
        let texts: Vec<_> = ready(in_a_format(vec![7]).collect());
        assert_eq!(texts, ["7"]);
        let mut stream = Box::pin(numbers(2));
        assert_eq!(all(by_reference(&mut stream)), [0]);
        assert_eq!(all(stream), [1]);
        let source = Source(Box::pin(numbers(3)));
        assert_eq!(all(source.items(10)), [0, 1, 2, 13]);
    }

    #[test]
    fn a_handle_may_be_looped_over_in_place() {
        let mut inner = pin!(numbers(2));
        assert_eq!(ready(inner.next()), Some(0));
        assert_eq!(ready(relay(inner).collect::<Vec<_>>()), [1]);
    }
}

/// The compiler resolves the variable that a loop runs over, as in an `async fn`.
mod resolved {
    #![allow(
        non_upper_case_globals,
        unused_variables,
        reason = "several names have the same spelling"
    )]

    use futures::stream::iter;

    use super::*;

    struct Only<S> {
        only: S,
    }

    macro_rules! made {
        ($x:ident) => {
            #[async_gen]
            async fn second_of_one_spelling(
                x: impl Stream<Item = u32>,
                $x: impl Stream<Item = u32>,
            ) -> u32 {
                #[for_await]
                for n in $x {
                    yield_!(n);
                }
            }

            #[async_gen]
            async fn first_of_one_spelling(
                x: impl Stream<Item = u32>,
                Only { only: $x }: Only<impl Stream<Item = u32>>,
            ) -> u32 {
                #[for_await]
                for n in x {
                    yield_!(n);
                }
            }

            async fn plain(x: u8, $x: u8) -> [u8; 2] {
                [x, $x]
            }
        };
    }

    made!(x);

    /// Shadows the argument, since `r#s` and `s` are the same name.
    #[async_gen]
    async fn raw(r#s: impl Stream<Item = u32>) -> u32 {
        let s = iter([2]);
        #[for_await]
        for n in r#s {
            yield_!(n);
        }
    }

    macro_rules! replaced {
        ($name:ident) => {
            let $name = iter([2]);
        };
    }

    #[async_gen]
    async fn by_a_macro(s: impl Stream<Item = u32>) -> u32 {
        replaced!(s);
        #[for_await]
        for n in s {
            yield_!(n);
        }
    }

    #[test]
    fn a_loop_runs_over_the_variable_that_the_compiler_resolves() {
        assert_eq!(ready(plain(1, 2)), [1, 2]);
        let [one, two] = [[1], [2]].map(iter);
        let mut second = pin!(second_of_one_spelling(one.clone(), two.clone()));
        assert_eq!(ready(second.next()), Some(2));
        let mut first = pin!(first_of_one_spelling(one.clone(), Only { only: two }));
        assert_eq!(ready(first.next()), Some(1));
        assert_eq!(ready(pin!(raw(one.clone())).next()), Some(2));
        assert_eq!(ready(pin!(by_a_macro(one)).next()), Some(2));
    }
}

#[async_gen]
async fn again<S: Stream<Item = u32> + Copy>(stream: S) -> u32 {
    for _ in 0..2 {
        #[for_await]
        for n in stream {
            yield_!(n);
        }
    }
}

/// Ready with one item, and may be copied.
#[derive(Clone, Copy)]
struct Once(Option<u32>);

impl Stream for Once {
    type Item = u32;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        Poll::Ready(self.0.take())
    }
}

#[test]
fn a_stream_that_is_copied_in_a_loop_is_not_pinned_in_place() {
    assert_eq!(ready(again(Once(Some(1))).collect::<Vec<_>>()), [1, 1]);
}
