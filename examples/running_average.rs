//! A generator that receives values: it yields the average of the numbers sent so far.
//!
//! `cargo run --example running_average -- 10 20 60`

use std::error::Error;

use gen_runtime::{async_gen, pin};

/// Yields the average of the numbers that it is sent, and returns their count.
#[async_gen(send = Option<f64>, returns = u32)]
async fn running_average() -> f64 {
    let mut sum = 0.0;
    let mut count = 0;
    let mut average = f64::NAN;
    while let Some(number) = yield_!(average) {
        sum += number;
        count += 1;
        average = sum / f64::from(count);
    }
    count
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers: Vec<f64> = std::env::args()
        .skip(1)
        .map(|text| text.parse())
        .collect::<Result<_, _>>()?;
    if numbers.is_empty() {
        numbers = vec![10.0, 20.0, 60.0];
    }

    let mut average = pin!(running_average());
    // No yield waits for a value yet, so this call runs to the first yield.
    average.resume().await;
    for number in numbers {
        if let Some(average) = average.send(Some(number)).await {
            println!("after {number:>6}: {average:.2}");
        }
    }
    average.send(None).await;
    println!("{} numbers", average.take_return().unwrap_or_default());
    Ok(())
}
