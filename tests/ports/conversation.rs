//! A handler of requests over a connection: reads a head of two parts, and then answers by streams of its own, until the
//! input is drained.

use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;

use super::script::trace;

#[derive(Clone, Debug, PartialEq)]
enum Error {
    NoRequest,
    Version(u32),
    Transport,
    Range,
}

type Input = BoxStream<'static, Result<u32, Error>>;

both! { $ try_stream, (throws = Error),
    fn count(to: u32) -> impl Stream<Item = Result<String, Error>> + Send {
        generator! {
            for n in 0..to {
                if n == 3 {
                    Err(Error::Range)?;
                }
                tokio::task::yield_now().await;
                yield format!("{n} of {to}");
            }
        }
    }

    pub(super) fn handle(mut input: Input) -> impl Stream<Item = Result<String, Error>> + Send {
        generator! {
            let (version, request) = match (input.next().await, input.next().await) {
                (Some(version), request) => (version?, request.ok_or(Error::NoRequest)??),
                (None, _) => return,
            };
            if version != 1 {
                yield format!("version {version} is not supported");
                Err(Error::Version(version))?;
                return;
            }
            for await message in count(request) {
                yield message?;
            }
            while let Some(next) = input.next().await {
                for await message in count(next?) {
                    let message = message?;
                    yield message;
                }
            }
            yield "end".to_owned();
        }
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn count(to: u32) -> String {
    for n in 0..to {
        if n == 3 {
            Err(Error::Range)?;
        }
        tokio::task::yield_now().await;
        yield_!(format!("{n} of {to}"));
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn handle(mut input: Input) -> String {
    let (version, request) = match (input.next().await, input.next().await) {
        (Some(version), request) => (version?, request.ok_or(Error::NoRequest)??),
        (None, _) => return,
    };
    if version != 1 {
        yield_!(format!("version {version} is not supported"));
        Err(Error::Version(version))?;
    }
    yield_from!(count(request));
    while let Some(next) = input.next().await {
        yield_from!(count(next?));
    }
    yield_!("end".to_owned());
}

#[tokio::test]
async fn a_handler_answers_until_the_input_is_drained() {
    let inputs: [&[Result<u32, Error>]; 7] = [
        &[],
        &[Ok(1)],
        &[Ok(1), Ok(2)],
        &[Ok(1), Ok(2), Ok(0), Ok(3)],
        &[Ok(1), Ok(2), Ok(4), Ok(1)],
        &[Ok(2), Ok(2)],
        &[Ok(1), Ok(1), Err(Error::Transport)],
    ];
    let ends = [
        None,
        Some("Err(NoRequest)"),
        Some(r#"Ok("end")"#),
        Some(r#"Ok("end")"#),
        Some("Err(Range)"),
        Some("Err(Version(2))"),
        Some("Err(Transport)"),
    ];
    for (input, end) in inputs.into_iter().zip(ends) {
        let input = || stream::iter(input.to_vec()).boxed();
        let expected = trace(peer::handle(input())).await;
        assert_eq!(expected.last().map(String::as_str), end);
        assert_eq!(trace(block::handle(input())).await, expected);
        assert_eq!(trace(handle(input())).await, expected);
    }
}
