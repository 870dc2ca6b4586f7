//! A follower of blocks: yields those that are buffered, and then asks a provider for new ones, again if it fails, until
//! the provider is dropped. Macros of tracing are everywhere.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use futures::Stream;
use gen_runtime::async_gen;
use tracing::{debug, error, trace as detail, warn};

use super::script::{Script, trace};

#[derive(Debug)]
enum Answer {
    Head(u64),
    Block(u64),
    Error(&'static str),
}

type Provider = Script<Answer>;

const RETRIES: u32 = 2;

both! { $ stream, (),
    pub(super) fn follow(
        provider: Weak<Provider>,
        buffered: VecDeque<u64>,
        mut next: u64,
    ) -> impl Stream<Item = u64> + Send {
        generator! {
            let mut buffered = buffered;
            let mut tail = 0;
            'task: loop {
                while let Some(block) = buffered.pop_front() {
                    debug!(number = block, tail, "buffered");
                    if block == next {
                        yield block;
                        next += 1;
                    } else {
                        warn!(block, %next, "out of order");
                    }
                }
                let Some(provider) = provider.upgrade() else {
                    debug!("the provider was dropped");
                    break 'task;
                };
                match provider.next().await {
                    Some(Answer::Head(head)) => tail = head,
                    Some(other) => {
                        error!(?other, "not a head");
                        continue 'task;
                    }
                    None => break 'task,
                }
                while next <= tail {
                    let mut retries = RETRIES;
                    let block = loop {
                        match provider.next().await {
                            Some(Answer::Block(block)) => {
                                detail!(block, retries, "received");
                                break Some(block);
                            }
                            Some(Answer::Error(reason)) if retries > 0 => {
                                warn!(reason, "again");
                                retries -= 1;
                            }
                            Some(Answer::Error(_) | Answer::Head(_)) => break None,
                            None => break 'task,
                        }
                    };
                    let Some(block) = block else { continue 'task };
                    next = block + 1;
                    yield block;
                }
            }
        }
    }
}

#[async_gen(bounds = Send)]
async fn follow(provider: Weak<Provider>, buffered: VecDeque<u64>, mut next: u64) -> u64 {
    let mut buffered = buffered;
    let mut tail = 0;
    'task: loop {
        while let Some(block) = buffered.pop_front() {
            debug!(number = block, tail, "buffered");
            if block == next {
                yield_!(block);
                next += 1;
            } else {
                warn!(block, %next, "out of order");
            }
        }
        let Some(provider) = provider.upgrade() else {
            debug!("the provider was dropped");
            break 'task;
        };
        match provider.next().await {
            Some(Answer::Head(head)) => tail = head,
            Some(other) => {
                error!(?other, "not a head");
                continue 'task;
            }
            None => break 'task,
        }
        while next <= tail {
            let mut retries = RETRIES;
            let block = loop {
                match provider.next().await {
                    Some(Answer::Block(block)) => {
                        detail!(block, retries, "received");
                        break Some(block);
                    }
                    Some(Answer::Error(reason)) if retries > 0 => {
                        warn!(reason, "again");
                        retries -= 1;
                    }
                    Some(Answer::Error(_) | Answer::Head(_)) => break None,
                    None => break 'task,
                }
            };
            let Some(block) = block else {
                continue 'task;
            };
            next = block + 1;
            yield_!(block);
        }
    }
}

#[tokio::test]
async fn blocks_are_followed_through_failures() {
    let provider = || {
        Arc::new(Script::new([
            Answer::Head(5),
            Answer::Error("busy"),
            Answer::Block(4),
            Answer::Block(5),
            Answer::Block(9),
            Answer::Head(7),
            Answer::Error("busy"),
            Answer::Error("busy"),
            Answer::Error("busy"),
            Answer::Head(7),
            Answer::Block(6),
        ]))
    };
    let buffered = || VecDeque::from([2, 9, 3]);
    let dropped = Weak::new;
    for (count, expected) in [(3, &["2", "3", "4", "5", "6"][..]), (0, &["2", "3"])] {
        let providers = [provider(), provider(), provider()];
        let weak = |index: usize| {
            if count == 0 {
                dropped()
            } else {
                Arc::downgrade(&providers[index])
            }
        };
        assert_eq!(trace(peer::follow(weak(0), buffered(), 2)).await, expected);
        assert_eq!(trace(block::follow(weak(1), buffered(), 2)).await, expected);
        assert_eq!(trace(follow(weak(2), buffered(), 2)).await, expected);
    }
}
