#[async_gen(send = f64, bounds = Send + 'static)]
async fn average(mut sum: f64) -> f64 {
    let mut count = 0.0;
    loop {
        sum += yield_!(sum / count);
        count += 1.0;
    }
}
