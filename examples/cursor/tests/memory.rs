//! The memory of a cursor does not grow with the number of rows.

use cursor::{fill, outbox};
use gen_runtime::pin;
use peak_alloc::PeakAlloc;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// Counts the live bytes of Rust's allocator in all threads. SQLite has an allocator of its own: its cache of pages is
/// limited to 2 MB.
#[tokio::test]
async fn a_million_rows_take_no_more_memory_than_ten_thousand() -> sqlx::Result<()> {
    let few = peak(10_000).await?;
    let many = peak(1_000_000).await?;
    println!("peak: {few} bytes with 10,000 rows, {many} bytes with 1,000,000 rows");
    // The number of rows that are between the thread of SQLite and the cursor varies, up to 50.
    assert!(many <= few + 32 * 1024, "{many} bytes, {few} with few rows");
    Ok(())
}

/// Returns how many bytes are live at most, beyond those before, while a cursor yields `count` messages.
async fn peak(count: i64) -> sqlx::Result<usize> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("outbox.db");
    let options = SqliteConnectOptions::new().filename(file);
    let pool = SqlitePool::connect_with(options.create_if_missing(true)).await?;
    fill(&pool, count).await?;

    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let mut messages = pin!(outbox(pool.clone(), count));
    let mut sum = 0;
    while let Some(message) = messages.try_next().await? {
        sum += message.id;
    }
    let peak = ALLOCATOR.peak_usage() - before;
    assert_eq!(sum, (1..=count).sum());
    pool.close().await;
    Ok(peak)
}
