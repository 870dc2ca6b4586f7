//! The file is changed while the generator awaits, so the tests need no clock.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::pin::pin;

use futures::channel::mpsc;
use futures::{StreamExt, TryStreamExt, poll, stream};
use tail::{Event, tail};

/// A change of the file with this path, and of others in its folder.
type Change = fn(&Path);

/// Follows a file through changes, and returns what was seen.
async fn seen(changes: &[Change]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let changes = stream::iter(changes).map(|change| change(&path));
    let events: Vec<Event> = tail(path.clone(), changes).try_collect().await.unwrap();
    events
        .into_iter()
        .map(|event| match event {
            Event::Line(line) => line,
            other => format!("{other:?}"),
        })
        .collect()
}

fn append(path: &Path, text: &str) {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn old(path: &Path) -> PathBuf {
    path.with_extension("1")
}

fn rotate(path: &Path) {
    fs::rename(path, old(path)).unwrap();
}

#[tokio::test]
async fn a_growing_file() {
    let lines = seen(&[
        |path| append(path, "one\ntwo\n"),
        |_| {},
        |path| append(path, "three\n\nfive\n"),
    ]);
    assert_eq!(lines.await, ["one", "two", "three", "", "five"]);
}

#[tokio::test]
async fn a_line_that_is_written_in_pieces() {
    let lines = seen(&[
        |path| append(path, "o"),
        |path| append(path, "n"),
        |path| append(path, "e\ntw"),
        |path| append(path, "o\n"),
    ]);
    assert_eq!(lines.await, ["one", "two"]);
}

#[tokio::test]
async fn a_file_that_does_not_exist_yet() {
    assert_eq!(seen(&[]).await, [""; 0]);
    assert_eq!(seen(&[|_| {}, |path| append(path, "one\n")]).await, ["one"]);
}

#[tokio::test]
async fn truncation() {
    let lines = seen(&[
        |path| append(path, "one\ntwo\n"),
        |path| {
            File::create(path).unwrap();
        },
        |path| append(path, "three\n"),
        // Truncated and written between two looks.
        |path| {
            File::create(path).unwrap();
            append(path, "4\n");
        },
    ]);
    assert_eq!(
        lines.await,
        ["one", "two", "Truncated", "three", "Truncated", "4"]
    );
}

#[tokio::test]
async fn truncation_in_the_middle_of_a_line() {
    let lines = seen(&[
        |path| append(path, "one\ntw"),
        |path| {
            File::create(path).unwrap();
        },
        |path| append(path, "o\n"),
    ]);
    assert_eq!(lines.await, ["one", "tw", "Truncated", "o"]);
}

#[tokio::test]
async fn rotation() {
    let lines = seen(&[
        |path| append(path, "one\n"),
        // The old file gets its last lines between two looks, of which one has no end.
        |path| {
            append(path, "two\nthree");
            rotate(path);
            append(path, "four\n");
        },
        // Lines that the old file gets from now on are not read.
        |path| {
            append(&old(path), "lost\n");
            append(path, "five\n");
        },
        |path| {
            rotate(path);
            append(path, "six\n");
        },
    ]);
    let expected = [
        "one", "two", "three", "Rotated", "four", "five", "Rotated", "six",
    ];
    assert_eq!(lines.await, expected);
}

#[tokio::test]
async fn a_file_without_a_name_is_read_until_another_has_it() {
    let lines = seen(&[
        |path| append(path, "one\n"),
        |path| rotate(path),
        |path| append(&old(path), "two\n"),
        |path| append(path, "three\n"),
        |path| fs::remove_file(path).unwrap(),
        |_| {},
        |path| append(path, "four\n"),
    ]);
    assert_eq!(
        lines.await,
        ["one", "two", "Rotated", "three", "Rotated", "four"]
    );
}

#[tokio::test]
async fn truncation_and_rotation_between_two_looks() {
    let lines = seen(&[
        |path| append(path, "one\ntwo\n"),
        |path| {
            File::create(path).unwrap();
            append(path, "3\n");
            rotate(path);
            append(path, "four\n");
        },
    ]);
    assert_eq!(
        lines.await,
        ["one", "two", "Truncated", "3", "Rotated", "four"]
    );
}

#[tokio::test]
async fn the_end_of_the_changes() {
    assert_eq!(seen(&[|path| append(path, "one\ntw")]).await, ["one", "tw"]);
}

#[tokio::test]
async fn a_byte_that_is_no_text() {
    let lines = seen(&[|path| fs::write(path, b"caf\xe9\n").unwrap()]);
    assert_eq!(lines.await, ["caf\u{fffd}"]);
}

#[tokio::test]
async fn a_path_that_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let events = tail(folder.path().to_owned(), stream::pending());
    let result: Result<Vec<Event>, _> = events.try_collect().await;
    result.unwrap_err();
}

#[tokio::test]
async fn a_rotation_loses_no_line_at_whichever_await_it_happens() {
    for polls in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        append(&path, "one\n");
        let (announce, changes) = mpsc::unbounded();
        let mut events = pin!(tail(path.clone(), changes));
        let line = |text: &str| Event::Line(text.to_owned());
        assert_eq!(events.try_next().await.unwrap(), Some(line("one")));

        // The generator is polled so often while it looks at the file and then waits for a change.
        {
            let mut next = events.try_next();
            for _ in 0..polls {
                assert!(poll!(&mut next).is_pending());
                tokio::task::yield_now().await;
            }
        }
        append(&path, "two\nthree");
        rotate(&path);
        append(&path, "four\n");
        drop(announce);
        let expected = [line("two"), line("three"), Event::Rotated, line("four")];
        let seen: Vec<Event> = events.try_collect().await.unwrap();
        assert_eq!(seen, expected, "after {polls} polls");
    }
}
