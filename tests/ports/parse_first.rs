//! A query that is parsed before its stream is returned, so its mistakes are reported at once.

use futures::Stream;
use gen_runtime::async_gen;

use super::script::{Script, trace};

#[derive(Debug)]
enum Error {
    Syntax,
    Storage(u32),
}

type Rows = Script<Result<u32, Error>>;

struct Query {
    minimum: u32,
}

async fn parse(text: &str) -> Result<Query, Error> {
    tokio::task::yield_now().await;
    let minimum = text
        .strip_prefix(">=")
        .and_then(|text| text.trim().parse().ok());
    Ok(Query {
        minimum: minimum.ok_or(Error::Syntax)?,
    })
}

both! { $ try_stream, (throws = Error),
    pub(super) async fn select(
        rows: &Rows,
        text: &str,
    ) -> Result<impl Stream<Item = Result<u32, Error>> + Send, Error> {
        let query = parse(text).await?;
        Ok(generator! {
            while let Some(row) = rows.next().await {
                let row = row?;
                if row >= query.minimum {
                    yield row;
                }
            }
        })
    }
}

/// A plain function around the generator.
async fn select<'r>(
    rows: &'r Rows,
    text: &str,
) -> Result<impl Stream<Item = Result<u32, Error>> + Send + use<'r>, Error> {
    let query = parse(text).await?;
    Ok(selected(rows, query))
}

#[async_gen(throws = Error, bounds = Send)]
async fn selected(rows: &Rows, query: Query) -> u32 {
    while let Some(row) = rows.next().await {
        let row = row?;
        if row >= query.minimum {
            yield_!(row);
        }
    }
}

#[tokio::test]
async fn errors_before_the_stream_and_in_it() {
    let rows = || Script::new([Ok(1), Ok(5), Ok(2), Ok(7), Err(Error::Storage(3)), Ok(9)]);
    for (text, count) in [(">= 0", 5), (">= 5", 3), (">=8", 1)] {
        let rows = [rows(), rows(), rows()];
        let expected = trace(peer::select(&rows[0], text).await.unwrap()).await;
        assert_eq!(expected.len(), count);
        assert_eq!(expected.last().unwrap(), "Err(Storage(3))");
        assert_eq!(
            trace(block::select(&rows[1], text).await.unwrap()).await,
            expected
        );
        assert_eq!(trace(select(&rows[2], text).await.unwrap()).await, expected);
    }
    assert!(matches!(
        peer::select(&rows(), "5").await.err(),
        Some(Error::Syntax)
    ));
    assert!(matches!(
        block::select(&rows(), "5").await.err(),
        Some(Error::Syntax)
    ));
    assert!(matches!(
        select(&rows(), "5").await.err(),
        Some(Error::Syntax)
    ));
}
