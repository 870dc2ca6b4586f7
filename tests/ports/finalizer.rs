//! A finalizer: files that were acknowledged leave it in order, and at shutdown it waits for the rest. One `select!` has
//! an order, preconditions, and a handler that yields in a `match`.

use futures::stream::{FuturesOrdered, FuturesUnordered};
use futures::{FutureExt as _, Stream, StreamExt as _};
use gen_runtime::async_gen;
use tokio::sync::{mpsc, oneshot};

use super::script::trace;

type Receiver = oneshot::Receiver<bool>;
type Pending = futures::future::BoxFuture<'static, (bool, u32)>;

/// A collection of futures, whose order of completion is its own.
trait Futures: Default + Stream<Item = (bool, u32)> + Unpin + Send {
    fn add(&mut self, future: Pending);
}

impl Futures for FuturesOrdered<Pending> {
    fn add(&mut self, future: Pending) {
        self.push_back(future);
    }
}

impl Futures for FuturesUnordered<Pending> {
    fn add(&mut self, future: Pending) {
        self.push(future);
    }
}

both! { $ stream, (),
    pub(super) fn finalize<S: Futures>(
        mut shutdown: oneshot::Receiver<()>,
        mut entries: mpsc::UnboundedReceiver<(Receiver, u32)>,
    ) -> impl Stream<Item = (bool, u32)> + Send {
        generator! {
            let mut pending = S::default();
            let mut waiting = 0;
            let mut closed = false;
            let mut detached = false;
            loop {
                tokio::select! {
                    biased;
                    stop = &mut shutdown, if !detached => match stop {
                        Ok(()) => break,
                        Err(_) => detached = true,
                    },
                    new = entries.recv(), if !closed => match new {
                        Some((receiver, entry)) => {
                            waiting += 1;
                            pending.add(receiver.map(move |ok| (ok == Ok(true), entry)).boxed());
                        }
                        None => closed = true,
                    },
                    done = pending.next(), if waiting > 0 => match done {
                        Some((ok, entry)) => {
                            waiting -= 1;
                            yield (ok, entry);
                        }
                        None => break,
                    },
                    else => break,
                }
            }
            while let Some(done) = pending.next().await {
                yield done;
            }
            drop(pending);
            drop(shutdown);
        }
    }
}

#[async_gen(bounds = Send)]
async fn finalize<S: Futures>(
    mut shutdown: oneshot::Receiver<()>,
    mut entries: mpsc::UnboundedReceiver<(Receiver, u32)>,
) -> (bool, u32) {
    let mut pending = S::default();
    let mut waiting = 0;
    let mut closed = false;
    let mut detached = false;
    loop {
        tokio::select! {
            biased;
            stop = &mut shutdown, if !detached => match stop {
                Ok(()) => break,
                Err(_) => detached = true,
            },
            new = entries.recv(), if !closed => match new {
                Some((receiver, entry)) => {
                    waiting += 1;
                    pending.add(receiver.map(move |ok| (ok == Ok(true), entry)).boxed());
                }
                None => closed = true,
            },
            done = pending.next(), if waiting > 0 => match done {
                Some((ok, entry)) => {
                    waiting -= 1;
                    yield_!((ok, entry));
                }
                None => break,
            },
            else => break,
        }
    }
    while let Some(done) = pending.next().await {
        yield_!(done);
    }
    drop(pending);
    drop(shutdown);
}

/// Adds four entries, acknowledges them in another order, and shuts down before the last of them or never.
async fn run<G: Stream<Item = (bool, u32)> + Send>(
    make: impl FnOnce(oneshot::Receiver<()>, mpsc::UnboundedReceiver<(Receiver, u32)>) -> G,
    stops: bool,
) -> Vec<String> {
    let (stop, stopped) = oneshot::channel();
    let (sender, entries) = mpsc::unbounded_channel();
    let generator = make(stopped, entries);
    let script = async move {
        let mut acknowledge = Vec::new();
        for entry in 0..4 {
            let (sender_of_entry, receiver) = oneshot::channel();
            sender.send((receiver, entry)).unwrap();
            acknowledge.push(Some(sender_of_entry));
        }
        tokio::task::yield_now().await;
        for (round, index) in [2, 0, 1].into_iter().enumerate() {
            let sender = acknowledge[index].take().unwrap();
            sender.send(round != 1).unwrap();
            tokio::task::yield_now().await;
        }
        if stops {
            stop.send(()).unwrap();
            tokio::task::yield_now().await;
        } else {
            drop((sender, stop));
        }
        // The last one is dropped, which counts as a failure.
    };
    tokio::join!(trace(generator), script).0
}

#[tokio::test]
async fn entries_leave_in_order_also_at_shutdown() {
    for stops in [false, true] {
        let ordered = ["(false, 0)", "(true, 1)", "(true, 2)", "(false, 3)"];
        assert_eq!(
            run(peer::finalize::<FuturesOrdered<_>>, stops).await,
            ordered
        );
        assert_eq!(
            run(block::finalize::<FuturesOrdered<_>>, stops).await,
            ordered
        );
        assert_eq!(run(finalize::<FuturesOrdered<_>>, stops).await, ordered);

        let expected = run(peer::finalize::<FuturesUnordered<_>>, stops).await;
        assert_eq!(expected[0], "(true, 2)");
        assert_eq!(
            run(block::finalize::<FuturesUnordered<_>>, stops).await,
            expected
        );
        assert_eq!(run(finalize::<FuturesUnordered<_>>, stops).await, expected);
    }
}
