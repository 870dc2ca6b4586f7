//! `yield_!` in the tokens of other macros.

#![allow(clippy::useless_vec, reason = "tests macros")]

use futures::StreamExt as _;
use gen_runtime::{async_gen, pin};
use probe::{Gate, drop_half_way, ready};

/// Takes an expression.
macro_rules! twice {
    ($value:expr) => {
        $value + $value
    };
}

/// Takes a block, and puts it into a loop whose label has the name of the body's.
macro_rules! repeat {
    ($times:expr, $body:block) => {
        'body: for round in 0..$times {
            if round == 10 {
                break 'body;
            }
            $body
        }
    };
}

/// Takes tokens, and defines variables with names that an expansion uses.
macro_rules! statements {
    ($($tokens:tt)*) => {
        let body = 1;
        let value = body;
        $($tokens)*
        assert_eq!((body, value), (1, 1));
    };
}

#[async_gen(send = u32)]
async fn in_everything() -> u32 {
    println!("{}", yield_!(1));
    let text = format!("{} {:?}", yield_!(2), (yield_!(3),));
    let list = vec![yield_!(4), yield_!(5)];
    assert!(matches!(yield_!(6), 60));
    assert_eq!(yield_!(7), 70, "{}", yield_!(1000));
    let sum = twice!(yield_!(8));
    repeat!(2, {
        yield_!(9);
    });
    statements! { yield_!(10); }
    yield_!(u32::try_from(text.len() + list.len()).unwrap() + sum);
    let nested = vec![format!("{}", twice!(yield_!(11)))];
    yield_!(u32::try_from(nested[0].len()).unwrap());
    assert!(list.len() == 2 && matches!(yield_!(12), 120));
}

#[test]
fn yields_in_macros_run_in_order_and_receive_values() {
    let mut items = pin!(in_everything());
    let mut seen = vec![ready(items.resume()).unwrap()];
    while let Some(item) = ready(items.send(seen.last().unwrap() * 10)) {
        seen.push(item);
    }
    // `twice!` yields 8 twice; "20 (30,)" has 8 characters.
    assert_eq!(
        seen,
        [1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 170, 11, 11, 3, 12]
    );
}

#[async_gen]
async fn selects(first: Gate, second: Gate) -> &'static str {
    let mut both = 0;
    while both < 2 {
        tokio::select! {
            biased;
            () = first.clone(), if both == 0 => {
                both += 1;
                yield_!("first");
            }
            () = second.clone() => {
                both += 1;
                yield_!("second");
                if both == 1 {
                    continue;
                }
                break;
            }
        }
    }
    yield_!("end");
}

#[test]
fn a_handler_of_tokio_select_may_yield() {
    let (first, second) = (Gate::default(), Gate::default());
    let mut items = pin!(selects(first.clone(), second.clone()));
    drop_half_way(items.next());
    second.open();
    assert_eq!(ready(items.next()), Some("second"));
    second.shut();
    drop_half_way(items.next());
    second.open();
    assert_eq!(ready(items.next()), Some("second"));
    assert_eq!(ready(items.next()), Some("end"));
    assert_eq!(ready(items.next()), None);
}

#[async_gen]
async fn futures_select() -> u32 {
    let mut numbers = futures::stream::iter([1, 2]).fuse();
    loop {
        futures::select! {
            number = numbers.next() => match number {
                Some(number) => { yield_!(number); }
                None => break,
            },
            complete => break,
        }
    }
    let (a, b) = futures::join!(async { 3 }, std::future::ready(4));
    yield_!(a + b);
}

#[test]
fn a_handler_of_futures_select_may_yield() {
    assert_eq!(ready(futures_select().collect::<Vec<_>>()), [1, 2, 7]);
}

#[async_gen]
async fn local_macro() -> u32 {
    macro_rules! emit {
        ($($value:expr),*) => { $(yield_!($value);)* };
    }
    emit!(1, 2);
    {
        emit!(3);
    }
}

#[test]
fn a_macro_that_the_body_defines_may_yield() {
    assert_eq!(ready(local_macro().collect::<Vec<_>>()), [1, 2, 3]);
}

mod shadowing {
    #![allow(unused_macros, reason = "tests that they are not called")]

    /// A macro outside the body, with the name of the body's own.
    macro_rules! yield_ {
        ($($tokens:tt)*) => {
            compile_error!("the wrong `yield_!`")
        };
    }

    #[gen_runtime::async_gen]
    pub async fn visible() -> u32 {
        yield_!(1);
    }
}

#[test]
fn yield_in_a_body_is_always_that_of_the_body() {
    assert_eq!(ready(shadowing::visible().collect::<Vec<_>>()), [1]);
}
