//! A decoder of frames. An inner loop takes messages of three kinds out of each frame. It reports a message
//! that cannot be decoded, and continues; a frame that cannot be read ends it.

use futures::Stream;
use gen_runtime::{async_gen, async_gen_block};

use super::script::trace;

#[derive(Clone, Debug, PartialEq)]
enum Error {
    Io,
    Unknown(u8),
    Truncated,
}

#[derive(Debug)]
enum Message {
    Byte(u8),
    Text(String),
    End,
}

type Frame = Result<Vec<u8>, Error>;

/// Returns the next message of a frame, and the rest of the frame.
fn decode(frame: &[u8]) -> Result<Option<(Message, &[u8])>, Error> {
    Ok(match frame {
        [] => None,
        [0, rest @ ..] => Some((Message::End, rest)),
        [1, byte, rest @ ..] => Some((Message::Byte(*byte), rest)),
        [2, length, rest @ ..] => {
            let text = rest.get(..usize::from(*length)).ok_or(Error::Truncated)?;
            let text = String::from_utf8_lossy(text).into_owned();
            Some((Message::Text(text), &rest[usize::from(*length)..]))
        }
        [1 | 2] => return Err(Error::Truncated),
        [kind, ..] => return Err(Error::Unknown(*kind)),
    })
}

fn peer(
    frames: impl Stream<Item = Frame> + Send,
) -> impl Stream<Item = Result<Message, Error>> + Send {
    async_stream::stream! {
        for await frame in frames {
            let frame = match frame {
                Ok(frame) => frame,
                Err(error) => {
                    yield Err(error);
                    return;
                }
            };
            let mut rest = &frame[..];
            loop {
                match decode(rest) {
                    Ok(None) => break,
                    Ok(Some((Message::End, _))) => return,
                    Ok(Some((message, next))) => {
                        rest = next;
                        yield Ok(message);
                    }
                    Err(error @ Error::Unknown(_)) => {
                        rest = &rest[1..];
                        yield Err(error);
                    }
                    Err(error) => {
                        yield Err(error);
                        break;
                    }
                }
            }
        }
    }
}

fn block(
    frames: impl Stream<Item = Frame> + Send,
) -> impl Stream<Item = Result<Message, Error>> + Send {
    async_gen_block! {
        #![async_gen(throws = Error)]
        for await frame in frames {
            let frame = frame?;
            let mut rest = &frame[..];
            loop {
                match decode(rest) {
                    Ok(None) => break,
                    Ok(Some((Message::End, _))) => return,
                    Ok(Some((message, next))) => {
                        rest = next;
                        yield Ok(message);
                    }
                    Err(error @ Error::Unknown(_)) => {
                        rest = &rest[1..];
                        yield Err(error);
                    }
                    Err(error) => {
                        yield Err(error);
                        break;
                    }
                }
            }
        }
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn attribute(frames: impl Stream<Item = Frame> + Send) -> Message {
    #[for_await]
    for frame in frames {
        let frame = frame?;
        let mut rest = &frame[..];
        loop {
            match decode(rest) {
                Ok(None) => break,
                Ok(Some((Message::End, _))) => return,
                Ok(Some((message, next))) => {
                    rest = next;
                    yield_!(Ok(message));
                }
                Err(error @ Error::Unknown(_)) => {
                    rest = &rest[1..];
                    yield_!(Err(error));
                }
                Err(error) => {
                    yield_!(Err(error));
                    break;
                }
            }
        }
    }
}

#[tokio::test]
async fn decoding_continues_after_errors() {
    let frames = [
        Ok(vec![1, 5, 9, 2, 2, b'h', b'i']),
        Ok(vec![]),
        Ok(vec![2, 9, b'x']),
        Ok(vec![1]),
        Ok(vec![1, 6]),
    ];
    let ends = [Ok(vec![0, 1, 7]), Err(Error::Io), Ok(vec![7, 7, 1, 8])];
    for end in ends {
        let frames = || {
            let all = frames
                .clone()
                .into_iter()
                .chain([end.clone(), Ok(vec![1, 9])]);
            futures::stream::iter(all)
        };
        let expected = trace(peer(frames())).await;
        assert!(expected.len() > 5, "{expected:?}");
        assert_eq!(trace(block(frames())).await, expected);
        assert_eq!(trace(attribute(frames())).await, expected);
    }
}
