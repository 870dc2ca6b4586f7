//! A slow producer and an equally slow consumer: in turn, and at the same time.
//!
//! The generator fetches pages, and the consumer indexes them. When the pages move to another server, the consumer throws
//! an error in, and receives the number of the page after which it landed. The clock is tokio's paused one, so the durations are exact.
//!
//! `cargo run --example ahead`

use std::error::Error;
use std::fmt;
use std::num::NonZero;
use std::time::Duration;

use gen_runtime::{Landed, Scope, async_gen, pin};
use tokio::time::{Instant, sleep};

const PAGES: u32 = 10;
const FETCHING: Duration = Duration::from_millis(100);
const INDEXING: Duration = Duration::from_millis(100);

/// The pages have moved to this server.
#[derive(Debug)]
struct Moved(&'static str);

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the pages moved to {}", self.0)
    }
}

impl Error for Moved {}

/// Yields the numbers of pages, and the server of each.
#[async_gen(throws = Moved, bounds = Send + 'static)]
async fn pages() -> (u32, &'static str) {
    let mut server = "the old server";
    let mut page = 1;
    defer! {
        println!("    hung up");
    }
    while page <= PAGES {
        let moved = attempt! {
            sleep(FETCHING).await;
            page += 1;
            yield_!((page - 1, server));
        };
        if let Err(Moved(new)) = moved {
            server = new;
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Moved> {
    println!("one after the other:");
    let start = Instant::now();
    let mut items = pin!(pages());
    while items.try_next().await?.is_some() {
        sleep(INDEXING).await;
    }
    println!("    {:?}", start.elapsed());

    println!("ahead, by three pages at most:");
    let scope = Scope::new();
    let three = NonZero::new(3).expect("three is not zero");
    let start = Instant::now();
    let mut items = scope.ahead(pages(), three);
    while items.try_next().await?.is_some() {
        sleep(INDEXING).await;
    }
    println!("    {:?}", start.elapsed());

    println!("ahead of a consumer that is slower, and with a move:");
    let start = Instant::now();
    let mut items = scope.ahead(pages(), three);
    while let Some((page, server)) = items.try_next().await? {
        println!("    page {page} of {server}, at {:?}", start.elapsed());
        sleep(3 * INDEXING).await;
        if page == 2 {
            let Landed { after, result } = items.throw(Moved("the new server")).await;
            println!("    thrown after page {page}, landed after page {after}");
            if let Some((page, server)) = result? {
                println!("    page {page} of {server} is the first there");
            }
        }
    }

    println!("ahead of a consumer that leaves:");
    let mut items = scope.ahead(pages(), three);
    let first = items.try_next().await?;
    println!("    {first:?}");
    drop(items);
    // Waits until the generator has hung up.
    let report = scope.shutdown(Duration::from_secs(1)).await;
    println!("    {report}");
    Ok(())
}
