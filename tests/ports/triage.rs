//! Server-sent events of a language model: each frame goes through a closure that decides on it. The source is dropped at
//! the end, before the last item.

use std::sync::atomic::{AtomicBool, Ordering};

use futures::Stream;
use gen_runtime::async_gen;

use super::script::{Script, trace};

#[derive(Clone, Debug)]
enum Error {
    Reconnect,
    Status(u16),
    Json(&'static str),
}

enum Verdict {
    Text(&'static str),
    Ignore,
    Done,
}

type Frames = Script<Result<&'static str, Error>>;

/// Marks that it was dropped.
struct Source<'a> {
    frames: Frames,
    dropped: &'a AtomicBool,
}

impl Drop for Source<'_> {
    fn drop(&mut self) {
        self.dropped.store(true, Ordering::Relaxed);
    }
}

both! { $ stream, (throws = Error),
    pub(super) fn messages(source: Source<'_>) -> impl Stream<Item = Result<String, Error>> + Send + '_ {
        generator! {
            let dropped = source.dropped;
            let mut text = String::new();
            let triage = |frame: &'static str| match frame.split_once(": ") {
                Some(("data", "[DONE]")) => Ok(Verdict::Done),
                Some(("data", data)) => Ok(Verdict::Text(data)),
                Some(("event", _)) => Ok(Verdict::Ignore),
                _ => Err(Error::Json(frame)),
            };
            let mut retries = 1;
            while let Some(frame) = source.frames.next().await {
                match frame {
                    Ok(frame) => match triage(frame) {
                        Ok(Verdict::Text(part)) => {
                            text.push_str(part);
                            yield Ok(part.to_owned());
                        }
                        Ok(Verdict::Ignore) => {}
                        Ok(Verdict::Done) => break,
                        Err(error) => yield Err(error),
                    },
                    Err(Error::Reconnect) if retries > 0 => retries -= 1,
                    Err(error) if matches!(error, Error::Status(500..)) => {
                        yield Err(error);
                    }
                    Err(error) => {
                        yield Err(error);
                        return;
                    }
                }
            }
            drop(source);
            yield Ok(format!("{text}, dropped: {}", dropped.load(Ordering::Relaxed)));
        }
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn messages(source: Source<'_>) -> String {
    let dropped = source.dropped;
    let mut text = String::new();
    let triage = |frame: &'static str| match frame.split_once(": ") {
        Some(("data", "[DONE]")) => Ok(Verdict::Done),
        Some(("data", data)) => Ok(Verdict::Text(data)),
        Some(("event", _)) => Ok(Verdict::Ignore),
        _ => Err(Error::Json(frame)),
    };
    let mut retries = 1;
    while let Some(frame) = source.frames.next().await {
        match frame {
            Ok(frame) => match triage(frame) {
                Ok(Verdict::Text(part)) => {
                    text.push_str(part);
                    yield_!(part.to_owned());
                }
                Ok(Verdict::Ignore) => {}
                Ok(Verdict::Done) => break,
                Err(error) => yield_!(Err(error)),
            },
            Err(Error::Reconnect) if retries > 0 => retries -= 1,
            Err(error) if matches!(error, Error::Status(500..)) => {
                yield_!(Err(error));
            }
            // The last item, as an error that ends the generator.
            Err(error) => Err(error)?,
        }
    }
    drop(source);
    yield_!(format!(
        "{text}, dropped: {}",
        dropped.load(Ordering::Relaxed)
    ));
}

#[tokio::test]
async fn frames_are_sorted_by_a_closure() {
    let scripts: [&[Result<&'static str, Error>]; 3] = [
        &[
            Ok("event: message"),
            Ok("data: a"),
            Err(Error::Reconnect),
            Ok("nonsense"),
            Err(Error::Status(503)),
            Ok("data: b"),
            Ok("data: [DONE]"),
            Ok("data: c"),
        ],
        &[Ok("data: a"), Err(Error::Status(404)), Ok("data: b")],
        &[Err(Error::Reconnect), Err(Error::Reconnect), Ok("data: b")],
    ];
    let ends = [
        r#"Ok("ab, dropped: true")"#,
        "Err(Status(404))",
        "Err(Reconnect)",
    ];
    for (script, end) in scripts.into_iter().zip(ends) {
        let dropped = [const { AtomicBool::new(false) }; 3];
        let source = |index: usize| Source {
            frames: Script::new(script.to_vec()),
            dropped: &dropped[index],
        };
        let expected = trace(peer::messages(source(0))).await;
        assert_eq!(expected.last().unwrap(), end);
        assert_eq!(trace(block::messages(source(1))).await, expected);
        assert_eq!(trace(messages(source(2))).await, expected);
        assert!(
            dropped
                .iter()
                .all(|dropped| dropped.load(Ordering::Relaxed))
        );
    }
}
