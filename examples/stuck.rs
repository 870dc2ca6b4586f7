//! A service that hangs prints where its generators are. `cargo run --features locations --example stuck`

use std::future::pending;
use std::time::Duration;

use gen_runtime::{BoxTryGenerator, async_gen};
use tokio::time::timeout;

type Pages = BoxTryGenerator<'static, u32, String>;

/// Fetches the pages of a collection.
#[async_gen(throws = String, boxed)]
async fn pages(collection: &'static str) -> u32 {
    for page in 1.. {
        yield_!(fetch(collection, page).await?);
    }
}

/// Exports the pages of two collections.
#[async_gen(throws = String, boxed)]
async fn export(collections: [&'static str; 2]) -> u32 {
    for collection in collections {
        yield_from!(pages(collection));
    }
}

/// Fetches a page. The server never answers the request for the third page of the users.
async fn fetch(collection: &str, page: u32) -> Result<u32, String> {
    match (collection, page) {
        ("users", 3) => pending().await,
        (_, 5) => Err("no such page".to_owned()),
        _ => Ok(page),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), String> {
    let mut jobs: [(&str, Pages); 3] = [
        ("nightly export", export(["users", "orders"])),
        ("orders", pages("orders")),
        ("idle", export(["orders", "users"])),
    ];
    let [nightly, orders, _] = &mut jobs;
    orders.1.try_next().await?;
    while let Ok(Some(page)) = timeout(Duration::from_secs(5), nightly.1.try_next())
        .await
        .unwrap_or(Ok(None))
    {
        println!("page {page}");
    }

    println!("no page for 5 seconds; the jobs are:");
    for (name, generator) in &jobs {
        println!("  {name}: {:?}", generator.state());
        generator.positions(|position| println!("    {position}"));
    }
    Ok(())
}
