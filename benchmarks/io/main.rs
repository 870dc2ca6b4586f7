//! Streams over real input and output: wall-clock time, as ratios to the stream written by hand.

mod body;
mod echo;
mod lines;

use std::pin::pin;
use std::time::Instant;

use benchmarks::rounds;
use futures::stream::{Stream, StreamExt};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

const ROUNDS: usize = 101;
const CONTENDERS: [&str; 4] = [
    "by hand",
    "gen-runtime",
    "async-stream",
    "channel with a task",
];

fn main() {
    let runtime = Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("a runtime");
    let cases = [
        ("TCP echo", measured(&runtime, &echo::runs(&runtime))),
        ("file by lines", measured(&runtime, &lines::runs())),
        ("HTTP body", measured(&runtime, &body::runs(&runtime))),
    ];
    println!("Time over by hand: the median of {ROUNDS} rounds, and the quartiles.\n");
    println!("| | {} |\n|---|--:|--:|--:|", CONTENDERS[1..].join(" | "));
    for (name, ratios) in cases {
        println!("| {name} | {} |", ratios[1..].join(" | "));
    }
}

/// Consumes a new stream, and returns the sum of its items. One for each contender.
type Runs = [Box<dyn Fn() -> LocalFuture>; CONTENDERS.len()];
type LocalFuture = futures::future::LocalBoxFuture<'static, u64>;

fn measured(runtime: &Runtime, runs: &Runs) -> Vec<String> {
    let expected = runtime.block_on(runs[0]());
    let runs: Vec<_> = runs.iter().map(Some).collect();
    rounds::ratios(ROUNDS, &runs, 0, |run| {
        let start = Instant::now();
        assert_eq!(runtime.block_on(run()), expected);
        start.elapsed().as_secs_f64()
    })
}

async fn sum<T>(stream: impl Stream<Item = T>, value: impl Fn(&T) -> u64) -> u64 {
    let mut stream = pin!(stream);
    let mut sum = 0;
    while let Some(item) = stream.next().await {
        sum += value(&item);
    }
    sum
}

/// Runs a producer in a task, which ends when the consumer is gone.
fn channel<T, F>(producer: impl FnOnce(mpsc::Sender<T>) -> F) -> ReceiverStream<T>
where
    T: Send + 'static,
    F: Future<Output = Result<(), mpsc::error::SendError<T>>> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(64);
    tokio::spawn(producer(sender));
    ReceiverStream::new(receiver)
}
