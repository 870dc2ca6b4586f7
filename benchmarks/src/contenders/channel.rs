//! A task that sends into a bounded tokio channel: the only contender that runs ahead.

use std::future::{self, Future};
use std::hint::black_box;

use tokio::io::{AsyncBufRead, Lines};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::{Array, Contender, RUNTIME, Source, Tick, array, string};

/// See the module.
///
/// A task needs a `Send` stream, so this contender cannot nest others.
pub struct Channel;

impl Contender for Channel {
    const NAME: &'static str = "tokio mpsc(64)";

    fn run<F: Future>(consumer: F) -> F::Output {
        RUNTIME.block_on(consumer)
    }

    fn tight(items: u64) -> impl Source<u64> + 'static {
        channel(move |sender| async move {
            for n in 0..items {
                sender.send(n).await?;
            }
            Ok(())
        })
    }

    fn ready(items: u64) -> impl Source<u64> + 'static {
        channel(move |sender| async move {
            for n in 0..items {
                sender.send(future::ready(black_box(n)).await).await?;
            }
            Ok(())
        })
    }

    fn pending(items: u64) -> impl Source<u64> + 'static {
        channel(move |sender| async move {
            for n in 0..items {
                Tick::default().await;
                sender.send(n).await?;
            }
            Ok(())
        })
    }

    fn arrays(items: u64) -> impl Source<Array> + 'static {
        channel(move |sender| async move {
            for n in 0..items {
                sender.send(array(n)).await?;
            }
            Ok(())
        })
    }

    fn strings(items: u64) -> impl Source<String> + 'static {
        channel(move |sender| async move {
            for n in 0..items {
                sender.send(string(n)).await?;
            }
            Ok(())
        })
    }

    fn lines<R>(mut lines: Lines<R>) -> impl Source<String> + 'static
    where
        R: AsyncBufRead + Unpin + Send + 'static,
    {
        channel(move |sender| async move {
            while let Some(line) = lines.next_line().await.expect("a readable text") {
                sender.send(line).await?;
            }
            Ok(())
        })
    }
}

/// An error ends the task: the consumer is gone.
type Sent<T> = Result<(), mpsc::error::SendError<T>>;

fn channel<T, F>(producer: impl FnOnce(mpsc::Sender<T>) -> F) -> ReceiverStream<T>
where
    T: Send + 'static,
    F: Future<Output = Sent<T>> + Send + 'static,
{
    let (sender, receiver) = mpsc::channel(64);
    RUNTIME.spawn(producer(sender));
    ReceiverStream::new(receiver)
}
