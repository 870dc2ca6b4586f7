#[async_gen]
async fn select(mut a: Receiver<u8>, mut b: Receiver<u8>) -> u8 {
    loop {
        tokio::select! {
            Some(x) = a.recv() => yield_!(x),
            Some(x) = b.recv() => yield_!(x),
            else => break,
        }
    }
}
