//! A poller of epochs: yields each new one, and sleeps to a deadline.

use std::time::Duration;

use futures::Stream;
use gen_runtime::async_gen;
use tokio::time::{Instant, sleep_until};

use super::script::{Script, trace};

const PERIOD: Duration = Duration::from_secs(5);

both! { $ stream, (),
    pub(super) fn epochs(source: &Script<Option<u32>>) -> impl Stream<Item = (u32, u64)> + Send + '_ {
        generator! {
            let start = Instant::now();
            let mut deadline = start;
            let mut last = None;
            loop {
                let Some(current) = source.next().await else { return };
                match (last, current) {
                    (None, Some(epoch)) => {
                        yield (epoch, start.elapsed().as_secs());
                        last = Some(epoch);
                    }
                    (Some(old), Some(epoch)) if epoch > old => {
                        yield (epoch, start.elapsed().as_secs());
                        last = Some(epoch);
                    }
                    _ => {}
                }
                deadline += PERIOD;
                sleep_until(deadline).await;
            }
        }
    }
}

#[async_gen(bounds = Send)]
async fn epochs(source: &Script<Option<u32>>) -> (u32, u64) {
    let start = Instant::now();
    let mut deadline = start;
    let mut last = None;
    loop {
        let Some(current) = source.next().await else {
            return;
        };
        match (last, current) {
            (None, Some(epoch)) => {
                yield_!((epoch, start.elapsed().as_secs()));
                last = Some(epoch);
            }
            (Some(old), Some(epoch)) if epoch > old => {
                yield_!((epoch, start.elapsed().as_secs()));
                last = Some(epoch);
            }
            _ => {}
        }
        deadline += PERIOD;
        sleep_until(deadline).await;
    }
}

#[tokio::test(start_paused = true)]
async fn each_epoch_is_yielded_once_and_in_time() {
    let source = || Script::new([None, Some(3), Some(3), Some(2), None, Some(5)]);
    let expected = ["(3, 5)", "(5, 25)"];
    assert_eq!(trace(peer::epochs(&source())).await, expected);
    assert_eq!(trace(block::epochs(&source())).await, expected);
    assert_eq!(trace(epochs(&source())).await, expected);
}
