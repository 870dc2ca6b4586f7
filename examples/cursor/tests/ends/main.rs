//! However a cursor ends, its transaction ends: the messages that were sent are deleted, the next connection can write,
//! and the pool's connection can be used again.

mod database;

use std::io;
use std::time::Duration;

use cursor::outbox;
use gen_runtime::{Scope, State, pin};
use sqlx::{Error, query};
use tokio::time::timeout;

use self::database::Database;

const LIMIT: Duration = Duration::from_millis(50);

#[tokio::test]
async fn end() -> sqlx::Result<()> {
    let mut database = Database::new(3).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 9));
    for id in 1..=3 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
        assert!(database.is_locked().await?);
    }
    assert!(messages.try_next().await?.is_none());
    assert_eq!(database.left().await?, []);
    Ok(())
}

#[tokio::test]
async fn return_at_a_message_that_is_not_due() -> sqlx::Result<()> {
    let mut database = Database::new(4).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 2));
    for id in 1..=2 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
    }
    assert!(database.is_locked().await?);
    assert!(messages.try_next().await?.is_none());
    assert_eq!(database.left().await?, [3, 4]);
    Ok(())
}

#[tokio::test]
async fn error_of_a_row() -> sqlx::Result<()> {
    let mut database = Database::new(4).await?;
    let damage = query("UPDATE outbox SET due = 'soon' WHERE id = 3");
    damage.execute(&database.pool).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 9));
    for id in 1..=2 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
    }
    assert!(database.is_locked().await?);
    let error = messages.try_next().await.unwrap_err();
    assert!(matches!(error, Error::ColumnDecode { index, .. } if index == "\"due\""));
    assert_eq!(database.left().await?, [3, 4]);
    Ok(())
}

#[tokio::test]
async fn close() -> sqlx::Result<()> {
    let mut database = Database::new(1000).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 1000));
    for id in 1..=3 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
    }
    assert!(database.is_locked().await?);
    messages.close().await?;
    // Message 3 is left, since the consumer did not ask for the next one.
    assert!(database.left().await?.into_iter().eq(3..=1000));
    Ok(())
}

#[tokio::test]
async fn close_before_the_start() -> sqlx::Result<()> {
    let mut database = Database::new(2).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 9));
    assert!(!database.is_locked().await?);
    messages.close().await?;
    assert_eq!(database.left().await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn thrown_error() -> sqlx::Result<()> {
    let mut database = Database::new(4).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 9));
    for id in 1..=2 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
    }
    assert!(database.is_locked().await?);
    let unsent = io::Error::other("the mail server hung up");
    let error = messages.throw(unsent.into()).await.unwrap_err();
    assert!(matches!(error, Error::Io(error) if error.to_string() == "the mail server hung up"));
    assert_eq!(messages.state(), State::Finished);
    assert_eq!(database.left().await?, [2, 3, 4]);
    Ok(())
}

#[tokio::test]
async fn timeout_in_the_query_and_close() -> sqlx::Result<()> {
    let mut database = Database::new(10).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 10));
    let mut last = messages.try_next().await?.unwrap().id;
    let stopped = database.stop().await;
    // The rows that SQLite has computed still arrive.
    while let Ok(message) = timeout(LIMIT, messages.try_next()).await {
        last = message?.unwrap().id;
    }
    assert!(last < 10);
    assert_eq!(messages.state(), State::InFlight);
    drop(stopped);
    assert!(database.is_locked().await?);
    messages.close().await?;
    assert!(database.left().await?.into_iter().eq(last + 1..=10));
    Ok(())
}

#[tokio::test]
async fn timeout_before_the_transaction_and_close() -> sqlx::Result<()> {
    let mut database = Database::new(2).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 9));
    database.begin_to_write().await?;
    assert!(timeout(LIMIT, messages.next()).await.is_err());
    assert_eq!(messages.state(), State::InFlight);
    messages.close().await?;
    database.commit().await?;
    // The thread of the pool's connection begins the transaction, finds no receiver for it, and rolls back.
    drop(database.pool.acquire().await?);
    assert_eq!(database.left().await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn timeout_of_the_close_and_close_again() -> sqlx::Result<()> {
    let mut database = Database::new(4).await?;
    let mut messages = pin!(outbox(database.pool.clone(), 9));
    for id in 1..=2 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
    }
    database.begin_to_read().await?;
    // The commit waits for the reader.
    assert!(timeout(LIMIT, messages.close()).await.is_err());
    assert_eq!(messages.state(), State::Closing);
    database.commit().await?;
    messages.close().await?;
    assert_eq!(database.left().await?, [2, 3, 4]);
    Ok(())
}

#[tokio::test]
async fn failing_commit() -> sqlx::Result<()> {
    let mut database = Database::new(4).await?;
    query("PRAGMA busy_timeout = 0")
        .execute(&database.pool)
        .await?;
    let mut messages = pin!(outbox(database.pool.clone(), 9));
    for id in 1..=2 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
    }
    database.begin_to_read().await?;
    let error = messages.close().await.unwrap_err();
    let error = error.into_database_error().unwrap();
    assert_eq!(error.message(), "database is locked");
    database.commit().await?;
    // The destructor of the transaction has made the pool's connection roll back.
    drop(database.pool.acquire().await?);
    assert_eq!(database.left().await?, [1, 2, 3, 4]);
    Ok(())
}

#[tokio::test]
async fn consumer_that_is_dropped() -> sqlx::Result<()> {
    let mut database = Database::new(4).await?;
    let scope = Scope::new();
    let mut messages = scope.adopt(outbox(database.pool.clone(), 9));
    for id in 1..=2 {
        assert_eq!(messages.try_next().await?.unwrap().id, id);
    }
    assert!(database.is_locked().await?);
    drop(messages);
    let report = scope.shutdown(Duration::from_secs(10)).await;
    assert_eq!(report.to_string(), "closed: 1, failed: 0, live: 0");
    assert_eq!(database.left().await?, [2, 3, 4]);
    Ok(())
}

#[tokio::test]
async fn consumer_that_is_aborted_in_the_query() -> sqlx::Result<()> {
    let mut database = Database::new(10).await?;
    let scope = Scope::new();
    let mut messages = scope.adopt(outbox(database.pool.clone(), 10));
    messages.try_next().await?;
    let stopped = database.stop().await;
    let consumer = tokio::spawn(async move { while let Some(Ok(_)) = messages.next().await {} });
    tokio::task::yield_now().await;
    consumer.abort();
    assert!(consumer.await.unwrap_err().is_cancelled());
    drop(stopped);
    let report = scope.shutdown(Duration::from_secs(10)).await;
    assert_eq!(report.to_string(), "closed: 1, failed: 0, live: 0");
    // Message 1 was sent. How many others were depends on what SQLite had computed.
    let left = database.left().await?;
    assert!((2..=10).contains(&left[0]) && left.iter().copied().eq(left[0]..=10));
    Ok(())
}
