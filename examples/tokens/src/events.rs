//! A parser of [server-sent events].
//!
//! [server-sent events]: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation

use std::mem::take;
use std::time::Duration;

use futures::Stream;
use gen_runtime::async_gen;

/// Yields the events of a stream of bytes, whose chunks may begin and end anywhere, also within a character.
///
/// An event is yielded as soon as the line that ends it has ended. An event that the stream does not end is discarded.
#[async_gen(throws = E)]
pub async fn events<C, B, E>(chunks: C) -> Event
where
    C: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    let (mut kind, mut data, mut id, mut retry) = <(String, String, String, Option<_>)>::default();
    #[for_await]
    for line in lines(chunks) {
        let line = line?;
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => kind = value.to_owned(),
            "data" => {
                data.push_str(value);
                data.push('\n');
            }
            "id" if !value.contains('\0') => id = value.to_owned(),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                retry = value.parse().map(Duration::from_millis).ok().or(retry);
            }
            "" if line.is_empty() => {
                // Without data there is no event. With data, the last line feed is not a part of it.
                if data.pop().is_some() {
                    if kind.is_empty() {
                        "message".clone_into(&mut kind);
                    }
                    yield_!(Event {
                        kind: take(&mut kind),
                        data: take(&mut data),
                        id: id.clone(),
                        retry,
                    });
                }
                kind.clear();
            }
            _ => {}
        }
    }
}

/// Yields the lines of a stream of bytes, each of which ends with CR, LF or CRLF. Text behind the last end is discarded.
///
/// A CR ends its line at once: if an LF follows, possibly in a later chunk, it is skipped.
#[async_gen(throws = E)]
async fn lines<C, B, E>(chunks: C) -> String
where
    C: Stream<Item = Result<B, E>>,
    B: AsRef<[u8]>,
{
    let (mut line, mut is_first, mut was_cr) = (Vec::new(), true, false);
    #[for_await]
    for chunk in chunks {
        for &byte in chunk?.as_ref() {
            match byte {
                b'\n' if was_cr => {}
                b'\n' | b'\r' => {
                    // No byte of a longer character is an end of a line, so lines can be decoded one by one.
                    let text = String::from_utf8_lossy(&line);
                    let mark = if take(&mut is_first) { "\u{feff}" } else { "" };
                    yield_!(text.strip_prefix(mark).unwrap_or(&text).to_owned());
                    line.clear();
                }
                _ => line.push(byte),
            }
            was_cr = byte == b'\r';
        }
    }
}

/// An event, and what the stream has set before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The type, which is `message` if the event has no other.
    pub kind: String,
    /// The data, whose lines are separated by line feeds.
    pub data: String,
    /// The last ID, of this event or an earlier one.
    pub id: String,
    /// The last reconnection time, of this event or an earlier one.
    pub retry: Option<Duration>,
}
