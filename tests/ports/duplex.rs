//! A duplex call: the first message decides between an error, an echo and an empty stream.

use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;

use super::script::trace;

#[derive(Clone, Debug)]
enum Status {
    InvalidArgument,
    Aborted(u32),
    Transport,
}

type Messages = BoxStream<'static, Result<u32, Status>>;

both! { $ try_stream, (throws = Status),
    pub(super) async fn call(
        mut messages: Messages,
    ) -> Result<BoxStream<'static, Result<u32, Status>>, Status> {
        let first = match messages.next().await {
            Some(first) => first?,
            None => return Ok(stream::empty().boxed()),
        };
        if first == 0 {
            return Err(Status::InvalidArgument);
        }
        let output = generator! {
            yield first;
            while let Some(message) = messages.next().await {
                let message = message?;
                if message > 100 {
                    Err(Status::Aborted(message))?;
                }
                for _ in 0..first {
                    yield message;
                }
            }
        };
        Ok(Box::pin(output))
    }
}

async fn call(mut messages: Messages) -> Result<BoxStream<'static, Result<u32, Status>>, Status> {
    let first = match messages.next().await {
        Some(first) => first?,
        None => return Ok(stream::empty().boxed()),
    };
    if first == 0 {
        return Err(Status::InvalidArgument);
    }
    Ok(Box::pin(echo(first, messages)))
}

#[async_gen(throws = Status, bounds = Send)]
async fn echo(first: u32, messages: Messages) -> u32 {
    yield_!(first);
    #[for_await]
    for message in messages {
        let message = message?;
        if message > 100 {
            Err(Status::Aborted(message))?;
        }
        for _ in 0..first {
            yield_!(message);
        }
    }
}

async fn run<S: Stream<Item = Result<u32, Status>> + Send>(
    call: impl AsyncFnOnce(Messages) -> Result<S, Status>,
    messages: &[Result<u32, Status>],
) -> Vec<String> {
    match call(stream::iter(messages.to_vec()).boxed()).await {
        Ok(output) => trace(output).await,
        Err(status) => vec![format!("{status:?}")],
    }
}

#[tokio::test]
async fn the_first_message_decides() {
    let conversations: [(&[_], &[_]); 6] = [
        (&[], &[]),
        (&[Ok(0), Ok(1)], &["InvalidArgument"]),
        (&[Err(Status::Transport)], &["Transport"]),
        (
            &[Ok(2), Ok(5), Ok(6)],
            &["Ok(2)", "Ok(5)", "Ok(5)", "Ok(6)", "Ok(6)"],
        ),
        (
            &[Ok(1), Ok(5), Ok(101), Ok(6)],
            &["Ok(1)", "Ok(5)", "Err(Aborted(101))"],
        ),
        (
            &[Ok(1), Err(Status::Transport), Ok(6)],
            &["Ok(1)", "Err(Transport)"],
        ),
    ];
    for (messages, expected) in conversations {
        assert_eq!(run(peer::call, messages).await, expected);
        assert_eq!(run(block::call, messages).await, expected);
        assert_eq!(run(call, messages).await, expected);
    }
}
