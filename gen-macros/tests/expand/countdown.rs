/// Counts down, a tick apart.
#[async_gen]
pub async fn countdown(from: u32) -> u32 {
    for n in (1..=from).rev() {
        yield_!(n);
        tokio::time::sleep(TICK).await;
    }
}
