//! A filter that can be replaced: a block that yields streams is flattened where it stands, and returned with the other
//! end of its channel.

use futures::{Stream, StreamExt as _, stream};
use gen_runtime::async_gen;
use tokio::sync::watch;

use super::script::trace;

type Filter = fn(&u32) -> bool;

both! { $ stream, (),
    pub(super) fn filtered(numbers: &[u32]) -> (watch::Sender<Filter>, impl Stream<Item = u32> + Send + '_) {
        let (sender, mut receiver) = watch::channel::<Filter>(|_| true);
        let numbers = generator! {
            loop {
                let filter = *receiver.borrow_and_update();
                let passed = numbers.iter().copied().filter(filter);
                yield stream::iter(passed);
                if receiver.changed().await.is_err() {
                    break;
                }
            }
        }
        .fuse()
        .flatten();
        (sender, numbers)
    }
}

fn filtered(numbers: &[u32]) -> (watch::Sender<Filter>, impl Stream<Item = u32> + Send + '_) {
    let (sender, receiver) = watch::channel::<Filter>(|_| true);
    (sender, passes(numbers, receiver).fuse().flatten())
}

#[async_gen(bounds = Send)]
async fn passes(
    numbers: &[u32],
    mut receiver: watch::Receiver<Filter>,
) -> stream::Iter<std::iter::Filter<std::iter::Copied<std::slice::Iter<'_, u32>>, Filter>> {
    loop {
        let filter = *receiver.borrow_and_update();
        let passed = numbers.iter().copied().filter(filter);
        yield_!(stream::iter(passed));
        if receiver.changed().await.is_err() {
            break;
        }
    }
}

async fn run(
    (sender, numbers): (watch::Sender<Filter>, impl Stream<Item = u32> + Send),
) -> Vec<String> {
    let mut numbers = Box::pin(numbers);
    let mut seen = Vec::new();
    let filters: [Filter; 2] = [|n| n % 2 == 0, |n| *n > 2];
    for (filter, count) in filters.into_iter().zip([4, 2]) {
        for _ in 0..count {
            seen.push(format!("{:?}", numbers.next().await.unwrap()));
        }
        sender.send(filter).unwrap();
    }
    drop(sender);
    seen.extend(trace(numbers).await);
    seen
}

#[tokio::test]
async fn each_filter_has_a_stream_of_its_own() {
    let numbers = [1, 2, 3, 4];
    let expected = ["1", "2", "3", "4", "2", "4", "3", "4"];
    assert_eq!(run(peer::filtered(&numbers)).await, expected);
    assert_eq!(run(block::filtered(&numbers)).await, expected);
    assert_eq!(run(filtered(&numbers)).await, expected);
}
