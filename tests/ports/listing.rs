//! An object listing, page by page. It takes a permit first. It reports a page that times out, and tries
//! again. A cancellation ends it, and so does a limit, even in the middle of a page.

use std::future::pending;

use futures::Stream;
use gen_runtime::{async_gen, async_gen_block};
use tokio::sync::Semaphore;

use super::script::{Script, trace};

#[derive(Debug)]
enum Error {
    Closed,
    Timeout,
    Denied(u32),
}

impl From<tokio::sync::AcquireError> for Error {
    fn from(_: tokio::sync::AcquireError) -> Self {
        Error::Closed
    }
}

enum Answer {
    Page(Vec<u32>),
    Denied(u32),
    Slow,
    Cancel,
}

struct Bucket {
    permits: Semaphore,
    answers: Script<Answer>,
}

/// The outcome of a request for a page.
#[derive(Default)]
struct Request {
    page: Option<Result<Vec<u32>, Error>>,
    slow: bool,
    cancelled: bool,
}

impl Bucket {
    fn new(permits: usize, answers: impl IntoIterator<Item = Answer>) -> Self {
        Bucket {
            permits: Semaphore::new(permits),
            answers: Script::new(answers),
        }
    }

    async fn request(&self) -> Option<Request> {
        Some(match self.answers.next().await? {
            Answer::Page(page) => Request {
                page: Some(Ok(page)),
                ..Request::default()
            },
            Answer::Denied(n) => Request {
                page: Some(Err(Error::Denied(n))),
                ..Request::default()
            },
            Answer::Slow => Request {
                slow: true,
                ..Request::default()
            },
            Answer::Cancel => Request {
                cancelled: true,
                ..Request::default()
            },
        })
    }

    fn peer<'a>(
        &'a self,
        prefix: &'a str,
        limit: usize,
    ) -> impl Stream<Item = Result<String, Error>> + Send + 'a {
        async_stream::stream! {
            let _permit = match self.permits.acquire().await {
                Ok(permit) => permit,
                Err(error) => {
                    yield Err(error.into());
                    return;
                }
            };
            let mut count = 0;
            'pages: while let Some(mut request) = self.request().await {
                let (page, slow, cancelled) = (request.page.take(), request.slow, request.cancelled);
                let names = tokio::select! {
                    page = async { page.unwrap() }, if !slow && !cancelled => match page {
                        Ok(names) => names,
                        Err(error) => {
                            yield Err(error);
                            continue 'pages;
                        }
                    },
                    () = std::future::ready(()), if slow => {
                        yield Err(Error::Timeout);
                        continue 'pages;
                    }
                    () = std::future::ready(()), if cancelled => break 'pages,
                    () = pending() => unreachable!(),
                };
                for name in names {
                    if count == limit {
                        break 'pages;
                    }
                    count += 1;
                    yield Ok(format!("{prefix}{name}"));
                }
            }
        }
    }

    fn block<'a>(
        &'a self,
        prefix: &'a str,
        limit: usize,
    ) -> impl Stream<Item = Result<String, Error>> + Send + 'a {
        async_gen_block! {
            #![async_gen(throws = Error)]
            let _permit = self.permits.acquire().await?;
            let mut count = 0;
            'pages: while let Some(mut request) = self.request().await {
                let (page, slow, cancelled) = (request.page.take(), request.slow, request.cancelled);
                let names = tokio::select! {
                    page = async { page.unwrap() }, if !slow && !cancelled => match page {
                        Ok(names) => names,
                        Err(error) => {
                            yield Err(error);
                            continue 'pages;
                        }
                    },
                    () = std::future::ready(()), if slow => {
                        yield Err(Error::Timeout);
                        continue 'pages;
                    }
                    () = std::future::ready(()), if cancelled => break 'pages,
                    () = pending() => unreachable!(),
                };
                for name in names {
                    if count == limit {
                        break 'pages;
                    }
                    count += 1;
                    yield Ok(format!("{prefix}{name}"));
                }
            }
        }
    }

    #[async_gen(throws = Error, bounds = Send)]
    async fn attribute(&self, prefix: &str, limit: usize) -> String {
        let _permit = self.permits.acquire().await?;
        let mut count = 0;
        'pages: while let Some(mut request) = self.request().await {
            let (page, slow, cancelled) = (request.page.take(), request.slow, request.cancelled);
            let names = tokio::select! {
                page = async { page.unwrap() }, if !slow && !cancelled => match page {
                    Ok(names) => names,
                    Err(error) => {
                        yield_!(Err(error));
                        continue 'pages;
                    }
                },
                () = std::future::ready(()), if slow => {
                    yield_!(Err(Error::Timeout));
                    continue 'pages;
                }
                () = std::future::ready(()), if cancelled => break 'pages,
                () = pending() => unreachable!(),
            };
            for name in names {
                if count == limit {
                    break 'pages;
                }
                count += 1;
                yield_!(Ok(format!("{prefix}{name}")));
            }
        }
    }
}

#[tokio::test]
async fn a_listing_continues_after_errors() {
    let answers = || {
        [
            Answer::Page(vec![1, 2]),
            Answer::Slow,
            Answer::Denied(3),
            Answer::Page(vec![4]),
            Answer::Page(vec![5, 6]),
            Answer::Cancel,
            Answer::Page(vec![7]),
        ]
    };
    for (permits, limit, count) in [(1, 100, 7), (1, 4, 6), (2, 1, 1)] {
        let bucket = || Bucket::new(permits, answers());
        let expected = trace(bucket().peer("a/", limit)).await;
        assert_eq!(expected.len(), count);
        assert_eq!(trace(bucket().block("a/", limit)).await, expected);
        assert_eq!(trace(bucket().attribute("a/", limit)).await, expected);
    }
    let closed = || {
        let bucket = Bucket::new(1, answers());
        bucket.permits.close();
        bucket
    };
    assert_eq!(trace(closed().peer("a/", 9)).await, ["Err(Closed)"]);
    assert_eq!(trace(closed().block("a/", 9)).await, ["Err(Closed)"]);
    assert_eq!(trace(closed().attribute("a/", 9)).await, ["Err(Closed)"]);
}
