//! An authorisation filter, a default method of a trait under `#[async_trait]`. It asks which handles are
//! allowed, a chunk at a time, and passes those on. It passes errors of the stream on, too; an error of its
//! own ends it.

use async_trait::async_trait;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _};
use gen_runtime::{async_gen, async_gen_block};

use super::script::trace;

#[derive(Clone, Debug)]
enum Error {
    Storage(u32),
    NotAsked,
}

type Handles<'a> = BoxStream<'a, Result<u32, Error>>;

#[async_trait]
trait Authorizer: Sync {
    async fn allowed(&self, handles: Vec<u32>, action: &str) -> Result<Vec<u32>, Error>;

    fn peer<'a>(&'a self, mut handles: Handles<'a>, action: &'a str) -> Handles<'a> {
        Box::pin(async_stream::stream! {
            let mut chunk = Vec::new();
            loop {
                let next = handles.next().await;
                let end = next.is_none();
                match next {
                    Some(Ok(handle)) => chunk.push(handle),
                    Some(Err(error)) => yield Err(error),
                    None => {}
                }
                if chunk.len() == 2 || end {
                    match self.allowed(std::mem::take(&mut chunk), action).await {
                        Ok(allowed) => for handle in allowed {
                            yield Ok(handle);
                        },
                        Err(error) => {
                            yield Err(error);
                            return;
                        }
                    }
                }
                if end {
                    return;
                }
            }
        })
    }

    fn block<'a>(&'a self, mut handles: Handles<'a>, action: &'a str) -> Handles<'a> {
        Box::pin(async_gen_block! {
            #![async_gen(throws = Error)]
            let mut chunk = Vec::new();
            loop {
                let next = handles.next().await;
                let end = next.is_none();
                match next {
                    Some(Ok(handle)) => chunk.push(handle),
                    Some(Err(error)) => yield Err(error),
                    None => {}
                }
                if chunk.len() == 2 || end {
                    for handle in self.allowed(std::mem::take(&mut chunk), action).await? {
                        yield Ok(handle);
                    }
                }
                if end {
                    return;
                }
            }
        })
    }
}

/// The body of such a method, outside the trait.
#[async_gen(throws = Error, bounds = Send)]
async fn filtered<A: Authorizer + ?Sized>(
    authorizer: &A,
    handles: impl Stream<Item = Result<u32, Error>> + Send,
    action: &str,
) -> u32 {
    let mut chunk = Vec::new();
    let mut handles = std::pin::pin!(handles);
    loop {
        let next = handles.next().await;
        let end = next.is_none();
        match next {
            Some(Ok(handle)) => chunk.push(handle),
            Some(Err(error)) => yield_!(Err(error)),
            None => {}
        }
        if chunk.len() == 2 || end {
            for handle in authorizer
                .allowed(std::mem::take(&mut chunk), action)
                .await?
            {
                yield_!(Ok(handle));
            }
        }
        if end {
            return;
        }
    }
}

struct Odd;

#[async_trait]
impl Authorizer for Odd {
    async fn allowed(&self, mut handles: Vec<u32>, action: &str) -> Result<Vec<u32>, Error> {
        tokio::task::yield_now().await;
        if handles.contains(&9) {
            return Err(Error::NotAsked);
        }
        handles.retain(|handle| handle % 2 == 1 || action == "write");
        Ok(handles)
    }
}

#[tokio::test]
async fn a_filter_passes_errors_on_until_its_own() {
    let failing = [
        Ok(1),
        Ok(2),
        Err(Error::Storage(3)),
        Ok(5),
        Ok(7),
        Ok(9),
        Ok(11),
    ];
    for handles in [&failing[..], &failing[..5], &[]] {
        let stream = || futures::stream::iter(handles.to_vec()).boxed();
        for action in ["read", "write"] {
            let expected = trace(Odd.peer(stream(), action)).await;
            assert_eq!(trace(Odd.block(stream(), action)).await, expected);
            assert_eq!(trace(filtered(&Odd, stream(), action)).await, expected);
        }
    }
    let all = trace(Odd.block(futures::stream::iter(failing).boxed(), "write")).await;
    assert_eq!(
        all,
        [
            "Ok(1)",
            "Ok(2)",
            "Err(Storage(3))",
            "Ok(5)",
            "Ok(7)",
            "Err(NotAsked)"
        ]
    );
}
