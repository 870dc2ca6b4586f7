//! The parser of events, beside the standard and the crate `eventsource-stream`.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use eventsource_stream::{EventStream, EventStreamError};
use futures::executor::block_on;
use futures::stream::{iter, pending};
use futures::{FutureExt, Stream, StreamExt, TryStreamExt, future};
use gen_runtime::pin;
use tokens::events::{Event, events};

type Chunk<'a> = Result<&'a [u8], Infallible>;

fn chunks<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> impl Stream<Item = Chunk<'a>> {
    iter(parts.into_iter().map(Ok).collect::<Vec<_>>())
}

fn ours<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Vec<Event> {
    let Ok(events) = block_on(events(chunks(parts)).try_collect());
    events
}

/// Returns the events of `eventsource-stream`. There, an event has a reconnection time only if the event sets one.
fn theirs<'a>(
    parts: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<Event>, EventStreamError<Infallible>> {
    let mut last = None;
    let events = EventStream::new(chunks(parts)).map_ok(|event| {
        last = event.retry.or(last);
        Event {
            kind: event.event,
            data: event.data,
            id: event.id,
            retry: last,
        }
    });
    block_on(events.try_collect())
}

fn message(data: &str) -> Event {
    Event {
        kind: "message".to_owned(),
        data: data.to_owned(),
        id: String::new(),
        retry: None,
    }
}

/// Streams, and their events. Both parsers agree on them.
fn agreed() -> Vec<(&'static str, Vec<Event>)> {
    let with_id = |id: &str, data| Event {
        id: id.to_owned(),
        ..message(data)
    };
    let with_kind = |kind: &str, data| Event {
        kind: kind.to_owned(),
        ..message(data)
    };
    let with_retry = |millis, data| Event {
        retry: Some(Duration::from_millis(millis)),
        ..message(data)
    };
    vec![
        // The examples of the standard.
        (
            "data: YHOO\ndata: +2\ndata: 10\n\n",
            vec![message("YHOO\n+2\n10")],
        ),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            vec![
                with_id("1", "first event"),
                message("second event"),
                message(" third event"),
            ],
        ),
        (
            "data\n\ndata\ndata\n\ndata:\n",
            vec![message(""), message("\n")],
        ),
        (
            "data:test\n\ndata: test\n\n",
            vec![message("test"), message("test")],
        ),
        (
            "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n",
            vec![with_kind("add", "73857293"), with_kind("remove", "2153")],
        ),
        // Ends of lines.
        (
            "data: a\rdata: b\r\ndata: c\n\r\ndata: d\r\r\n\n",
            vec![message("a\nb\nc"), message("d")],
        ),
        // Characters of two, three and four bytes.
        ("data: ü你👋\nevent: é\n\n", vec![with_kind("é", "ü你👋")]),
        // An ID lasts, and has no NUL. A type lasts to the end of its event, even if that has no data.
        (
            "id: 1\n\ndata: a\n\nid: 2\0\ndata: b\n\nid:\ndata: c\n\n",
            vec![with_id("1", "a"), with_id("1", "b"), message("c")],
        ),
        (
            "event: a\n\ndata: b\n\nevent: c\nevent: d\ndata: e\n\n",
            vec![message("b"), with_kind("d", "e")],
        ),
        // A reconnection time consists of digits.
        (
            "retry: 10\ndata: a\n\nretry: 1s\nretry:\nretry: -1\ndata: b\n\n",
            vec![with_retry(10, "a"), with_retry(10, "b")],
        ),
        // Names are matched exactly. The first colon ends a name.
        (
            "Data: a\n data: b\ndata : c\nx\n:data: d\n\ndata: e: f\n\n",
            vec![message("e: f")],
        ),
        // Without the line that ends it, an event is discarded.
        ("data: a\n\ndata: b\n", vec![message("a")]),
        ("data: a\n\ndata: b", vec![message("a")]),
        ("", vec![]),
        ("\n\r\n\n", vec![]),
    ]
}

#[test]
fn events_are_those_of_the_standard_wherever_the_bytes_are_split() {
    for (text, expected) in agreed() {
        let bytes = text.as_bytes();
        for at in 0..=bytes.len() {
            let (first, second) = bytes.split_at(at);
            assert_eq!(ours([first, second]), expected, "{text:?} split at {at}");
            assert_eq!(
                theirs([first, second]).unwrap(),
                expected,
                "{text:?} split at {at}"
            );
        }
        assert_eq!(ours(bytes.chunks(1)), expected, "{text:?} byte by byte");
    }
}

#[test]
fn random_streams_are_parsed_as_by_the_other_parser() {
    const PARTS: &[&str] = &[
        "data: a",
        "data:",
        "data",
        "data:  b",
        "event: e",
        "event",
        "id: 1",
        "id",
        "id: \0",
        "retry: 7",
        "retry: x",
        ":",
        ": c",
        "x: y",
        "data: ü",
        "data: 你👋",
        "é: é",
        " ",
    ];
    const ENDS: &[&str] = &["\n", "\r", "\r\n", "\n\n", "\r\r", "\r\n\r\n", "\r\n\n", ""];
    let mut total = 0;
    for seed in 0..3_000 {
        let mut random = fastrand::Rng::with_seed(seed);
        // Ends with the start of a comment, since the two differ in a CR at the end. Begins with data, since they differ
        // in a time that is set without data.
        let mut text = String::new();
        for _ in 0..random.usize(0..30) {
            text += random.choice(PARTS).unwrap();
            text += random.choice(ENDS).unwrap();
        }
        text = text.replace("retry", "\ndata: r\nretry") + ":";
        let mut parts = Vec::new();
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let (part, others) = rest.split_at(random.usize(0..=rest.len().min(9)));
            parts.push(part);
            rest = others;
        }
        let expected = theirs(parts.iter().copied()).unwrap();
        assert_eq!(ours(parts), expected, "seed {seed}: {text:?}");
        total += expected.len();
    }
    assert!(total > 10_000, "only {total} events");
}

#[test]
fn a_byte_order_mark_is_skipped_at_the_start_only() {
    // The standard decodes the stream by "UTF-8 decode", which strips one mark.
    let marked = "\u{feff}data: a\n\n";
    for at in 0..=marked.len() {
        let (first, second) = marked.as_bytes().split_at(at);
        assert_eq!(ours([first, second]), [message("a")], "split at {at}");
    }
    assert_eq!(ours(["\u{feff}\u{feff}data: a\n\n".as_bytes()]), []);
    assert_eq!(ours(["\n\u{feff}data: a\n\n".as_bytes()]), []);
    // The other parser skips one byte of three.
    catch_unwind(AssertUnwindSafe(|| theirs([marked.as_bytes()]))).unwrap_err();
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    // "UTF-8 decode" replaces what it cannot decode: a wrong byte, and a character that is cut off, once each.
    let text = b"data: a\xffb\xe4\xbd\ndata: c\n\n";
    for at in 0..=text.len() {
        let (first, second) = text.split_at(at);
        let expected = [message("a\u{fffd}b\u{fffd}\nc")];
        assert_eq!(ours([first, second]), expected, "split at {at}");
    }
    // The other parser fails at the end of the stream.
    let error = theirs([text.as_slice()]).unwrap_err();
    assert!(matches!(error, EventStreamError::Utf8(_)), "{error}");
}

#[test]
fn a_carriage_return_ends_an_event_at_once() {
    // The standard ends a line at a CR that no LF follows. No byte follows either for as long as the server waits.
    let text = b"data: a\r\r";
    let mut events = pin!(events(chunks([text.as_slice()]).chain(pending())));
    assert_eq!(events.next().now_or_never(), Some(Some(Ok(message("a")))));
    assert_eq!(events.next().now_or_never(), None);
    assert_eq!(ours([text.as_slice()]), [message("a")]);
    // The other parser waits for the byte behind it, and discards the event if there is none.
    let mut waiting = EventStream::new(chunks([text.as_slice()]).chain(pending()));
    assert_eq!(waiting.next().now_or_never(), None);
    assert_eq!(theirs([text.as_slice()]).unwrap(), []);
}

#[test]
fn a_reconnection_time_needs_no_data_and_no_sign() {
    let seconds = |n| Some(Duration::from_secs(n));
    let times = |events: &[Event]| events.iter().map(|event| event.retry).collect::<Vec<_>>();
    let text = b"retry: 1000\n\ndata: a\n\nretry: +2000\ndata: b\n\n";
    // The standard sets the time when it reads the field, and ignores a field with other characters than digits.
    assert_eq!(times(&ours([text.as_slice()])), [seconds(1), seconds(1)]);
    // In the other parser it is a part of the event, and is parsed as Rust's integers are.
    assert_eq!(
        times(&theirs([text.as_slice()]).unwrap()),
        [None, seconds(2)]
    );
}

#[test]
fn a_call_that_is_dropped_while_it_waits_loses_nothing() {
    for (text, expected) in agreed() {
        // Each byte is pending once.
        let bytes = iter(text.as_bytes().chunks(1)).then(|byte| async move {
            let mut is_first = true;
            future::poll_fn(|context| {
                if std::mem::take(&mut is_first) {
                    context.waker().wake_by_ref();
                    return std::task::Poll::Pending;
                }
                std::task::Poll::Ready(())
            })
            .await;
            Ok::<_, Infallible>(byte)
        });
        let mut events = pin!(events(bytes));
        let (mut seen, mut dropped) = (Vec::new(), 0);
        loop {
            match events.next().now_or_never() {
                Some(Some(Ok(event))) => seen.push(event),
                Some(None) => break,
                None => dropped += 1,
            }
        }
        assert_eq!((seen, dropped), (expected, text.len()), "{text:?}");
    }
}

#[test]
fn an_error_of_the_chunks_ends_the_events() {
    let parts = [Ok("data: a\n\ndata: b\n"), Err("lost"), Ok("\n")];
    let mut events = pin!(events(iter(parts)));
    block_on(async {
        assert_eq!(events.next().await, Some(Ok(message("a"))));
        assert_eq!(events.next().await, Some(Err("lost")));
        assert_eq!(events.next().await, None);
    });
}
