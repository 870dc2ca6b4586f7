//! Anonymous regular generators: `generator_block!`.

use std::convert::Infallible;

use gen_runtime::{State, generator, generator_block, sync};
use probe::Log;

fn words<'a>(
    text: &'a str,
    log: &'a Log,
) -> impl sync::Generator<Yield = &'a str, Sent = (), Item = &'a str, Error = Infallible> {
    generator_block! {
        #![generator(yields = &'a str)]
        defer! { log.push("deferred"); }
        for word in text.split(' ') {
            yield word;
        }
    }
}

#[test]
fn a_block_may_be_returned_and_closed() {
    let log = Log::default();
    let mut items = sync::pin!(words("to be", &log));
    assert_eq!(items.next(), Some("to"));
    assert_eq!(items.close(), Ok(()));
    assert_eq!(
        (items.state(), log.take().as_str()),
        (State::Finished, "deferred")
    );
}

#[test]
fn the_types_are_inferred_or_given() {
    let inferred = sync::pin!(generator_block! {
        yield 1_u8;
        yield_!(2);
    });
    assert_eq!(inferred.collect::<Vec<_>>(), [1, 2]);
    let mut given = sync::pin!(generator_block! {
        #![generator(yields = u64, send = String, throws = usize, returns = bool)]
        let said = yield 1;
        if said.is_empty() {
            return true;
        }
        Err(said.len())?
    });
    assert_eq!(given.resume(), Some(Ok(1)));
    assert_eq!(given.send(String::new()), None);
    assert_eq!(given.take_return(), Some(true));
    let empty = generator_block! { #![generator(yields = u8)] };
    assert_eq!(sync::pin!(empty).count(), 0);
}

#[test]
fn an_error_ends_a_block_that_throws() {
    let mut items = sync::pin!(generator_block! {
        #![generator(yields = u32, throws = String)]
        yield "1".parse::<u32>().map_err(|error| error.to_string())?;
        yield Err("item".to_owned());
        Err("last")?;
    });
    assert_eq!(items.next(), Some(Ok(1)));
    assert_eq!(items.next(), Some(Err("item".to_owned())));
    assert_eq!(items.state(), State::Suspended);
    assert_eq!(items.next(), Some(Err("last".to_owned())));
    assert_eq!(items.state(), State::Finished);
}

#[test]
fn a_block_captures_by_move_and_runs_nothing_when_it_is_made() {
    let log = Log::default();
    let (guard, logged) = (log.guard("captured"), log.clone());
    let block = generator_block! {
        let _guard = guard;
        logged.push("begin");
        yield 1;
    };
    assert_eq!(log.take(), "");
    let mut items = sync::Handle::boxed(block);
    assert_eq!((items.next(), log.take().as_str()), (Some(1), "begin"));
    drop(items);
    assert_eq!(log.take(), "-captured");
}

#[test]
fn a_block_that_was_never_started_drops_what_it_captured() {
    let log = Log::default();
    let guard = log.guard("captured");
    drop(generator_block! {
        yield 1;
        drop(guard);
    });
    assert_eq!(log.take(), "-captured");
}

#[test]
fn closures_may_make_and_drive_generators_in_a_body() {
    #[generator]
    fn outer(factors: &[u32]) -> u32 {
        let times = |factor: u32| {
            generator_block! {
                for n in 1..3 {
                    yield n * factor;
                }
            }
        };
        for factor in factors {
            yield_from!(times(*factor));
        }
        let sum = |factor| sync::pin!(times(factor)).sum::<u32>();
        yield_!(sum(100));
        let boxed: Vec<_> = factors
            .iter()
            .map(|&factor| sync::Handle::boxed(times(factor)))
            .collect();
        yield_all!(boxed.into_iter().flatten());
    }
    let items = sync::pin!(outer(&[1, 10]));
    assert_eq!(items.collect::<Vec<_>>(), [1, 2, 10, 20, 300, 1, 2, 10, 20]);
}

#[test]
fn bare_yields_are_expressions() {
    let mut items = sync::pin!(generator_block! {
        #![generator(yields = u32, send = u32)]
        let sum = (yield 1) + yield 2;
        println!("{}", yield sum);
        let list = [yield (yield 100) + 1, 7];
        yield list[0];
    });
    assert_eq!(items.resume(), Some(1));
    for (sent, item) in [(10, 2), (20, 30), (0, 100), (5, 6), (9, 9)] {
        assert_eq!(items.send(sent), Some(item));
    }
    assert_eq!(items.send(0), None);
}
