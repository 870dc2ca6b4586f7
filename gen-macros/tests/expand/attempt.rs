#[async_gen(throws = Error)]
async fn retries() -> Page {
    for number in 0.. {
        let page = attempt! {
            yield_!(fetch(number).await?);
        };
        if let Err(error) = page {
            wait(error).await;
        }
    }
}

/// Jumps that leave a region.
#[async_gen(throws = Error, returns = u32)]
async fn crossed() -> u32 {
    let value = 'outer: loop {
        let _ = attempt! {
            defer! {
                done().await;
            }
            match yield_!(1) {
                1 => return 5,
                2 => break 'outer 7,
                3 => continue,
                _ => Err(Error::Other)?,
            }
        };
    };
    value
}
