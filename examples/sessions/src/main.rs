//! A thousand clients talk to the notice board, one of which asks for a long notice again and again, and reads no reply.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p sessions`

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use gen_runtime::Scope;
use sessions::board::Board;
use sessions::client::Client;
use sessions::server::{listen, serve};
use tokio_util::codec::LinesCodecError;

const CLIENTS: usize = 999;
const QUESTIONS: usize = 10;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Both ends of each connection are open files of this process.
    rlimit::increase_nofile_limit(4096)?;
    let (board, scope) = (Arc::new(Board::default()), Scope::new());
    let listener = listen()?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(serve(listener, board.clone(), scope.clone()));

    let mut ann = Client::new(address, "ann").await?;
    println!("ann posts:    {}", ann.post("lost: one umbrella").await?);
    println!("ann posts:    {}", ann.post(&"long ".repeat(10_000)).await?);
    println!("ann reads 1:  {}", ann.ask("read 1").await?);
    println!("ann quits:    {}", ann.ask("quit").await?);

    let alone = crowd(address).await?;
    println!("{CLIENTS} clients ask {QUESTIONS} questions each, and all replies are right");

    let mut slow = Client::new(address, "slow").await?;
    for _ in 0..1_000 {
        slow.send("read 2").await?;
    }
    let beside = crowd(address).await?;
    let ratio = beside.as_secs_f64() / alone.as_secs_f64();
    println!("the same beside a client that asks 1000 questions, and reads no reply:");
    println!("  time of the others, as a multiple: {ratio:.2}");
    let executed = board.reads("slow").await.unwrap_or_default();
    println!("  of its questions, the session has executed {executed}");

    drop(slow);
    server.abort();
    println!(
        "the server stops: {}",
        scope.shutdown(Duration::from_secs(10)).await
    );
    let (here, left) = board.counts().await;
    println!("{left} clients have left, {here} are still there");
    Ok(())
}

/// Runs many clients at once, and returns the time until the last one is done.
async fn crowd(address: SocketAddr) -> Result<Duration, LinesCodecError> {
    let start = Instant::now();
    try_join_all((0..CLIENTS).map(async |n| {
        let mut client = Client::new(address, &format!("client-{n}")).await?;
        for _ in 0..QUESTIONS {
            assert_eq!(client.ask("read 1").await?, "ann: lost: one umbrella");
        }
        assert_eq!(client.ask("quit").await?, format!("bye, client-{n}"));
        Ok::<_, LinesCodecError>(())
    }))
    .await?;
    Ok(start.elapsed())
}
