//! The sync loop of a chat client. A lock guard is an argument, and lives as long as the loop, which pins
//! the inner stream. A step that fails yields an error, and ends the loop.

use std::sync::Arc;

use futures::{Stream, StreamExt as _, TryStreamExt as _};
use gen_runtime::{async_gen, async_gen_block};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::script::trace;

#[derive(Clone, Debug)]
enum Error {
    Http(u32),
    Crypto,
}

#[derive(Clone)]
enum Update {
    Nothing,
    Keys(u32),
    Broken,
}

type Guard = OwnedMutexGuard<u32>;

fn apply(keys: &mut u32, new: u32) -> Result<(), Error> {
    if new > 100 {
        return Err(Error::Crypto);
    }
    *keys += new;
    Ok(())
}

fn peer(
    mut keys: Guard,
    updates: impl Stream<Item = Result<Update, Error>> + Send,
) -> impl Stream<Item = Result<u32, Error>> + Send {
    async_stream::stream! {
        let mut updates = std::pin::pin!(updates);
        loop {
            match updates.next().await {
                Some(Ok(Update::Nothing)) => {
                    yield Ok(*keys);
                    continue;
                }
                Some(Ok(Update::Keys(new))) => match apply(&mut keys, new) {
                    Ok(()) => yield Ok(*keys),
                    Err(error) => {
                        yield Err(error);
                        return;
                    }
                },
                Some(Ok(Update::Broken)) => {
                    yield Err(Error::Crypto);
                    break;
                }
                Some(Err(error)) => {
                    yield Err(error);
                    return;
                }
                None => break,
            }
        }
    }
}

fn block(
    mut keys: Guard,
    updates: impl Stream<Item = Result<Update, Error>> + Send,
) -> impl Stream<Item = Result<u32, Error>> + Send {
    async_gen_block! {
        #![async_gen(throws = Error)]
        let mut updates = std::pin::pin!(updates);
        loop {
            match updates.try_next().await? {
                Some(Update::Nothing) => {
                    yield Ok(*keys);
                    continue;
                }
                Some(Update::Keys(new)) => {
                    apply(&mut keys, new)?;
                    yield Ok(*keys);
                }
                Some(Update::Broken) => {
                    yield Err(Error::Crypto);
                    break;
                }
                None => break,
            }
        }
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn attribute(
    mut keys: Guard,
    updates: impl Stream<Item = Result<Update, Error>> + Send,
) -> u32 {
    let mut updates = std::pin::pin!(updates);
    loop {
        match updates.try_next().await? {
            Some(Update::Nothing) => {
                yield_!(Ok(*keys));
                continue;
            }
            Some(Update::Keys(new)) => {
                apply(&mut keys, new)?;
                yield_!(Ok(*keys));
            }
            Some(Update::Broken) => {
                yield_!(Err(Error::Crypto));
                break;
            }
            None => break,
        }
    }
}

#[tokio::test]
async fn a_loop_holds_its_lock_until_it_ends() {
    let ends = [
        vec![],
        vec![Ok(Update::Broken), Ok(Update::Keys(1))],
        vec![Err(Error::Http(500)), Ok(Update::Keys(1))],
        vec![Ok(Update::Keys(101)), Ok(Update::Keys(1))],
    ];
    for end in ends {
        let updates = || {
            let begin = [
                Ok(Update::Nothing),
                Ok(Update::Keys(5)),
                Ok(Update::Nothing),
            ];
            futures::stream::iter(begin.into_iter().chain(end.clone()))
        };
        let keys = Arc::new(Mutex::new(1));
        let expected = trace(peer(keys.clone().lock_owned().await, updates())).await;
        assert!(expected.len() >= 3, "{expected:?}");
        *keys.lock().await = 1;
        assert_eq!(
            trace(block(keys.clone().lock_owned().await, updates())).await,
            expected
        );
        *keys.lock().await = 1;
        let items = attribute(keys.clone().lock_owned().await, updates());
        assert!(keys.try_lock().is_err());
        assert_eq!(trace(items).await, expected);
        assert!(keys.try_lock().is_ok());
    }
}
