//! A pager whose request is a closure with a bound for all lifetimes of its context.

use futures::future::{BoxFuture, FutureExt as _};
use futures::stream::{BoxStream, StreamExt as _};
use gen_runtime::async_gen;

use super::script::{Script, trace};

#[derive(Debug)]
enum Error {
    Refused(u32),
}

struct Page {
    items: Vec<u32>,
    total: usize,
}

type Context = Script<Result<Page, u32>>;

both! { $ try_stream, (throws = Error),
    pub(super) fn paginate<'a, C, Request>(
        context: C,
        request: Request,
        size: usize,
    ) -> BoxStream<'a, Result<u32, Error>>
    where
        C: Sync + Send + 'a,
        Request: for<'c> Fn(&'c C, usize, usize) -> BoxFuture<'c, Result<Page, Error>> + Send + Sync + 'a,
    {
        Box::pin(generator! {
            let mut offset = 0;
            loop {
                let page = request(&context, size, offset).await?;
                offset += page.items.len();
                for item in page.items {
                    yield item;
                }
                if offset >= page.total {
                    break;
                }
            }
        })
    }
}

fn paginate<'a, C, Request>(
    context: C,
    request: Request,
    size: usize,
) -> BoxStream<'a, Result<u32, Error>>
where
    C: Sync + Send + 'a,
    Request:
        for<'c> Fn(&'c C, usize, usize) -> BoxFuture<'c, Result<Page, Error>> + Send + Sync + 'a,
{
    items(context, request, size).boxed()
}

#[async_gen(throws = Error, bounds = Send)]
async fn items<C, Request>(context: C, request: Request, size: usize) -> u32
where
    C: Sync + Send,
    Request: for<'c> Fn(&'c C, usize, usize) -> BoxFuture<'c, Result<Page, Error>> + Send + Sync,
{
    let mut offset = 0;
    loop {
        let page = request(&context, size, offset).await?;
        offset += page.items.len();
        for item in page.items {
            yield_!(item);
        }
        if offset >= page.total {
            break;
        }
    }
}

fn request(context: &Context, size: usize, offset: usize) -> BoxFuture<'_, Result<Page, Error>> {
    async move {
        assert_eq!(offset % size, 0);
        let page = context.next().await.expect("three pages");
        page.map_err(Error::Refused)
    }
    .boxed()
}

#[tokio::test]
async fn a_closure_borrows_the_context_of_each_request() {
    let context = |refused: bool| {
        Context::new((0..3).map(move |n| match n {
            2 if refused => Err(429),
            _ => Ok(Page {
                items: vec![n * 2, n * 2 + 1],
                total: 6,
            }),
        }))
    };
    for (refused, last) in [(false, "Ok(5)"), (true, "Err(Refused(429))")] {
        let expected = trace(peer::paginate(context(refused), request, 2)).await;
        assert_eq!(expected.last().unwrap(), last);
        assert_eq!(
            trace(block::paginate(context(refused), request, 2)).await,
            expected
        );
        assert_eq!(
            trace(paginate(context(refused), request, 2)).await,
            expected
        );
    }
}
