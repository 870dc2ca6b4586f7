//! The list of rooms of a chat client: updates of the list come before those of single rooms, and a receiver that lags
//! reports all rooms again.

use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;
use tokio::sync::broadcast::{self, error::RecvError};
use tracing::{debug, error, instrument, warn};

use super::script::trace;

#[derive(Clone, Debug, PartialEq)]
enum Update {
    List(Vec<u32>),
    Room(u32),
    All,
}

both! { $ stream, (),
    pub(super) fn updates(
        list: impl Stream<Item = Vec<u32>> + Send,
        mut rooms: broadcast::Receiver<u32>,
    ) -> impl Stream<Item = Update> + Send {
        generator! {
            let mut list = std::pin::pin!(list.fuse());
            let mut known = Vec::new();
            loop {
                tokio::select! {
                    biased;
                    Some(new) = list.next() => {
                        debug!(count = new.len(), ?known, "a new list");
                        known.clone_from(&new);
                        yield Update::List(new);
                    }
                    room = rooms.recv() => match room {
                        Ok(room) if known.contains(&room) => yield Update::Room(room),
                        Ok(room) => {
                            warn!(%room, "unknown");
                            continue;
                        }
                        Err(RecvError::Lagged(missed)) => {
                            error!(missed, known = known.len(), "lagged");
                            yield Update::All;
                        }
                        Err(RecvError::Closed) => break,
                    },
                }
            }
        }
    }
}

#[async_gen(bounds = Send)]
#[instrument(skip_all)]
async fn updates(
    list: impl Stream<Item = Vec<u32>> + Send,
    mut rooms: broadcast::Receiver<u32>,
) -> Update {
    let mut list = std::pin::pin!(list.fuse());
    let mut known = Vec::new();
    loop {
        tokio::select! {
            biased;
            Some(new) = list.next() => {
                debug!(count = new.len(), ?known, "a new list");
                known.clone_from(&new);
                yield_!(Update::List(new));
            }
            room = rooms.recv() => match room {
                Ok(room) if known.contains(&room) => yield_!(Update::Room(room)),
                Ok(room) => {
                    warn!(%room, "unknown");
                    continue;
                }
                Err(RecvError::Lagged(missed)) => {
                    error!(missed, known = known.len(), "lagged");
                    yield_!(Update::All);
                }
                Err(RecvError::Closed) => break,
            },
        }
    }
}

/// Sends more updates of rooms than fit into the channel, beside updates of the list.
async fn run<G: Stream<Item = Update> + Send>(
    make: impl FnOnce(
        tokio_stream::wrappers::UnboundedReceiverStream<Vec<u32>>,
        broadcast::Receiver<u32>,
    ) -> G,
) -> Vec<String> {
    let (lists, list) = tokio::sync::mpsc::unbounded_channel();
    let (rooms, receiver) = broadcast::channel(4);
    let updates = make(list.into(), receiver);
    let mut updates = std::pin::pin!(updates);
    for room in [1, 2, 3] {
        rooms.send(room).unwrap();
    }
    lists.send(vec![1, 3]).unwrap();
    let mut seen = vec![];
    for _ in 0..2 {
        seen.push(format!("{:?}", updates.next().await.unwrap()));
    }
    for room in 0..7 {
        rooms.send(room).unwrap();
    }
    lists.send(vec![5]).unwrap();
    drop((rooms, lists));
    seen.extend(trace(updates).await);
    seen
}

#[tokio::test]
async fn updates_of_the_list_come_first() {
    let expected = ["List([1, 3])", "Room(1)", "List([5])", "All", "Room(5)"];
    assert_eq!(run(peer::updates).await, expected);
    assert_eq!(run(block::updates).await, expected);
    assert_eq!(run(updates).await, expected);
}
