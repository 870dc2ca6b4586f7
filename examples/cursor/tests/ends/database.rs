//! The database of a test, with a pool for the cursor and a second connection.

use std::sync::Arc;
use std::time::Duration;

use cursor::fill;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool, query, query_scalar};
use tempfile::TempDir;
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};

/// A database with an outbox, in a temporary folder.
pub(crate) struct Database {
    /// Has one connection, which computes few rows ahead.
    pub(crate) pool: SqlitePool,
    /// Never waits for a lock.
    other: SqliteConnection,
    /// The pool's connection computes only while it is not locked for writing.
    gate: Arc<RwLock<()>>,
    _folder: TempDir,
}

impl Database {
    pub(crate) async fn new(count: i64) -> sqlx::Result<Self> {
        let folder = tempfile::tempdir()?;
        let options = SqliteConnectOptions::new().filename(folder.path().join("outbox.db"));
        let gate = Arc::<RwLock<()>>::default();
        let pool = {
            let gate = gate.clone();
            SqlitePoolOptions::new()
                .max_connections(1)
                .after_connect(move |connection, _| {
                    let gate = gate.clone();
                    Box::pin(async move {
                        let mut handle = connection.lock_handle().await?;
                        // Called for each instruction of SQLite, on the connection's thread.
                        handle.set_progress_handler(1, move || {
                            drop(gate.blocking_read());
                            true
                        });
                        Ok(())
                    })
                })
                .connect_with(options.clone().create_if_missing(true).row_buffer_size(1))
                .await?
        };
        fill(&pool, count).await?;
        Ok(Self {
            pool,
            other: options.busy_timeout(Duration::ZERO).connect().await?,
            gate,
            _folder: folder,
        })
    }

    /// Stops the pool's connection until the guard is dropped.
    pub(crate) async fn stop(&self) -> OwnedRwLockWriteGuard<()> {
        self.gate.clone().write_owned().await
    }

    /// Returns whether the cursor keeps the other connection from writing.
    pub(crate) async fn is_locked(&mut self) -> sqlx::Result<bool> {
        match query("BEGIN IMMEDIATE").execute(&mut self.other).await {
            Ok(_) => {
                query("ROLLBACK").execute(&mut self.other).await?;
                Ok(false)
            }
            Err(sqlx::Error::Database(error)) if error.message() == "database is locked" => {
                Ok(true)
            }
            Err(error) => Err(error),
        }
    }

    /// Starts to read with the other connection, which keeps the cursor from committing.
    pub(crate) async fn begin_to_read(&mut self) -> sqlx::Result<()> {
        query("BEGIN").execute(&mut self.other).await?;
        self.ids().await?;
        Ok(())
    }

    /// Starts to write with the other connection, which keeps the cursor from beginning.
    pub(crate) async fn begin_to_write(&mut self) -> sqlx::Result<()> {
        query("BEGIN IMMEDIATE").execute(&mut self.other).await?;
        Ok(())
    }

    /// Commits the transaction of the other connection.
    pub(crate) async fn commit(&mut self) -> sqlx::Result<()> {
        query("COMMIT").execute(&mut self.other).await?;
        Ok(())
    }

    /// Checks that the cursor's transaction has ended, and returns the numbers of the messages that are left.
    pub(crate) async fn left(&mut self) -> sqlx::Result<Vec<i64>> {
        assert!(!self.is_locked().await?);
        // The pool's only connection is idle, and has no transaction: otherwise this would wait, or fail.
        let transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        transaction.rollback().await?;
        self.ids().await
    }

    async fn ids(&mut self) -> sqlx::Result<Vec<i64>> {
        let ids = query_scalar("SELECT id FROM outbox ORDER BY id");
        ids.fetch_all(&mut self.other).await
    }
}
