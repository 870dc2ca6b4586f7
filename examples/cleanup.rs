//! A query over a pooled TCP connection, which returns to the pool however the query ends, even
//! after a timeout in the middle of a row.
//!
//! The server, which runs in this program, sends rows until it is told to stop. A connection that
//! is abandoned in the middle of a query would be useless to the next one, so the cleanup has to
//! tell the server to stop, and wait for its answer. A destructor could not do that.
//!
//! `cargo run --example cleanup`

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use gen_runtime::{State, async_gen, pin};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;
use tokio::time::timeout;

/// Yields the rows of a query on demand.
#[async_gen(throws = io::Error)]
async fn rows(pool: &Pool, query: &str) -> String {
    let mut connection = pool.take().await?;
    defer! {
        // Runs however the block is left, and cannot be interrupted.
        connection.stop().await?;
        pool.give_back(connection).await;
    }
    connection.say(query).await?;
    loop {
        let row = connection.hear().await?;
        if row == "end" {
            return;
        }
        if row == "error" {
            Err(io::Error::other("the server has no such table"))?;
        }
        yield_!(row);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let opened = Arc::new(AtomicU32::new(0));
    let pool = Pool {
        server: serve(opened.clone()).await?,
        idle: Mutex::default(),
    };

    let mut all = pin!(rows(&pool, "select 3"));
    let mut count = 0;
    while all.try_next().await?.is_some() {
        count += 1;
    }
    pool.report(&format!("all {count} rows")).await;

    let mut some = pin!(rows(&pool, "select 1000000"));
    let first = some.try_next().await?;
    some.close().await?;
    pool.report(&format!("{first:?} of a million, then close"))
        .await;

    let mut fails = pin!(rows(&pool, "select nothing"));
    let error = fails.try_next().await.unwrap_err();
    pool.report(&format!("an error: {error}")).await;

    let mut thrown = pin!(rows(&pool, "select 1000000"));
    thrown.try_next().await?;
    let shutdown = io::Error::other("we are shutting down");
    let error = thrown.throw(shutdown).await.unwrap_err();
    pool.report(&format!("throw: {error}")).await;

    // The server sends half a row and falls silent.
    let mut slow = pin!(rows(&pool, "select slowly"));
    let limit = Duration::from_millis(50);
    assert!(timeout(limit, slow.try_next()).await.is_err());
    assert_eq!(slow.state(), State::InFlight);
    slow.close().await?;
    pool.report("a timeout in the midst of a row, then close")
        .await;

    // A close that takes too long may be cancelled, too. The next `close` continues it.
    let mut late = pin!(rows(&pool, "select late"));
    late.try_next().await?;
    assert!(timeout(limit, late.close()).await.is_err());
    pool.report(&format!("close, then timeout: {:?}", late.state()))
        .await;
    late.close().await?;
    pool.report("close again").await;

    println!("{} connection was opened", opened.load(Ordering::Relaxed));
    Ok(())
}

struct Pool {
    server: SocketAddr,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    async fn take(&self) -> io::Result<Connection> {
        match self.idle.lock().await.pop() {
            Some(connection) => Ok(connection),
            None => Ok(Connection {
                stream: BufReader::new(TcpStream::connect(self.server).await?),
                line: String::new(),
            }),
        }
    }

    async fn give_back(&self, connection: Connection) {
        self.idle.lock().await.push(connection);
    }

    async fn report(&self, what: &str) {
        println!("{what:60} idle: {}", self.idle.lock().await.len());
    }
}

struct Connection {
    stream: BufReader<TcpStream>,
    /// The part of a line that was read so far. It survives a read that is cancelled halfway.
    line: String,
}

impl Connection {
    async fn say(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(format!("{line}\n").as_bytes()).await
    }

    async fn hear(&mut self) -> io::Result<String> {
        if self.stream.read_line(&mut self.line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = std::mem::take(&mut self.line);
        Ok(line.trim_end().to_owned())
    }

    /// Ends a query, and discards the rows that the server has already sent.
    async fn stop(&mut self) -> io::Result<()> {
        self.say("stop").await?;
        while self.hear().await? != "stopped" {}
        Ok(())
    }
}

/// Starts the server, and counts its connections in `opened`.
async fn serve(opened: Arc<AtomicU32>) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            opened.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(answer(stream));
        }
    });
    Ok(address)
}

async fn answer(mut stream: TcpStream) -> io::Result<()> {
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    while let Some(line) = lines.next_line().await? {
        let (asked, ending) = match line.strip_prefix("select ") {
            Some("nothing") => (0, "error\n"),
            Some("slowly") => (0, "ro"),
            Some("late") => (1, ""),
            Some(count) => (count.parse().unwrap_or(0), "end\n"),
            None => continue,
        };
        // Sends rows until the client sends a line.
        for number in 0_u64.. {
            let next = match number {
                row if row < asked => format!("row {row}\n"),
                row if row == asked => ending.to_owned(),
                _ => String::new(),
            };
            tokio::select! {
                biased;
                stop = lines.next_line() => {
                    if stop?.is_none() {
                        return Ok(());
                    }
                    if ending.is_empty() {
                        tokio::time::sleep(Duration::from_millis(100)).await;
                    }
                    // The first line break ends the row that may be half sent.
                    writer.write_all(b"\nstopped\n").await?;
                    break;
                }
                sent = writer.write_all(next.as_bytes()), if !next.is_empty() => sent?,
            }
        }
    }
    Ok(())
}
