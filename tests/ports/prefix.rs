//! A listing by prefix: an inner stream is pinned, its errors and those of each name get a context.

use std::pin::pin;

use anyhow::{Context as _, anyhow};
use futures::{Stream, StreamExt as _, TryStreamExt as _, stream};
use gen_runtime::async_gen;

use super::script::trace;

type Names = Vec<Result<&'static str, &'static str>>;

fn storage(names: Names) -> impl Stream<Item = anyhow::Result<String>> + Send {
    stream::iter(names).then(async |name| {
        tokio::task::yield_now().await;
        name.map(str::to_owned).map_err(|error| anyhow!(error))
    })
}

type Parser = Box<dyn Fn(&str) -> Option<u32> + Send>;

/// Ways to write the number of a name.
fn parsers() -> impl Iterator<Item = Parser> {
    let decimal: Parser = Box::new(|text| text.parse().ok());
    let hexadecimal: Parser =
        Box::new(|text| u32::from_str_radix(text.strip_prefix("0x")?, 16).ok());
    [decimal, hexadecimal].into_iter()
}

both! { $ try_stream, (throws = anyhow::Error),
    pub(super) fn list(
        names: Names,
        prefix: &str,
    ) -> impl Stream<Item = anyhow::Result<Vec<u32>>> + Send + '_ {
        generator! {
            let mut pages = pin!(storage(names).chunks(2));
            while let Some(page) = pages.next().await {
                let mut numbers = Vec::new();
                for name in page {
                    let name = name.with_context(|| format!("while listing {prefix}"))?;
                    let Some(rest) = name.strip_prefix(prefix) else { continue };
                    let number = parsers()
                        .find_map(|parse| parse(rest))
                        .ok_or_else(|| anyhow!("{rest} is no number"))?;
                    numbers.push(number);
                }
                yield numbers;
            }
        }
    }
}

#[async_gen(throws = anyhow::Error, bounds = Send)]
async fn list(names: Names, prefix: &str) -> Vec<u32> {
    let mut pages = pin!(storage(names).chunks(2));
    while let Some(page) = pages.next().await {
        let mut numbers = Vec::new();
        for name in page {
            let name = name.with_context(|| format!("while listing {prefix}"))?;
            let Some(rest) = name.strip_prefix(prefix) else {
                continue;
            };
            let number = parsers()
                .find_map(|parse| parse(rest))
                .ok_or_else(|| anyhow!("{rest} is no number"))?;
            numbers.push(number);
        }
        yield_!(numbers);
    }
}

/// Returns the items as text, without the backtraces of errors.
async fn pages(stream: impl Stream<Item = anyhow::Result<Vec<u32>>> + Send) -> Vec<String> {
    trace(stream.map_err(|error| format!("{error:#}"))).await
}

#[tokio::test]
async fn a_listing_ends_at_its_first_error() {
    let good: Names = vec![Ok("a/1"), Ok("b/2"), Ok("a/0x10"), Ok("a/3"), Ok("a/4")];
    let mut bad_name = good.clone();
    bad_name[3] = Ok("a/three");
    let mut broken = good.clone();
    broken[2] = Err("connection reset");
    for (names, prefix, last) in [
        (good, "a/", "Ok([4])"),
        (bad_name.clone(), "a/", "three is no number"),
        (bad_name, "b/", "Ok([])"),
        (broken, "a/", "while listing a/"),
    ] {
        let expected = pages(peer::list(names.clone(), prefix)).await;
        assert!(expected.last().unwrap().contains(last), "{expected:?}");
        assert_eq!(pages(block::list(names.clone(), prefix)).await, expected);
        assert_eq!(pages(list(names, prefix)).await, expected);
    }
}
