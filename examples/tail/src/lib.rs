//! Follows a log file as it grows, is truncated, or is replaced by another file of its name.

mod log;

use std::io;
use std::path::PathBuf;

use futures::{Stream, StreamExt};
use gen_runtime::async_gen;

use crate::log::Log;

/// A line of a log, or a change of the file that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A line, without its end.
    Line(String),
    /// The file became shorter: it is read from its start.
    Truncated,
    /// Another file has the name: it is read from its start.
    Rotated,
}

/// Yields the lines of a file, from its start, and then those that are appended to it. Waits for the file if there is none.
///
/// Whenever all has been read, the next item of `changes` is awaited before the file is looked at again. When `changes`
/// ends, what has been written so far is read, and the generator ends.
///
/// A line is yielded when its end has been written. A line that has no end is yielded once its file cannot grow any more.
/// A file that was renamed is read to its end before the one that replaces it. Between two looks, a file that is truncated
/// and grows beyond its former length cannot be told from one that has only grown.
#[async_gen(throws = io::Error)]
pub async fn tail<C>(path: PathBuf, changes: C) -> Event
where
    C: Stream<Item = ()>,
{
    let mut changes = std::pin::pin!(changes.fuse());
    let mut log: Option<Log> = None;
    let mut is_last = false;
    loop {
        if let Some(log) = &mut log {
            while let Some(line) = log.line().await? {
                yield_!(Event::Line(line));
            }
            if log.is_truncated().await? {
                if let Some(rest) = log.rest() {
                    yield_!(Event::Line(rest));
                }
                yield_!(Event::Truncated);
                log.rewind().await?;
                continue;
            }
        }
        match (&mut log, Log::open(&path).await?) {
            (None, Some(new)) => log = Some(new),
            (Some(old), Some(new)) if !old.is_same(&new) => {
                // Lines that were written after the last look, and before the file was renamed.
                while let Some(line) = old.line().await? {
                    yield_!(Event::Line(line));
                }
                if let Some(rest) = old.rest() {
                    yield_!(Event::Line(rest));
                }
                yield_!(Event::Rotated);
                log = Some(new);
            }
            _ if is_last => break,
            _ => is_last = changes.next().await.is_none(),
        }
    }
    if let Some(rest) = log.as_mut().and_then(Log::rest) {
        yield_!(Event::Line(rest));
    }
}
