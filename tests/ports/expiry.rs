//! A map whose entries expire, with three closures. It yields streams of events, which its caller flattens.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;
use tokio::time::{Instant, interval_at, sleep};

use super::script::trace;

const PERIOD: Duration = Duration::from_secs(10);

both! { $ stream, (),
    pub(super) fn map_with_expiration<T, F, E, M>(
        input: BoxStream<'static, T>,
        mut map: F,
        mut expire: E,
        mut finish: M,
    ) -> impl Stream<Item = String> + Send
    where
        T: Send + 'static,
        F: FnMut(T) -> Vec<String> + Send,
        E: FnMut(Instant) -> Vec<String> + Send,
        M: FnMut() -> Vec<String> + Send,
    {
        generator!({
            let mut input = std::pin::pin!(input.fuse());
            let mut flush = interval_at(Instant::now() + PERIOD, PERIOD);
            loop {
                let (events, done) = tokio::select! {
                    now = flush.tick() => (expire(now), false),
                    item = input.next() => match item {
                        Some(item) => (map(item), false),
                        None => (finish(), true),
                    },
                };
                yield stream::iter(events);
                if done {
                    break;
                }
            }
        })
        .flatten()
    }
}

fn map_with_expiration<T, F, E, M>(
    input: BoxStream<'static, T>,
    map: F,
    expire: E,
    finish: M,
) -> impl Stream<Item = String> + Send
where
    T: Send + 'static,
    F: FnMut(T) -> Vec<String> + Send,
    E: FnMut(Instant) -> Vec<String> + Send,
    M: FnMut() -> Vec<String> + Send,
{
    batches(input, map, expire, finish).flatten()
}

#[async_gen(bounds = Send)]
async fn batches<T, F, E, M>(
    input: BoxStream<'static, T>,
    mut map: F,
    mut expire: E,
    mut finish: M,
) -> stream::Iter<std::vec::IntoIter<String>>
where
    T: Send + 'static,
    F: FnMut(T) -> Vec<String> + Send,
    E: FnMut(Instant) -> Vec<String> + Send,
    M: FnMut() -> Vec<String> + Send,
{
    let mut input = std::pin::pin!(input.fuse());
    let mut flush = interval_at(Instant::now() + PERIOD, PERIOD);
    loop {
        let (events, done) = tokio::select! {
            now = flush.tick() => (expire(now), false),
            item = input.next() => match item {
                Some(item) => (map(item), false),
                None => (finish(), true),
            },
        };
        yield_!(stream::iter(events));
        if done {
            break;
        }
    }
}

/// Sums of values by key. A sum expires twelve seconds after its last change.
async fn run<G: Stream<Item = String> + Send>(
    make: impl FnOnce(
        BoxStream<'static, (&'static str, u32)>,
        Box<dyn FnMut((&'static str, u32)) -> Vec<String> + Send>,
        Box<dyn FnMut(Instant) -> Vec<String> + Send>,
        Box<dyn FnMut() -> Vec<String> + Send>,
    ) -> G,
) -> Vec<String> {
    type Sums = BTreeMap<&'static str, (u32, Instant)>;
    let sums = std::sync::Arc::new(std::sync::Mutex::new(Sums::new()));
    let start = Instant::now();
    let line = move |what: &str, key: &str, sum: u32| {
        format!("{what} {key} {sum} at {}", start.elapsed().as_secs())
    };
    let values = [
        (1, "a", 1),
        (1, "b", 2),
        (7, "a", 3),
        (9, "", 0),
        (3, "b", 5),
        (40, "c", 6),
    ];
    let input = stream::iter(values).then(async |(pause, key, value)| {
        sleep(Duration::from_secs(pause)).await;
        (key, value)
    });
    let (mapped, expired, finished) = (sums.clone(), sums.clone(), sums);
    trace(make(
        input.boxed(),
        Box::new(move |(key, value)| {
            if key.is_empty() {
                return vec![line("flush", key, value), line("again", key, value)];
            }
            let mut sums = mapped.lock().unwrap();
            let entry = sums.entry(key).or_insert((0, start));
            *entry = (entry.0 + value, Instant::now());
            vec![]
        }),
        Box::new(move |now| {
            let is_old = |changed: Instant| now - changed >= Duration::from_secs(12);
            let mut sums = expired.lock().unwrap();
            let old = sums.iter().filter(|(_, (_, changed))| is_old(*changed));
            let lines = old
                .map(|(key, (sum, _))| line("expired", key, *sum))
                .collect();
            sums.retain(|_, (_, changed)| !is_old(*changed));
            lines
        }),
        Box::new(move || {
            let sums = std::mem::take(&mut *finished.lock().unwrap());
            sums.into_iter()
                .map(|(key, entry)| line("rest", key, entry.0))
                .collect()
        }),
    ))
    .await
}

#[tokio::test(start_paused = true)]
async fn entries_expire_between_the_items() {
    let expected = [
        r#""flush  0 at 18""#,
        r#""again  0 at 18""#,
        r#""expired b 2 at 20""#,
        r#""expired a 4 at 30""#,
        r#""expired b 5 at 40""#,
        r#""rest c 6 at 61""#,
    ];
    assert_eq!(run(peer::map_with_expiration).await, expected);
    assert_eq!(run(block::map_with_expiration).await, expected);
    assert_eq!(run(map_with_expiration).await, expected);
}
