//! `Location::caller`, and with it a panic, reports the line and column in the user's code for each
//! operand of a known macro, as in an `async fn`.

use std::future::ready;
use std::panic::Location;

use futures::StreamExt as _;
use gen_runtime::{async_gen, async_gen_block};
use probe::Log;

/// Returns the line and column that are `offset` lines below a location.
fn lines_below(offset: u32, place: &Location<'_>) -> String {
    format!("{}:{}", place.line() + offset, place.column())
}

/// Logs the location of its caller.
#[track_caller]
fn here<T>(log: &Log, value: T) -> T {
    log.push(lines_below(0, Location::caller()));
    value
}

/// Defines an `async fn` and a generator from the same tokens, so that both have the same locations.
macro_rules! both {
    ($($name:ident($log:ident) $body:block)*) => {
        mod plain {
            use super::*;

            $(pub(super) async fn $name($log: &Log) -> Result<(), String> $body)*
        }

        mod generators {
            use super::*;

            $(
                #[async_gen(throws = String)]
                pub(super) async fn $name($log: &Log) -> u8 $body
            )*
        }

        #[test]
        fn operands_have_the_same_locations_as_in_an_async_fn() {
            $(
                let log = Log::default();
                let plain = probe::ready(plain::$name(&log));
                let expected = log.take();
                let mut items = gen_runtime::pin!(generators::$name(&log));
                let generated = probe::ready(items.try_next());
                assert_eq!(log.take(), expected, stringify!($name));
                assert_eq!(generated.map(drop), plain, stringify!($name));
            )*
        }
    };
}

both! {
    printed(log) {
        println!("{} {}", 1, here(log, ready(2).await));
        println!(
            "{} {n}",
            ready(1)
                .await
                .clone_from_here(log),
            n = here(log, ready(3).await),
        );
        Ok(())
    }

    formatted(log) {
        let text = format!("{}", here(log, ready(2).await));
        print!("{}", here(log, ready(text).await));
        Ok(())
    }

    listed(log) {
        let list = vec![
            here(log, ready(1).await),
            {
                let n = ready(2).await;
                here(log, n)
            },
        ];
        let repeated = vec![here(log, ready(list).await); 2];
        assert_eq!(here(log, ready(repeated.len()).await), 2, "{}", here(log, ready(1).await));
        Ok(())
    }

    asserted(log) {
        assert!(here(log, ready(true).await), "{}", here(log, ready(1).await));
        debug_assert_eq!(
            here(log, ready(1).await),
            here(log, 1),
        );
        assert!(matches!(here(log, ready(1).await), 1 if here(log, ready(true).await)));
        Ok(())
    }

    failed(log) {
        println!("{}", here(log, ready(Err::<u8, _>("failed".to_owned())).await)?);
        Ok(())
    }

    left(log) {
        println!("{}", loop {
            here(log, ready(1).await);
            if ready(true).await {
                break here(log, 2);
            }
        });
        Ok(())
    }

    nested(log) {
        println!("{}", here(log, ready(format!("{}", here(log, ready(1).await))).await));
        Ok(())
    }

    joined(log) {
        let (a, b) = tokio::join!(
            here(log, ready(1)),
            async { here(log, ready(2).await) },
        );
        tokio::select! {
            n = here(log, ready(a + b)) => {
                here(log, n);
            }
        }
        Ok(())
    }
}

trait CloneFromHere: Copy {
    #[track_caller]
    fn clone_from_here(self, log: &Log) -> Self {
        here(log, self)
    }
}

impl CloneFromHere for u8 {}

/// Expects the next `Location::caller` `offset` lines below this call.
macro_rules! expect {
    ($log:ident + $offset:literal) => {
        $log.push(line!() + $offset)
    };
}

#[track_caller]
fn line<T>(log: &Log, value: T) -> T {
    log.push(Location::caller().line());
    value
}

#[async_gen]
async fn yields(log: &Log) -> u8 {
    expect!(log + 1);
    println!("{:?}", yield_!(line(log, 1)));
    expect!(log + 2);
    println!("{:?}", {
        yield_!(line(log, 2));
    });
    expect!(log + 1);
    let mut list = vec![(), yield_!(line(log, 3))];
    list.clear();
    expect!(log + 2);
    assert_eq!(list.len(), {
        yield_!(line(log, 4));
        0
    });
    tokio::select! {
        n = ready(5) => {
            expect!(log + 1);
            yield_!(line(log, n));
        }
    }
    expect!(log + 1);
    assert_eq!(yield_!(line(log, 6)), ());
}

#[test]
fn yields_have_the_locations_in_the_users_code() {
    let log = &Log::default();
    let block = async_gen_block! {
        expect!(log + 1);
        yield line(log, 7);
        expect!(log + 1);
        println!("{:?} {}", yield line(log, 8), ready(1).await);
    };
    let items: Vec<_> = probe::ready(yields(log).chain(block).collect());
    assert_eq!(items, [1, 2, 3, 4, 5, 6, 7, 8]);
    let events = log.take();
    let lines: Vec<_> = events.split(' ').collect();
    assert_eq!(lines.len(), 16);
    for pair in lines.chunks(2) {
        assert_eq!(pair[0], pair[1], "{events}");
    }
}

#[rustfmt::skip]
#[async_gen]
async fn panics() -> u8 {
    assert_eq!(
        1,
        ready(None::<u8>)
            .await
            .unwrap()
    );
    yield_!(1);
}

#[test]
fn a_panic_in_an_operand_reports_the_line_of_the_operand() {
    let (_, line) = probe::panic_of(|| probe::ready(gen_runtime::pin!(panics()).next()));
    assert_eq!(line, line!() - 8);
}
