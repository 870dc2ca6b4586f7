//! A file, by lines.

use std::env;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use async_stream::stream;
use futures::stream::Stream;
use gen_runtime::async_gen;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};

use crate::{Runs, channel, sum};

const LINE: &str = "sixty-four bytes with the newline: what a line of text may be..\n";
const LINES: usize = 20_000;

pub(crate) fn runs() -> Runs {
    let text = Arc::new(Text::new());
    let [by_hand, generated, streamed, sent] = [(); 4].map(|()| Arc::clone(&text));
    [
        Box::new(move || {
            let text = Arc::clone(&by_hand);
            Box::pin(async move { total(ByHand(open(&text.0).await)).await })
        }),
        Box::new(move || {
            let text = Arc::clone(&generated);
            Box::pin(async move { total(generator(open(&text.0).await)).await })
        }),
        Box::new(move || {
            let text = Arc::clone(&streamed);
            Box::pin(async move { total(stream(open(&text.0).await)).await })
        }),
        Box::new(move || {
            let text = Arc::clone(&sent);
            Box::pin(async move { total(task(open(&text.0).await)).await })
        }),
    ]
}

/// A temporary file.
struct Text(PathBuf);

impl Text {
    fn new() -> Self {
        let path = env::temp_dir().join(format!("benchmarks-io-{}", std::process::id()));
        std::fs::write(&path, LINE.repeat(LINES)).expect("a writable folder");
        Text(path)
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        // Nothing depends on it.
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn open(path: &Path) -> Lines<BufReader<File>> {
    BufReader::new(File::open(path).await.expect("a readable file")).lines()
}

async fn total(lines: impl Stream<Item = String>) -> u64 {
    sum(lines, |line| line.len() as u64).await
}

struct ByHand(Lines<BufReader<File>>);

impl Stream for ByHand {
    type Item = String;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<String>> {
        let line = ready!(Pin::new(&mut self.0).poll_next_line(cx));
        Poll::Ready(line.expect("a readable text"))
    }
}

#[async_gen]
async fn generator(mut lines: Lines<BufReader<File>>) -> String {
    while let Some(line) = lines.next_line().await.expect("a readable text") {
        yield_!(line);
    }
}

fn stream(mut lines: Lines<BufReader<File>>) -> impl Stream<Item = String> {
    stream! {
        while let Some(line) = lines.next_line().await.expect("a readable text") {
            yield line;
        }
    }
}

fn task(mut lines: Lines<BufReader<File>>) -> impl Stream<Item = String> {
    channel(move |sender| async move {
        while let Some(line) = lines.next_line().await.expect("a readable text") {
            sender.send(line).await?;
        }
        Ok(())
    })
}
