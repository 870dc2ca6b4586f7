//! Sizes of generators that delegate, beside those of generators that do not.

use async_stream::stream;
use futures::stream::Stream;
use gen_runtime::async_gen;

#[async_gen]
async fn numbers(items: u64) -> u64 {
    for n in 0..items {
        yield_!(n);
    }
}

#[async_gen]
async fn by_yield_from(items: u64) -> u64 {
    yield_from!(numbers(items));
}

#[async_gen]
async fn by_for_await(items: u64) -> u64 {
    #[for_await]
    for n in numbers(items) {
        yield_!(n);
    }
}

#[async_gen]
async fn boxed_by_yield_from(items: u64) -> u64 {
    yield_from!(crate::yield_from::levels(0, items));
}

#[async_gen]
async fn boxed_by_for_await(items: u64) -> u64 {
    #[for_await]
    for n in crate::yield_from::levels(0, items) {
        yield_!(n);
    }
}

#[async_gen]
async fn twice_by_yield_from(items: u64) -> u64 {
    yield_from!(by_yield_from(items));
}

#[async_gen]
async fn twice_by_for_await(items: u64) -> u64 {
    #[for_await]
    for n in by_for_await(items) {
        yield_!(n);
    }
}

fn stream_numbers(items: u64) -> impl Stream<Item = u64> {
    stream! {
        for n in 0..items {
            yield n;
        }
    }
}

fn stream_loop(items: u64) -> impl Stream<Item = u64> {
    stream! {
        for await n in stream_numbers(items) {
            yield n;
        }
    }
}

fn stream_twice(items: u64) -> impl Stream<Item = u64> {
    stream! {
        for await n in stream_loop(items) {
            yield n;
        }
    }
}

fn stream_boxed(items: u64) -> impl Stream<Item = u64> {
    stream! {
        for await n in crate::async_stream::levels(0, items) {
            yield n;
        }
    }
}

pub(crate) fn print() {
    println!("| bytes | `yield_from!` | `#[for_await]` | async-stream |");
    println!("|---|--:|--:|--:|");
    row(
        "yields `0..n` itself",
        [
            size_of_val(&numbers(0)),
            size_of_val(&numbers(0)),
            size_of_val(&stream_numbers(0)),
        ],
    );
    row(
        "yields the items of that one",
        [
            size_of_val(&by_yield_from(0)),
            size_of_val(&by_for_await(0)),
            size_of_val(&stream_loop(0)),
        ],
    );
    row(
        "and one more around it",
        [
            size_of_val(&twice_by_yield_from(0)),
            size_of_val(&twice_by_for_await(0)),
            size_of_val(&stream_twice(0)),
        ],
    );
    row(
        "yields the items of a boxed one",
        [
            size_of_val(&boxed_by_yield_from(0)),
            size_of_val(&boxed_by_for_await(0)),
            size_of_val(&stream_boxed(0)),
        ],
    );
}

fn row(name: &str, [delegates, loops, peer]: [usize; 3]) {
    println!("| {name} | {delegates} | {loops} | {peer} |");
}
