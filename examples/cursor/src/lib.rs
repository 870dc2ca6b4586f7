//! A database cursor as a generator: the messages of an outbox, which are deleted once they have been sent.
//!
//! All rows of a cursor are read in one transaction, and the last statements of that transaction depend on how far the
//! consumer has come. A destructor could not run them: it cannot await the database. Here they are in a `defer!`, so
//! they run however the cursor ends.

use gen_runtime::async_gen;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqlitePool};

/// Yields the messages of the outbox in the order of their numbers, up to the first one that is not due.
///
/// A message counts as sent when the consumer asks for the next one. However the cursor ends, the messages that were
/// sent are deleted. The others are left for the next cursor. No other connection can write while the cursor is open.
#[async_gen(throws = sqlx::Error)]
pub async fn outbox(pool: SqlitePool, now: i64) -> Message {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    let mut sent = 0;
    defer! {
        let delete = sqlx::query("DELETE FROM outbox WHERE id <= ?").bind(sent);
        delete.execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    let messages = sqlx::query_as("SELECT id, due, text FROM outbox ORDER BY id");
    #[for_await]
    for message in messages.fetch(&mut *transaction) {
        let message: Message = message?;
        if message.due > now {
            return;
        }
        let id = message.id;
        yield_!(message);
        sent = id;
    }
}

/// A row of the outbox.
#[derive(Debug)]
pub struct Message {
    /// The number of the message.
    pub id: i64,
    /// The time from which on it may be sent.
    pub due: i64,
    /// The text to send.
    pub text: String,
}

impl FromRow<'_, SqliteRow> for Message {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            due: row.try_get("due")?,
            text: row.try_get("text")?,
        })
    }
}

/// Makes an outbox of `count` messages, which are due at times 1, 2, 3 and so on.
///
/// # Errors
///
/// If the database has an outbox already, or cannot be written.
pub async fn fill(pool: &SqlitePool, count: i64) -> sqlx::Result<()> {
    let table = "outbox (id INTEGER PRIMARY KEY, due INTEGER NOT NULL, text TEXT NOT NULL)";
    sqlx::query(&format!("CREATE TABLE {table}"))
        .execute(pool)
        .await?;
    let insert =
        "WITH RECURSIVE numbers(n) AS (VALUES(1) UNION ALL SELECT n + 1 FROM numbers LIMIT ?)
        INSERT INTO outbox SELECT n, n, 'message ' || n FROM numbers";
    sqlx::query(insert).bind(count).execute(pool).await?;
    Ok(())
}
