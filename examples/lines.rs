//! Yields the lines of a file, or of standard input, as a `Stream` for any crate's combinators.
//!
//! `cargo run --example lines -- README.md`, or `ls | cargo run --example lines -- -`

use std::io;
use std::time::Duration;

use gen_runtime::async_gen;
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, BufReader};
use tokio_stream::StreamExt as _;

/// Yields the lines of `source`, without their line endings.
#[async_gen(throws = io::Error)]
async fn lines(mut source: impl AsyncBufRead + Unpin) -> String {
    loop {
        let mut line = String::new();
        if source.read_line(&mut line).await? == 0 {
            return;
        }
        line.truncate(line.trim_end_matches(['\r', '\n']).len());
        yield_!(line);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "README.md".into());
    let source: Box<dyn AsyncBufRead + Unpin> = if path == "-" {
        Box::new(BufReader::new(tokio::io::stdin()))
    } else {
        Box::new(BufReader::new(tokio::fs::File::open(&path).await?))
    };

    // With the combinators of `futures`, keeps the headings and their line numbers.
    let headings =
        futures::StreamExt::enumerate(lines(source)).filter_map(|(index, line)| match line {
            Ok(line) if line.trim_start_matches('#').starts_with(' ') && line.starts_with('#') => {
                Some(Ok((index + 1, line)))
            }
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        });

    // With those of `tokio-stream`, makes batches of at most five, which wait at most a second.
    let mut batches = std::pin::pin!(headings.chunks_timeout(5, Duration::from_secs(1)));
    while let Some(batch) = batches.next().await {
        println!("{} headings:", batch.len());
        for heading in batch {
            let (number, heading) = heading?;
            println!("{number:>5}  {heading}");
        }
    }
    Ok(())
}
