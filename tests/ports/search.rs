//! A search in pages, which borrows its query only until it returns, and a second pager over the first, whose error
//! contains that of the first.

use futures::Stream;
use gen_runtime::async_gen;

use super::script::{Script, trace};

#[derive(Debug)]
struct SearchError(u32);

#[derive(Debug)]
enum DetailError {
    Search(SearchError),
    Missing(u32),
}

impl From<SearchError> for DetailError {
    fn from(error: SearchError) -> Self {
        DetailError::Search(error)
    }
}

type Pages = Script<Result<Vec<u32>, u32>>;

both! { $ try_stream, (throws = SearchError),
    pub(super) fn search(
        pages: Pages,
        query: &str,
    ) -> impl Stream<Item = Result<u32, SearchError>> + Send + use<> {
        let limit = query.len();
        generator! {
            let mut count = 0;
            while let Some(page) = pages.next().await {
                for item in page.map_err(SearchError)? {
                    if count == limit {
                        return;
                    }
                    count += 1;
                    yield item;
                }
            }
        }
    }
}

mod details {
    use futures::{Stream, TryStreamExt as _};

    use super::{DetailError, SearchError};

    both! { $ try_stream, (throws = DetailError),
        pub(in crate::search) fn details(
            items: impl Stream<Item = Result<u32, SearchError>> + Send,
        ) -> impl Stream<Item = Result<String, DetailError>> + Send {
            generator! {
                let mut items = std::pin::pin!(items);
                while let Some(item) = items.try_next().await? {
                    if item == 0 {
                        Err(DetailError::Missing(item))?;
                    }
                    yield format!("item {item}");
                }
            }
        }
    }
    pub(super) use {self::block::details as in_block, self::peer::details as in_peer};
}

/// A plain function around the generator, which reads the query before it returns.
fn search(
    pages: Pages,
    query: &str,
) -> impl Stream<Item = Result<u32, SearchError>> + Send + use<> {
    first_items(pages, query.len())
}

#[async_gen(throws = SearchError, bounds = Send)]
async fn first_items(pages: Pages, limit: usize) -> u32 {
    let mut count = 0;
    while let Some(page) = pages.next().await {
        for item in page.map_err(SearchError)? {
            if count == limit {
                return;
            }
            count += 1;
            yield_!(item);
        }
    }
}

#[async_gen(throws = DetailError, bounds = Send)]
async fn details(items: impl Stream<Item = Result<u32, SearchError>> + Send) -> String {
    #[for_await]
    for item in items {
        let item = item?;
        if item == 0 {
            Err(DetailError::Missing(item))?;
        }
        yield_!(format!("item {item}"));
    }
}

#[tokio::test]
async fn a_pager_over_another() {
    let scripts: [&[Result<Vec<u32>, u32>]; 3] = [
        &[Ok(vec![1, 2]), Ok(vec![]), Ok(vec![3, 4, 5, 6])],
        &[Ok(vec![1]), Err(500), Ok(vec![2])],
        &[Ok(vec![1, 0, 2])],
    ];
    let ends = [
        r#"Ok("item 5")"#,
        "Err(Search(SearchError(500)))",
        "Err(Missing(0))",
    ];
    for (script, end) in scripts.into_iter().zip(ends) {
        let pages = || Script::new(script.to_vec());
        let query = "rusty".to_owned();
        let items = (
            peer::search(pages(), &query),
            block::search(pages(), &query),
            search(pages(), &query),
        );
        drop(query);
        let expected = trace(details::in_peer(items.0)).await;
        assert_eq!(expected.last().unwrap(), end);
        assert_eq!(trace(details::in_block(items.1)).await, expected);
        assert_eq!(trace(details(items.2)).await, expected);
    }
}
