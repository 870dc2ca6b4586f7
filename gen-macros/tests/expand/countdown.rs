/// Counts down, a tick apart.
#[async_gen]
pub async fn countdown(from: u32) -> u32 {
    for n in (1..=from).rev() {
        yield_!(n);
        tokio::time::sleep(TICK).await;
    }
}

#[async_gen]
async fn stops(limit: u32) -> u32 {
    if limit == 0 {
        return;
    }
    yield_!(limit);
    done(limit).await
}
