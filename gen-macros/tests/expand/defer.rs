/// The rows of a query. The connection goes back, however this is left.
#[async_gen(throws = Error)]
async fn rows(pool: &Pool) -> Row {
    let mut connection = pool.take().await?;
    defer! {
        pool.give_back(connection).await;
    }
    let mut rows = connection.query().await?;
    while let Some(row) = rows.next().await? {
        yield_!(row);
    }
}

#[async_gen]
async fn ticks() -> u32 {
    defer! {
        stop().await;
    }
    yield_!(1);
}
