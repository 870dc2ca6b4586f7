//! The workloads, which are the same for all contenders.

use std::hint::black_box;
use std::pin::Pin;
use std::sync::LazyLock;

use futures::stream::{Stream, StreamExt};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

use crate::{Contender, Item, RUNTIME, Source, Sum, TakeOne};

/// A workload of one contender.
pub struct Workload {
    /// Its name in the tables.
    pub name: &'static str,
    /// A short description.
    pub about: &'static str,
    /// Runs it with this many items, and returns the checksum. Returns `None` if the contender does
    /// not support it.
    pub run: fn(u64) -> Option<u64>,
    /// Returns the checksum that every contender must have.
    pub checksum: fn(u64) -> u64,
}

impl Workload {
    /// Runs it, and checks the sum. Returns false if the contender does not support it.
    ///
    /// # Panics
    ///
    /// Panics if the checksum is wrong.
    #[must_use]
    pub fn run_checked(&self, items: u64) -> bool {
        let sum = (self.run)(black_box(items));
        if let Some(sum) = sum {
            assert_eq!(sum, (self.checksum)(items), "the checksum of {}", self.name);
        }
        sum.is_some()
    }
}

/// A type-erased stream.
pub type Boxed<T> = Pin<Box<dyn Stream<Item = T>>>;

/// The number of live generators in W8, which needs a multiple of it as the number of items.
pub const LIVE: u32 = 10_000;

const LINE: &str = "sixty-four bytes with the newline: what a line of text may be..\n";
/// The number of lines in the text of W10.
pub const LINES: u32 = 1 << 20;
static TEXT: LazyLock<String> = LazyLock::new(|| LINE.repeat(LINES as usize));

macro_rules! workloads {
    ($($name:literal, $about:literal: $run:expr => $checksum:expr;)+) => {
        vec![$($crate::workloads::Workload { name: $name, about: $about, run: $run, checksum: $checksum },)+]
    };
}
pub(crate) use workloads;

/// Returns all workloads of a contender.
#[must_use]
pub fn of<C: Contender>() -> Vec<Workload> {
    let mut all = workloads! {
        "W1", "a tight loop": |items| Some(drain::<C, _>(C::tight(items))) => triangle;
        "W2", "a ready future before each item": |items| Some(drain::<C, _>(C::ready(items))) => triangle;
        "W3", "pending before each item": |items| Some(drain::<C, _>(C::pending(items))) => triangle;
        "W3tok", "W3 on tokio's current-thread runtime": |items| Some(drain_on_tokio(C::pending(items))) => triangle;
        "W5a", "items of 256 bytes": |items| Some(drain::<C, _>(C::arrays(items))) => |items| (0..items).map(|n| n % 256).sum();
        "W5s", "items on the heap": |items| Some(drain::<C, _>(C::strings(items))) => |items| 12 * items + 3 * items.div_ceil(2);
        "W6", "make a stream, take one item, drop it": |items| Some(take_one::<C>(items)) => |items| items;
        "W7", "send a number, get one": |items| ping_pong::<C>(items) => |items| triangle(items + 1);
        "W8", "10,000 live streams in turn": |items| round_robin::<C>(items) => |items| u64::from(LIVE) * triangle(items / u64::from(LIVE));
        "W9", "W1 through `Pin<Box<dyn Stream>>`": |items| nested::<C, 0>(items) => triangle;
        "W10m", "lines of a text in memory": |items| Some(lines_of_memory::<C>(items)) => text_of;
        "W10d", "lines from a tokio duplex": |items| Some(lines_of_duplex::<C>(items)) => text_of;
        "nested 1", "W9 through one boxed layer": |items| nested::<C, 1>(items) => triangle;
        "nested 4", "through 4": |items| nested::<C, 4>(items) => triangle;
        "nested 16", "through 16": |items| nested::<C, 16>(items) => triangle;
        "nested 64", "through 64": |items| nested::<C, 64>(items) => triangle;
    };
    all.extend(C::special());
    all
}

/// Returns the sum of `0..items`.
#[must_use]
pub fn triangle(items: u64) -> u64 {
    items * items.saturating_sub(1) / 2
}

fn text_of(lines: u64) -> u64 {
    lines * (LINE.len() as u64 - 1)
}

/// Consumes all items of a source. Not inlined, so that each source is compiled on its own.
#[inline(never)]
pub fn drain<C: Contender, T: Item>(source: impl Source<T>) -> u64 {
    C::run(source.feed(Sum))
}

#[inline(never)]
fn drain_on_tokio<T: Item>(source: impl Source<T>) -> u64 {
    RUNTIME.block_on(source.feed(Sum))
}

/// Consumes in an `async` block, since without one the optimizer removes all of it.
#[inline(never)]
fn take_one<C: Contender>(items: u64) -> u64 {
    C::run(async {
        let mut sum = 0;
        for _ in 0..items {
            sum = black_box(sum + C::tight(black_box(u64::MAX)).feed(TakeOne).await);
        }
        sum
    })
}

#[inline(never)]
fn ping_pong<C: Contender>(items: u64) -> Option<u64> {
    C::ping_pong(items)
}

#[inline(never)]
fn round_robin<C: Contender>(items: u64) -> Option<u64> {
    C::run(async {
        let mut streams = (0..LIVE)
            .map(|_| C::tight(u64::MAX).owned().map(Box::pin))
            .collect::<Option<Vec<_>>>()?;
        let mut sum = 0;
        for _ in 0..items / u64::from(LIVE) {
            for stream in &mut streams {
                sum = black_box(sum + stream.next().await?);
            }
        }
        Some(sum)
    })
}

#[inline(never)]
fn nested<C: Contender, const DEPTH: usize>(items: u64) -> Option<u64> {
    C::run(async {
        let mut stream: Boxed<u64> = Box::pin(C::tight(items).owned()?);
        for _ in 0..DEPTH {
            stream = Box::pin(C::relay_boxed(stream).owned()?);
        }
        Some(black_box(stream).feed(Sum).await)
    })
}

#[inline(never)]
fn lines_of_memory<C: Contender>(items: u64) -> u64 {
    C::run(async { C::lines(text(items).lines()).feed(Sum).await })
}

#[inline(never)]
fn lines_of_duplex<C: Contender>(items: u64) -> u64 {
    RUNTIME.block_on(async {
        let (mut writer, reader) = tokio::io::duplex(64 << 10);
        tokio::spawn(async move { writer.write_all(text(items)).await });
        C::lines(BufReader::new(reader).lines()).feed(Sum).await
    })
}

/// Returns this many lines of a text that is made as a whole, so that making it is not counted.
fn text(lines: u64) -> &'static [u8] {
    let lines = usize::try_from(lines).expect("fewer lines");
    &TEXT.as_bytes()[..lines * LINE.len()]
}

#[cfg(test)]
mod tests {
    use super::LIVE;
    use crate::contenders;

    #[test]
    fn all_contenders_yield_the_same_checksums() {
        for contender in contenders::all() {
            for workload in contender.workloads {
                assert_eq!(workload.run_checked(LIVE.into()), workload.run_checked(0));
            }
        }
    }
}
