#[async_gen]
async fn rows(shutdown: Shutdown, mut rows: Rows) -> Row {
    loop {
        tokio::select! {
            () = shutdown.requested() => return,
            Some(row) = rows.next(), if rows.is_open() => yield_!(row),
            else => break,
        }
    }
    let (a, b) = tokio::join!(rows.next(), rows.close());
}
