//! Signals of the operating system: an async block makes two channels, and returns a generator that selects on them. The
//! generator outlives the block.

use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::script::trace;

#[derive(Debug, PartialEq)]
enum Signal {
    Reload,
    Terminate,
}

struct Senders {
    reload: UnboundedSender<()>,
    terminate: UnboundedSender<u32>,
}

both! { $ stream, (),
    pub(super) fn signals() -> impl Future<Output = (Senders, impl Stream<Item = Signal> + Send)> {
        async {
            tokio::task::yield_now().await;
            let (reload, mut reloads) = mpsc::unbounded_channel();
            let (terminate, mut terminates) = mpsc::unbounded_channel();
            let senders = Senders { reload, terminate };
            let signals = generator! {
                loop {
                    let signal = tokio::select! {
                        Some(()) = reloads.recv() => Signal::Reload,
                        Some(code) = terminates.recv(), if true => {
                            if code > 1 {
                                yield Signal::Terminate;
                            }
                            Signal::Terminate
                        }
                        else => break,
                    };
                    yield signal;
                }
            };
            (senders, signals)
        }
    }
}

async fn signals() -> (Senders, impl Stream<Item = Signal> + Send) {
    tokio::task::yield_now().await;
    let (reload, reloads) = mpsc::unbounded_channel();
    let (terminate, terminates) = mpsc::unbounded_channel();
    (Senders { reload, terminate }, selected(reloads, terminates))
}

#[async_gen(bounds = Send)]
async fn selected(
    mut reloads: UnboundedReceiver<()>,
    mut terminates: UnboundedReceiver<u32>,
) -> Signal {
    loop {
        let signal = tokio::select! {
            Some(()) = reloads.recv() => Signal::Reload,
            Some(code) = terminates.recv(), if true => {
                if code > 1 {
                    yield_!(Signal::Terminate);
                }
                Signal::Terminate
            }
            else => break,
        };
        yield_!(signal);
    }
}

async fn run((senders, signals): (Senders, impl Stream<Item = Signal> + Send)) -> Vec<String> {
    let mut signals = Box::pin(signals);
    senders.reload.send(()).unwrap();
    assert_eq!(signals.next().await, Some(Signal::Reload));
    senders.terminate.send(2).unwrap();
    let Senders { reload, terminate } = senders;
    drop(reload);
    assert_eq!(signals.next().await, Some(Signal::Terminate));
    terminate.send(1).unwrap();
    drop(terminate);
    trace(signals).await
}

#[tokio::test]
async fn a_generator_outlives_the_block_that_made_it() {
    let expected = ["Terminate", "Terminate"];
    assert_eq!(run(peer::signals().await).await, expected);
    assert_eq!(run(block::signals().await).await, expected);
    assert_eq!(run(signals().await).await, expected);
}
