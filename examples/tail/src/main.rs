//! `cargo run --manifest-path examples/Cargo.toml -p tail -- FILE` follows a file until Ctrl-C. It looks at the file five
//! times a second.
//!
//! Without a file it follows one that another task writes, truncates and rotates.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::channel::mpsc;
use futures::stream::AbortHandle;
use futures::{SinkExt, Stream};
use gen_runtime::{async_gen, pin};
use tail::{Event, tail};
use tokio::fs::{self, File, OpenOptions};
use tokio::io::AsyncWriteExt;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    if let Some(path) = std::env::args_os().nth(1) {
        let (ticks, stop) = futures::stream::abortable(ticks());
        // In a task of its own, so that an error ends the program at once.
        tokio::spawn(interrupt(stop));
        print(path.into(), ticks).await
    } else {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("log");
        let (announce, changes) = mpsc::channel(0);
        tokio::try_join!(print(path.clone(), changes), write(&path, announce))?;
        Ok(())
    }
}

/// Prints the lines of a file, and how it changes, as long as there are changes.
async fn print(path: PathBuf, changes: impl Stream<Item = ()>) -> io::Result<()> {
    let mut events = pin!(tail(path, changes));
    while let Some(event) = events.try_next().await? {
        match event {
            Event::Line(line) => println!("{line}"),
            Event::Truncated => println!("-- truncated --"),
            Event::Rotated => println!("-- rotated --"),
        }
    }
    Ok(())
}

#[async_gen]
async fn ticks() {
    loop {
        tokio::time::sleep(Duration::from_millis(200)).await;
        yield_!(());
    }
}

async fn interrupt(stop: AbortHandle) {
    // If the signal cannot be received, it ends the program.
    if tokio::signal::ctrl_c().await.is_ok() {
        stop.abort();
    }
}

/// Writes a log as services do, and announces each change.
async fn write(path: &Path, mut announce: mpsc::Sender<()>) -> io::Result<()> {
    for text in ["10:00 started\n10:01 a line that is cut", " in two\n"] {
        append(path, text).await?;
        let _ = announce.send(()).await;
    }

    File::create(path).await?;
    append(path, "10:02 new start\n").await?;
    let _ = announce.send(()).await;

    append(path, "10:03 the last line here\n").await?;
    fs::rename(path, path.with_extension("1")).await?;
    append(path, "10:04 the first line there\n").await?;
    let _ = announce.send(()).await;
    Ok(())
}

async fn append(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .await?;
    file.write_all(text.as_bytes()).await?;
    file.flush().await
}
