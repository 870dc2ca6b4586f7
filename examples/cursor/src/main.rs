//! Consumers of one outbox, each of which ends its cursor in another way. Each starts with the first message that the
//! ones before have not sent.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p cursor`

use std::io;
use std::time::Duration;

use cursor::{Message, fill, outbox};
use futures::{Stream, StreamExt, TryStreamExt};
use gen_runtime::{Scope, pin};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{SqlitePool, query, query_scalar};
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread")]
async fn main() -> sqlx::Result<()> {
    let folder = tempfile::tempdir()?;
    let options = SqliteConnectOptions::new().filename(folder.path().join("outbox.db"));
    let pool = SqlitePool::connect_with(options.create_if_missing(true)).await?;
    fill(&pool, 12).await?;
    println!("yielded    left in the outbox            how the cursor ended");
    report(&[], &pool, "(not started)").await?;

    let mut messages = pin!(outbox(pool.clone(), 12));
    let yielded = numbers(messages.by_ref().take(3)).await?;
    messages.close().await?;
    report(&yielded, &pool, "close, before message 3 was sent").await?;

    let mut messages = pin!(outbox(pool.clone(), 12));
    let yielded = numbers(messages.by_ref().take(2)).await?;
    let error = io::Error::other("no mail server");
    let error = messages.throw(error.into()).await.unwrap_err();
    report(&yielded, &pool, &format!("throw: {error}")).await?;

    let scope = Scope::new();
    let mut messages = scope.adopt(outbox(pool.clone(), 12));
    let yielded = numbers(messages.by_ref().take(3)).await?;
    drop(messages);
    let closed = scope.shutdown(Duration::from_secs(10)).await;
    report(&yielded, &pool, &format!("drop, in a scope: {closed}")).await?;

    let writer = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut messages = pin!(outbox(pool.clone(), 12));
    let limit = Duration::from_millis(50);
    assert!(timeout(limit, messages.next()).await.is_err());
    writer.rollback().await?;
    messages.close().await?;
    report(
        &[],
        &pool,
        "timeout while another connection writes, then close",
    )
    .await?;

    set_due(&pool, "soon").await?;
    let mut messages = pin!(outbox(pool.clone(), 12));
    let yielded = numbers(messages.by_ref().take(2)).await?;
    let error = messages.try_next().await.unwrap_err();
    report(&yielded, &pool, &format!("error: {error}")).await?;
    set_due(&pool, "8").await?;

    let yielded = numbers(outbox(pool.clone(), 10)).await?;
    report(&yielded, &pool, "return, since message 11 is not due").await?;

    let yielded = numbers(outbox(pool.clone(), 12)).await?;
    report(&yielded, &pool, "end").await
}

/// Returns the numbers of the messages that a cursor yields.
async fn numbers(messages: impl Stream<Item = sqlx::Result<Message>>) -> sqlx::Result<Vec<i64>> {
    messages.map_ok(|message| message.id).try_collect().await
}

/// Changes the time of message 8. SQLite accepts text there, and the cursor does not.
async fn set_due(pool: &SqlitePool, due: &str) -> sqlx::Result<()> {
    let update = query("UPDATE outbox SET due = ? WHERE id = 8").bind(due);
    update.execute(pool).await?;
    Ok(())
}

async fn report(yielded: &[i64], pool: &SqlitePool, end: &str) -> sqlx::Result<()> {
    let left = query_scalar("SELECT id FROM outbox ORDER BY id");
    let left = list(&left.fetch_all(pool).await?);
    println!("{:10} {left:29} {end}", list(yielded));
    Ok(())
}

fn list(numbers: &[i64]) -> String {
    let numbers: Vec<_> = numbers.iter().map(i64::to_string).collect();
    numbers.join(" ")
}
