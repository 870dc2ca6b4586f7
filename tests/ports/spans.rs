//! An instrumented function that returns a stream. Each item is a future in the span of its request, and the loop ends in
//! an await.

use futures::{Stream, StreamExt as _};
use gen_runtime::async_gen;
use tracing::{Instrument as _, Span, info_span, instrument};

use super::script::{Script, trace};

async fn double(n: u32) -> u32 {
    tokio::task::yield_now().await;
    n * 2
}

both! { $ stream, (),
    #[instrument(skip_all)]
    pub(super) async fn requests(source: &Script<u32>) -> impl Stream<Item = impl Future<Output = u32> + Send> + Send + '_ {
        let span = Span::current();
        tokio::task::yield_now().await;
        generator!({
            while let Some(n) = source.next().await {
                if n == 0 {
                    continue;
                }
                yield double(n).instrument(info_span!(parent: &span, "request", n));
                async { tokio::task::yield_now().await }.instrument(span.clone()).await
            }
        })
    }
}

#[instrument(skip_all)]
async fn requests(
    source: &Script<u32>,
) -> impl Stream<Item = impl Future<Output = u32> + Send> + Send + '_ {
    let span = Span::current();
    tokio::task::yield_now().await;
    each_request(source, span)
}

type Request = futures::future::BoxFuture<'static, u32>;

/// An attribute needs a type that can be written, so the items are boxed.
#[async_gen(bounds = Send)]
async fn each_request(source: &Script<u32>, span: Span) -> Request {
    while let Some(n) = source.next().await {
        if n == 0 {
            continue;
        }
        yield_!(Box::pin(
            double(n).instrument(info_span!(parent: &span, "request", n))
        ));
        async { tokio::task::yield_now().await }
            .instrument(span.clone())
            .await
    }
}

async fn run(requests: impl Stream<Item = impl Future<Output = u32> + Send> + Send) -> Vec<String> {
    trace(requests.then(|request| request)).await
}

#[tokio::test]
async fn items_are_futures_in_spans() {
    let source = || Script::new([1, 0, 2, 3]);
    let expected = ["2", "4", "6"];
    assert_eq!(run(peer::requests(&source()).await).await, expected);
    assert_eq!(run(block::requests(&source()).await).await, expected);
    assert_eq!(run(requests(&source()).await).await, expected);
}
