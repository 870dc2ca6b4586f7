//! Seven facts about generators, regular and async, one per section.
//!
//! `cargo run --example tour`, or `cargo run --example tour -- path/to/a/file`

use std::cell::Cell;
use std::error::Error;
use std::io;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use futures::{Stream, StreamExt as _};
use gen_runtime::{State, async_gen, generator, pin, sync};
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::sync::mpsc;
use tokio::time::sleep;

/// Yields the lines of a file, and reads them on demand.
#[async_gen(throws = io::Error)]
async fn lines(path: &Path) -> String {
    let mut lines = BufReader::new(File::open(path).await?).lines();
    while let Some(line) = lines.next_line().await? {
        yield_!(line);
    }
}

fn heading(number: u32, fact: &str) {
    println!("\n{number}. {fact}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "README.md".into());
    let path = Path::new(&path);
    if let Err(error) = File::open(path).await {
        return Err(format!("{}: {error}", path.display()).into());
    }
    regular_and_async().await;
    next(path).await?;
    others_run_meanwhile(path).await?;
    who_has_control().await;
    computing().await;
    backpressure().await;
    close_and_throw(path).await?;
    Ok(())
}

/// Runs `work` beside a task that counts milliseconds, and passes it the count.
async fn beside_a_counter<T>(work: impl AsyncFnOnce(&Cell<u32>) -> T) -> T {
    let count = Rc::new(Cell::new(0));
    let counter = count.clone();
    let tasks = tokio::task::LocalSet::new();
    let other = tasks.spawn_local(async move {
        loop {
            sleep(Duration::from_millis(1)).await;
            counter.set(counter.get() + 1);
        }
    });
    let result = tasks.run_until(work(&count)).await;
    other.abort();
    result
}

async fn regular_and_async() {
    const WAIT: Duration = Duration::from_millis(10);

    // A regular generator can only wait by blocking the thread.
    #[generator]
    fn readings() -> u32 {
        for n in 1..=3 {
            std::thread::sleep(WAIT);
            yield_!(n);
        }
    }

    #[async_gen]
    async fn readings_async() -> u32 {
        for n in 1..=3 {
            sleep(WAIT).await;
            yield_!(n);
        }
    }

    heading(
        1,
        "A regular generator that waits blocks other tasks; an async one does not.",
    );
    let (sum, ran) = beside_a_counter(async |count| {
        let sum: u32 = sync::pin!(readings()).sum();
        (sum, count.get())
    })
    .await;
    println!("   regular: three readings, sum {sum}; meanwhile another task has run {ran} times");

    let (sum, ran) = beside_a_counter(async |count| {
        let mut readings = pin!(readings_async());
        let mut sum = 0;
        while let Some(n) = readings.next().await {
            sum += n;
        }
        (sum, count.get())
    })
    .await;
    println!("   async:   three readings, sum {sum}; meanwhile another task has run {ran} times");
}

async fn next(path: &Path) -> io::Result<()> {
    heading(
        2,
        "Nothing runs until `next`, and `next` runs to the next yield, no further.",
    );
    let mut lines = pin!(lines(path));
    println!("   {:?}: the file is not even open", lines.state());
    for number in 1..=3 {
        let Some(line) = lines.try_next().await? else {
            break;
        };
        let line: String = line.chars().take(50).collect();
        println!("   {:?} after line {number}: {line:?}", lines.state());
    }
    println!("   the rest of the file stays unread");

    #[generator]
    fn primes() -> u32 {
        for n in 2.. {
            if (2..n).all(|divisor| n % divisor != 0) {
                yield_!(n);
            }
        }
    }
    // The handle of a regular generator is an iterator. The series has no end, and no prime is computed ahead.
    let mut primes = sync::pin!(primes());
    let first: Vec<u32> = primes.by_ref().take(5).collect();
    println!(
        "   the first primes are {first:?}; the next one is {:?}",
        primes.next()
    );
    Ok(())
}

async fn others_run_meanwhile(path: &Path) -> io::Result<()> {
    heading(3, "While a generator waits, other tasks run.");
    #[async_gen(throws = io::Error)]
    async fn slow_lines(path: &Path) -> String {
        #[for_await]
        for line in lines(path) {
            sleep(Duration::from_millis(5)).await;
            yield_!(line?);
        }
    }

    beside_a_counter(async |count| {
        let mut lines = pin!(slow_lines(path));
        for number in 1..=3 {
            if lines.try_next().await?.is_none() {
                break;
            }
            println!(
                "   line {number}; meanwhile another task has run {} times",
                count.get()
            );
        }
        Ok(())
    })
    .await
}

async fn who_has_control() {
    heading(
        4,
        "Control alternates: while one side runs, the other is suspended.",
    );
    #[async_gen(send = &'static str)]
    async fn producer() -> u32 {
        println!("   producer: starts");
        for n in 1..=2 {
            println!("   producer: makes {n}, and yields it");
            let answer = yield_!(n);
            println!("   producer: resumes, and was sent {answer:?}");
        }
        println!("   producer: ends");
    }

    let mut producer = pin!(producer());
    let mut item = producer.resume().await;
    while let Some(n) = item {
        println!("             consumer: has {n}, and works on it");
        sleep(Duration::from_millis(2)).await;
        item = producer.send("thanks").await;
    }
    println!("             consumer: the generator has ended");
}

async fn computing() {
    heading(
        5,
        "It is not a thread: computing without an await delays every other task.",
    );
    /// Yields a digest after each round.
    #[generator]
    fn digests(rounds: u32) -> u64 {
        let mut digest = 0_u64;
        for _ in 0..rounds {
            for n in 0..200_000 {
                digest = std::hint::black_box(digest.wrapping_mul(31).wrapping_add(n));
            }
            yield_!(digest);
        }
    }

    /// Yields each tenth of them. A regular generator runs on the thread of the task that asks it.
    #[async_gen]
    async fn tenths(rounds: u32, polite: bool) -> u64 {
        for (round, digest) in sync::pin!(digests(rounds)).enumerate() {
            if polite {
                tokio::task::yield_now().await;
            }
            if round % 10 == 9 {
                yield_!(digest);
            }
        }
    }

    /// Computes on a thread of its own, and takes the digests from there.
    #[async_gen]
    async fn on_a_thread(rounds: u32) -> u64 {
        let (sender, mut digests_there) = mpsc::channel(1);
        let thread = tokio::task::spawn_blocking(move || {
            for digest in sync::pin!(digests(rounds)).skip(9).step_by(10) {
                if sender.blocking_send(digest).is_err() {
                    break;
                }
            }
        });
        while let Some(digest) = digests_there.recv().await {
            yield_!(digest);
        }
        thread.await.expect("the thread does not panic");
    }

    /// Measures how long another task has to wait at most.
    async fn longest_wait(digests: impl Stream<Item = u64>) -> Duration {
        let local = tokio::task::LocalSet::new();
        let longest = Rc::new(Cell::new(Duration::ZERO));
        let waits = longest.clone();
        let other = local.spawn_local(async move {
            let mut last = Instant::now();
            loop {
                tokio::task::yield_now().await;
                waits.set(waits.get().max(last.elapsed()));
                last = Instant::now();
            }
        });
        local
            .run_until(async {
                tokio::task::yield_now().await;
                let mut digests = std::pin::pin!(digests);
                while digests.next().await.is_some() {
                    tokio::task::yield_now().await;
                }
                other.abort();
            })
            .await;
        longest.get()
    }

    let without = longest_wait(tenths(40, false)).await;
    let with = longest_wait(tenths(40, true)).await;
    let apart = longest_wait(on_a_thread(40)).await;
    println!("   another task had to wait at most {without:.1?} without an await in the loop,");
    println!("   {with:.1?} with one, and {apart:.1?} where a thread computes.");
}

async fn backpressure() {
    heading(
        6,
        "The producer waits for the consumer: there is no buffer that could overflow.",
    );
    #[async_gen]
    async fn fast(made: &Cell<u32>) -> u32 {
        loop {
            made.set(made.get() + 1);
            yield_!(made.get());
        }
    }

    let made = Cell::new(0);
    let mut items = pin!(fast(&made));
    let mut ahead = 0;
    for taken in 1..=5 {
        let item = items.next().await;
        assert_eq!(item, Some(taken));
        // A slow consumer.
        sleep(Duration::from_millis(3)).await;
        ahead = ahead.max(made.get() - taken);
    }
    println!(
        "   generator: {} made, 5 taken, never more than {ahead} ahead",
        made.get()
    );

    // A task that sends into a channel runs ahead of its consumer, up to the channel's capacity.
    const CAPACITY: usize = 16;
    let (sender, mut receiver) = mpsc::channel(CAPACITY);
    tokio::spawn(async move {
        let mut n = 0_u32;
        while sender.send(n).await.is_ok() {
            n += 1;
        }
    });
    for _ in 1..=5 {
        receiver.recv().await;
        sleep(Duration::from_millis(3)).await;
    }
    println!(
        "   channel:   5 taken, and {} wait in its buffer, which has room for {CAPACITY}",
        receiver.len()
    );

    let (sender, mut receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut n = 0_u32;
        while sender.send(n).is_ok() {
            n += 1;
            tokio::task::yield_now().await;
        }
    });
    for _ in 1..=5 {
        receiver.recv().await;
        sleep(Duration::from_millis(3)).await;
    }
    println!(
        "   unbounded: 5 taken, and {} wait in memory",
        receiver.len()
    );
}

/// Prints a line when it is dropped.
struct Open<'a>(&'a str);
impl Drop for Open<'_> {
    fn drop(&mut self) {
        println!("   {}: what the body held is dropped", self.0);
    }
}

async fn close_and_throw(path: &Path) -> io::Result<()> {
    heading(
        7,
        "The consumer can close it, or throw an error into it, wherever it is suspended; cleanup may await.",
    );
    #[async_gen(throws = io::Error)]
    async fn numbered(path: &Path, name: &str) -> (usize, String) {
        defer! {
            sleep(Duration::from_millis(1)).await;
            println!("   {name}: cleaned up, which took a millisecond");
        }
        let _open = Open(name);
        let mut number = 0;
        #[for_await]
        for line in lines(path) {
            number += 1;
            yield_!((number, line?));
        }
    }

    let mut closed = pin!(numbered(path, "close"));
    closed.try_next().await?;
    closed.close().await?;
    println!(
        "   close: {:?}, and then {:?}",
        closed.state(),
        closed.try_next().await?
    );

    let mut thrown = pin!(numbered(path, "throw"));
    thrown.try_next().await?;
    let error = io::Error::other("the consumer gives up");
    let result = thrown.throw(error).await;
    println!(
        "   throw: {:?}, and the error came back: {}",
        thrown.state(),
        result.is_err()
    );

    // A timeout drops the call before it is done. The generator is then in flight, and no item is
    // lost.
    #[async_gen]
    async fn slow() -> &'static str {
        sleep(Duration::from_millis(20)).await;
        yield_!("late, but here");
    }
    let mut slow = pin!(slow());
    let early = tokio::time::timeout(Duration::from_millis(2), slow.next()).await;
    assert!(early.is_err());
    print!("   timeout: {:?}, and then ", slow.state());
    println!("{:?}", slow.next().await);
    debug_assert_eq!(slow.state(), State::Suspended);
    Ok(())
}
