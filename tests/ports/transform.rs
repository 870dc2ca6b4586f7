//! A transform behind a trait object. It collects items, and yields them at each tick of a timer and at the end.

use std::time::Duration;

use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;
use tokio::time::{interval, sleep};

use super::script::trace;

type Items = BoxStream<'static, u32>;

trait Transform: Send {
    fn transform(self: Box<Self>, input: Items) -> Items;
}

#[derive(Default)]
struct Dedupe {
    seen: Vec<u32>,
}

impl Dedupe {
    fn add(&mut self, item: u32) {
        if !self.seen.contains(&item) {
            self.seen.push(item);
        }
    }
}

both! { $ stream, (),
    pub(super) struct Transformer(pub(super) Dedupe);

    impl Transform for Transformer {
        fn transform(mut self: Box<Self>, mut input: Items) -> Items {
            Box::pin(generator! {
                let mut flush = interval(Duration::from_secs(10));
                let mut done = false;
                while !done {
                    tokio::select! {
                        biased;
                        item = input.next() => match item {
                            Some(item) => {
                                self.0.add(item);
                                continue;
                            }
                            None => done = true,
                        },
                        _ = flush.tick() => {}
                    }
                    for item in self.0.seen.drain(..) {
                        yield item;
                    }
                }
            })
        }
    }
}

struct Transformer(Dedupe);

impl Transform for Transformer {
    fn transform(self: Box<Self>, input: Items) -> Items {
        Box::pin(self.items(input))
    }
}

impl Transformer {
    #[async_gen(bounds = Send)]
    async fn items(mut self: Box<Self>, mut input: impl Stream<Item = u32> + Unpin + Send) -> u32 {
        let mut flush = interval(Duration::from_secs(10));
        let mut done = false;
        while !done {
            tokio::select! {
                biased;
                item = input.next() => match item {
                    Some(item) => {
                        self.0.add(item);
                        continue;
                    }
                    None => done = true,
                },
                _ = flush.tick() => {}
            }
            for item in self.0.seen.drain(..) {
                yield_!(item);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_transform_flushes_in_time_and_at_the_end() {
    let input = || {
        let items = [1, 2, 1, 3, 2, 2, 4].into_iter().enumerate();
        stream::iter(items).then(async |(n, item)| {
            sleep(Duration::from_secs(n as u64)).await;
            item
        })
    };
    // Ticks at 0, 10 and 20 seconds; items at 0, 1, 3, 6, 10, 15 and 21. An item comes before a tick at the same time.
    let expected = ["1", "2", "1", "3", "2", "4"];
    let transforms: [Box<dyn Transform>; 3] = [
        Box::new(peer::Transformer(Dedupe::default())),
        Box::new(block::Transformer(Dedupe::default())),
        Box::new(Transformer(Dedupe::default())),
    ];
    for transform in transforms {
        assert_eq!(trace(transform.transform(input().boxed())).await, expected);
    }
}
