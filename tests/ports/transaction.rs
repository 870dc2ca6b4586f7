//! A query in a transaction: the guard of a lock and the connection are held over the whole stream, and the stream of rows
//! borrows from them.

use futures::{Stream, StreamExt as _, stream};
use gen_runtime::async_gen;
use tokio::sync::Mutex;

use super::script::trace;

#[derive(Debug)]
enum Error {
    Closed,
    Row(u32),
}

#[derive(Default)]
struct Connection {
    rows: Vec<Result<u32, u32>>,
    log: Vec<&'static str>,
    closed: bool,
}

struct Transaction<'c>(&'c mut Connection);

impl Connection {
    async fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        tokio::task::yield_now().await;
        if self.closed {
            return Err(Error::Closed);
        }
        self.log.push("begin");
        Ok(Transaction(self))
    }
}

impl Transaction<'_> {
    fn query(&mut self, factor: u32) -> impl Stream<Item = Result<u32, Error>> + Send + '_ {
        self.0.log.push("query");
        stream::iter(&self.0.rows).then(move |row| async move {
            tokio::task::yield_now().await;
            row.map(|row| row * factor).map_err(Error::Row)
        })
    }

    async fn commit(self) -> Result<(), Error> {
        tokio::task::yield_now().await;
        self.0.log.push("commit");
        Ok(())
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        self.0.log.push("end");
    }
}

both! { $ try_stream, (throws = Error),
    pub(super) fn query(
        connection: &Mutex<Connection>,
        factor: u32,
    ) -> impl Stream<Item = Result<u32, Error>> + Send + '_ {
        generator! {
            let mut guard = connection.lock().await;
            let mut transaction = guard.begin().await?;
            {
                let mut rows = std::pin::pin!(transaction.query(factor));
                while let Some(row) = rows.next().await {
                    let row = row?;
                    yield row;
                }
            }
            transaction.commit().await?;
        }
    }
}

#[async_gen(throws = Error, bounds = Send)]
async fn query(connection: &Mutex<Connection>, factor: u32) -> u32 {
    let mut guard = connection.lock().await;
    let mut transaction = guard.begin().await?;
    {
        let mut rows = std::pin::pin!(transaction.query(factor));
        while let Some(row) = rows.next().await {
            let row = row?;
            yield_!(row);
        }
    }
    transaction.commit().await?;
}

#[tokio::test]
async fn a_transaction_spans_the_whole_stream() {
    let whole: &[_] = &["begin", "query", "commit", "end"];
    let torn: &[_] = &["begin", "query", "end"];
    for (rows, closed, count, log) in [
        (vec![Ok(1), Ok(2)], false, 2, whole),
        (vec![Ok(1), Err(9), Ok(2)], false, 2, torn),
        (vec![Ok(1)], true, 1, &[]),
    ] {
        let connections = [(); 3].map(|()| {
            Mutex::new(Connection {
                rows: rows.clone(),
                closed,
                ..Connection::default()
            })
        });
        let expected = trace(peer::query(&connections[0], 10)).await;
        assert_eq!(expected.len(), count);
        assert_eq!(trace(block::query(&connections[1], 10)).await, expected);
        assert_eq!(trace(query(&connections[2], 10)).await, expected);
        for connection in connections {
            assert_eq!(connection.into_inner().log, log);
        }
    }
}

#[tokio::test]
async fn a_dropped_stream_ends_the_transaction() {
    let connection = Mutex::new(Connection {
        rows: vec![Ok(1), Ok(2)],
        ..Connection::default()
    });
    assert_eq!(
        Box::pin(peer::query(&connection, 1))
            .next()
            .await
            .unwrap()
            .unwrap(),
        1
    );
    assert_eq!(
        Box::pin(block::query(&connection, 1))
            .next()
            .await
            .unwrap()
            .unwrap(),
        1
    );
    assert_eq!(
        Box::pin(query(&connection, 1))
            .next()
            .await
            .unwrap()
            .unwrap(),
        1
    );
    assert_eq!(
        connection.into_inner().log,
        ["begin", "query", "end"].repeat(3)
    );
}
