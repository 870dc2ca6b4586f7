//! Rows that come from a cache if there is one, and otherwise from a request, which may be refused. There may be nothing to
//! stream at all.

use futures::{Stream, StreamExt as _, stream};
use gen_runtime::async_gen;

use super::script::trace;

#[derive(Debug)]
enum Error {
    Refused,
    Row(u32),
}

#[derive(Clone, Default)]
struct Service {
    cache: Option<Vec<u32>>,
    rows: Option<Vec<Result<u32, u32>>>,
}

impl Service {
    async fn cached(&self) -> Result<Option<impl Stream<Item = u32> + Send + '_>, Error> {
        tokio::task::yield_now().await;
        Ok(self.cache.as_ref().map(|rows| stream::iter(rows.clone())))
    }

    async fn request(&self) -> Result<impl Stream<Item = Result<u32, u32>> + Send + '_, Error> {
        tokio::task::yield_now().await;
        let rows = self.rows.as_ref().ok_or(Error::Refused)?;
        Ok(stream::iter(rows.clone()))
    }
}

both! { $ try_stream, (throws = Error),
    pub(super) async fn rows(
        service: &Service,
        count: usize,
    ) -> Result<Option<impl Stream<Item = Result<u32, Error>> + Send + '_>, Error> {
        if count == 0 {
            return Ok(None);
        }
        tokio::task::yield_now().await;
        Ok(Some(generator! {
            if let Some(cached) = service.cached().await? {
                let mut cached = std::pin::pin!(cached.take(count));
                while let Some(row) = cached.next().await {
                    yield row;
                }
            } else {
                let requested = service.request().await?;
                let mut requested = std::pin::pin!(requested);
                let mut left = count;
                while let Some(row) = requested.next().await {
                    yield row.map_err(Error::Row)?;
                    left -= 1;
                    if left == 0 {
                        return;
                    }
                }
            }
        }))
    }
}

async fn rows(
    service: &Service,
    count: usize,
) -> Result<Option<impl Stream<Item = Result<u32, Error>> + Send + '_>, Error> {
    if count == 0 {
        return Ok(None);
    }
    tokio::task::yield_now().await;
    Ok(Some(first_rows(service, count)))
}

#[async_gen(throws = Error, bounds = Send)]
async fn first_rows(service: &Service, count: usize) -> u32 {
    if let Some(cached) = service.cached().await? {
        #[for_await]
        for row in cached.take(count) {
            yield_!(row);
        }
    } else {
        let requested = service.request().await?;
        let mut left = count;
        #[for_await]
        for row in requested {
            yield_!(row.map_err(Error::Row)?);
            left -= 1;
            if left == 0 {
                return;
            }
        }
    }
}

#[tokio::test]
async fn rows_are_cached_or_requested() {
    let cached = Service {
        cache: Some(vec![1, 2, 3]),
        rows: None,
    };
    let requested = Service {
        cache: None,
        rows: Some(vec![Ok(1), Ok(2), Err(3), Ok(4)]),
    };
    for (service, count, length) in [
        (&cached, 2, 2),
        (&cached, 9, 3),
        (&requested, 2, 2),
        (&requested, 9, 3),
        (&Service::default(), 1, 1),
    ] {
        let expected = trace(peer::rows(service, count).await.unwrap().unwrap()).await;
        assert_eq!(expected.len(), length);
        assert_eq!(
            trace(block::rows(service, count).await.unwrap().unwrap()).await,
            expected
        );
        assert_eq!(
            trace(rows(service, count).await.unwrap().unwrap()).await,
            expected
        );
    }
    assert!(peer::rows(&cached, 0).await.unwrap().is_none());
    assert!(block::rows(&cached, 0).await.unwrap().is_none());
    assert!(rows(&cached, 0).await.unwrap().is_none());
}
