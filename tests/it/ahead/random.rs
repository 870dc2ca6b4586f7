//! Random programs and random calls, compared with an ordinary handle: the same items, results and cleanups.

mod eager;
mod program;

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use futures::poll;
use gen_runtime::scope::Cause;
use gen_runtime::{Ahead, BoxTryGenerator, Landed, Scope};
use probe::Random;
use tokio::task::yield_now;

use self::eager::Eager;
use self::program::{Do, World, interpret};
use super::{LONG, one_thread, places, two_threads};

type Generator = BoxTryGenerator<'static, u32, String, (), u32>;

/// Polls a future until it is ready, or its program waits at the gate.
async fn until_blocked<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    // More polls than a program awaits between two of its suspensions.
    for _ in 0..60 {
        if let Poll::Ready(output) = poll!(future.as_mut()) {
            return Some(output);
        }
        yield_now().await;
    }
    None
}

/// Polls a future until it is ready, and opens the gate whenever the program waits there.
async fn unblocked<F: Future>(future: F, world: &World) -> F::Output {
    let mut future = pin!(future);
    for _ in 0..50 {
        if let Some(output) = until_blocked(future.as_mut()).await {
            return output;
        }
        world.open();
    }
    panic!("the future is never ready");
}

/// A call of the consumer.
#[derive(Clone, Copy, Debug)]
enum Op {
    Next,
    /// A `next` that is dropped after one poll.
    DropNext,
    Throw,
    /// A `throw` that is dropped after one poll.
    DropThrow,
    Close,
    TakeReturn,
    Open,
}

impl Op {
    fn random(random: &mut Random) -> Self {
        match random.below(16) {
            0..7 => Op::Next,
            7 => Op::DropNext,
            8..11 => Op::Throw,
            11 => Op::DropThrow,
            12 => Op::TakeReturn,
            13 => Op::Close,
            _ => Op::Open,
        }
    }
}

/// The result of a call, for comparison.
#[derive(Debug, PartialEq)]
enum Given {
    Item(Option<Result<u32, String>>),
    Thrown(Landed<Option<u32>, String>),
    Closed(Landed<(), String>),
    Returned(Option<u32>),
    Nothing,
}

type Items = Ahead<Result<u32, String>, String, u32>;

async fn call(items: &mut Items, world: &World, op: Op) -> Given {
    match op {
        Op::Next => Given::Item(unblocked(items.next(), world).await),
        Op::DropNext => match poll!(pin!(items.next())) {
            Poll::Ready(item) => Given::Item(item),
            Poll::Pending => Given::Nothing,
        },
        Op::Throw => Given::Thrown(unblocked(items.throw("thrown".to_owned()), world).await),
        Op::DropThrow => {
            let landed = poll!(pin!(items.throw("dropped".to_owned())));
            match landed {
                Poll::Ready(landed) => Given::Thrown(landed),
                Poll::Pending => Given::Nothing,
            }
        }
        Op::Close => Given::Closed(unblocked(items.close(), world).await),
        Op::TakeReturn => Given::Returned(items.take_return()),
        Op::Open => {
            world.open();
            Given::Nothing
        }
    }
}

async fn settle() {
    until_blocked(std::future::pending::<()>()).await;
}

/// The numbers of results of some kinds, so that the comparison is known to reach them.
#[derive(Debug, Default)]
struct Seen {
    caught: usize,
    uncaught: usize,
    failed_closes: usize,
    failures: usize,
    ends: usize,
}

/// Runs a script on both, and compares the results and the events in the body after each call.
async fn compare(program: &[Do], n: usize, script: &[Op], seen: &mut Seen) {
    let (eager_world, world) = (World::default(), World::default());
    let mut eager = Eager::new(interpret(program.to_vec(), eager_world.clone()), n);
    let scope = Scope::new();
    let mut items = scope.ahead(interpret(program.to_vec(), world.clone()), places(n));
    settle().await;
    eager.fill().await;
    for (index, &op) in script.iter().enumerate() {
        let expected = eager.call(&eager_world, op).await;
        eager.fill().await;
        let given = call(&mut items, &world, op).await;
        // Where a throw was dropped, its program may wait at the gate.
        while world.opened() < eager_world.opened() {
            settle().await;
            world.open();
        }
        settle().await;
        match &given {
            Given::Thrown(Landed { result: Ok(_), .. }) => seen.caught += 1,
            Given::Thrown(_) => seen.uncaught += 1,
            Given::Closed(Landed { result: Err(_), .. }) => seen.failed_closes += 1,
            Given::Item(None) => seen.ends += 1,
            _ => {}
        }
        assert_eq!(
            (given, world.take()),
            (expected, eager_world.take()),
            "at call {index} of {script:?}, with {n} places, in {program:?}"
        );
    }
    let failure = eager.abandon(&eager_world).await;
    drop(items);
    let report = unblocked(scope.shutdown(LONG), &world).await;
    let failures: Vec<_> = report
        .failures
        .into_iter()
        .map(|failure| failure.cause)
        .collect();
    match (failure, &failures[..]) {
        (None, []) => {}
        (Some(expected), [Cause::Error(error)]) => {
            seen.failures += 1;
            assert_eq!(error.to_string(), expected);
        }
        (failure, _) => panic!("{failures:?} in place of {failure:?}"),
    }
    assert_eq!(
        (world.take(), report.live),
        (eager_world.take(), 0),
        "{script:?}, {program:?}"
    );
}

#[test]
fn calls_and_cleanups_are_those_of_an_ordinary_handle() {
    let mut random = Random(0x5eed);
    one_thread().block_on(async {
        tokio::time::pause();
        let mut seen = Seen::default();
        for _ in 0..1000 {
            let program = Do::program(&mut random, 3, true);
            let n = 1 + random.below(3);
            let length = random.below(12);
            let script: Vec<_> = (0..length).map(|_| Op::random(&mut random)).collect();
            compare(&program, n, &script, &mut seen).await;
        }
        let reached = [
            seen.caught,
            seen.uncaught,
            seen.failed_closes,
            seen.failures,
            seen.ends,
        ];
        assert!(reached.iter().all(|&count| count > 20), "{seen:?}");
    });
}

#[test]
fn items_and_values_are_those_of_an_ordinary_handle() {
    let mut random = Random(0xface);
    for runtime in [one_thread(), two_threads()] {
        runtime.block_on(async {
            let scope = Scope::new();
            let mut count = 0;
            for _ in 0..300 {
                let program = Do::program(&mut random, 4, false);
                let worlds = (World::default(), World::default());
                let mut ordinary = interpret(program.clone(), worlds.0.clone());
                let ahead = interpret(program, worlds.1.clone());
                let mut ahead = scope.ahead(ahead, places(1 + random.below(7)));
                loop {
                    let item = ordinary.next().await;
                    assert_eq!(ahead.next().await, item);
                    if item.is_none() {
                        break;
                    }
                    count += 1;
                }
                assert_eq!(ahead.take_return(), ordinary.take_return());
                assert_eq!(worlds.1.take(), worlds.0.take());
            }
            assert!(count > 1000, "only {count} items");
            assert!(scope.shutdown(LONG).await.is_clean());
        });
    }
}
