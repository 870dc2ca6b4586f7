//! A reader that fetches its first element before it answers, and chains the rest behind that one.

use std::pin::Pin;

use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use gen_runtime::async_gen;

use super::script::{Script, trace};

#[derive(Debug)]
enum Error {
    NotFound,
    Read(u32),
}

type Chunks = Script<Result<Vec<u8>, u32>>;
type Answers<'a> = &'a dyn Fn() -> Vec<Result<Vec<u8>, u32>>;

both! { $ try_stream, (throws = u32),
    pub(super) async fn read(chunks: &Chunks) -> Result<BoxStream<'_, Result<Vec<u8>, Error>>, Error> {
        let mut rest: Pin<Box<dyn Stream<Item = Result<Vec<u8>, u32>> + Send + '_>> = Box::pin(generator! {
            while let Some(chunk) = chunks.next().await {
                let chunk = chunk?;
                if !chunk.is_empty() {
                    yield chunk;
                }
            }
        });
        let first = match rest.next().await {
            None => return Err(Error::NotFound),
            Some(first) => first.map_err(Error::Read)?,
        };
        Ok(stream::iter(Some(Ok(first))).chain(rest.map_err(Error::Read)).boxed())
    }
}

async fn read(chunks: &Chunks) -> Result<BoxStream<'_, Result<Vec<u8>, Error>>, Error> {
    let mut rest = Box::pin(all(chunks));
    let first = match rest.next().await {
        None => return Err(Error::NotFound),
        Some(first) => first.map_err(Error::Read)?,
    };
    Ok(stream::iter(Some(Ok(first)))
        .chain(rest.map_err(Error::Read))
        .boxed())
}

#[async_gen(throws = u32, bounds = Send)]
async fn all(chunks: &Chunks) -> Vec<u8> {
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        if !chunk.is_empty() {
            yield_!(chunk);
        }
    }
}

async fn run(chunks: Result<BoxStream<'_, Result<Vec<u8>, Error>>, Error>) -> Vec<String> {
    match chunks {
        Ok(chunks) => trace(chunks).await,
        Err(error) => vec![format!("{error:?}")],
    }
}

#[tokio::test]
async fn the_first_element_decides_on_the_answer() {
    let full = || vec![Ok(vec![]), Ok(vec![1]), Ok(vec![]), Ok(vec![2, 3])];
    let torn = || vec![Ok(vec![1]), Err(5), Ok(vec![2])];
    let scripts: [(Answers<'_>, &[&str]); 4] = [
        (&full, &["Ok([1])", "Ok([2, 3])"]),
        (&torn, &["Ok([1])", "Err(Read(5))"]),
        (&|| vec![Err(7)], &["Read(7)"]),
        (&|| vec![Ok(vec![])], &["NotFound"]),
    ];
    for (script, expected) in scripts {
        let chunks = [(); 3].map(|()| Script::new(script()));
        assert_eq!(run(peer::read(&chunks[0]).await).await, expected);
        assert_eq!(run(block::read(&chunks[1]).await).await, expected);
        assert_eq!(run(read(&chunks[2]).await).await, expected);
    }
}
