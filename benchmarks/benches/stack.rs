//! Bytes of stack in the deepest call of a body. For debug builds: `cargo bench --profile dev --bench stack`.

#![expect(clippy::large_stack_arrays, reason = "the stack is measured")]

use std::cell::Cell;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::thread;

use async_stream::stream;
use benchmarks::drive;
use futures::stream::{Stream, StreamExt};
use gen_runtime::async_gen;

const LARGE: usize = 64 << 10;
type Large = [u8; LARGE];

fn main() {
    let measuring = thread::Builder::new().stack_size(64 << 20).spawn(print);
    let measured = measuring.expect("a thread").join();
    measured.expect("enough stack");
}

fn print() {
    println!("| bytes of stack | gen-runtime | async-stream |\n|---|--:|--:|");
    println!(
        "| a level of recursion | {} | {} |",
        level(|depth| drain(generator(depth))),
        level(|depth| drain(streamed(depth)))
    );
    println!(
        "| the same with a `defer!` | {} | - |",
        level(|depth| drain(with_region(depth)))
    );
    println!(
        "| two yields of 64 KiB | {} | {} |",
        used(|| drain(large())),
        used(|| drain(large_stream()))
    );
    println!(
        "| the same in an `attempt!` | {} | - |",
        used(|| drain(large_region()))
    );
}

/// Returns the bytes of one more level.
fn level(run: impl Fn(u32)) -> usize {
    (used(|| run(200)) - used(|| run(100))) / 100
}

thread_local! {
    static DEEPEST: Cell<usize> = const { Cell::new(usize::MAX) };
}

fn used(run: impl FnOnce()) -> usize {
    DEEPEST.set(usize::MAX);
    mark();
    let start = DEEPEST.replace(usize::MAX);
    run();
    start - DEEPEST.get()
}

/// Records how deep the stack is.
#[inline(never)]
fn mark() {
    let here = 0_u8;
    DEEPEST.set(DEEPEST.get().min((&raw const here).addr()));
}

fn drain<T>(stream: impl Stream<Item = T>) {
    drive(async {
        let mut stream = pin!(stream);
        while let Some(item) = stream.next().await {
            black_box(item);
        }
    });
}

#[async_gen(boxed)]
async fn generator(depth: u32) -> u32 {
    mark();
    yield_!(depth);
    if depth > 0 {
        #[for_await]
        for n in generator(depth - 1) {
            yield_!(n);
        }
    }
}

#[async_gen(boxed)]
async fn with_region(depth: u32) -> u32 {
    defer! {
        std::future::ready(()).await;
    }
    mark();
    yield_!(depth);
    if depth > 0 {
        #[for_await]
        for n in with_region(depth - 1) {
            yield_!(n);
        }
    }
}

fn streamed(depth: u32) -> Pin<Box<dyn Stream<Item = u32> + Send>> {
    Box::pin(stream! {
        mark();
        yield depth;
        if depth > 0 {
            for await n in streamed(depth - 1) {
                yield n;
            }
        }
    })
}

#[async_gen]
async fn large() -> Large {
    mark();
    yield_!([1; LARGE]);
    mark();
    yield_!([2; LARGE]);
}

#[async_gen(throws = u32)]
async fn large_region() -> Large {
    let attempted = attempt! {
        mark();
        yield_!([1; LARGE]);
        mark();
        yield_!([2; LARGE]);
    };
    if let Err(error) = attempted {
        black_box(error);
    }
}

fn large_stream() -> impl Stream<Item = Large> {
    stream! {
        mark();
        yield [1; LARGE];
        mark();
        yield [2; LARGE];
    }
}
