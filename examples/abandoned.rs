//! A service that streams prices over HTTP to clients that may hang up at any time, and leaks no subscription.
//!
//! Each response subscribes at an exchange, and has to unsubscribe. That takes a round trip, which a destructor cannot
//! await. So a [`Scope`] adopts the generator. Whatever happens to the response, the `defer!` runs, and the service
//! waits for it before it ends. The exit code is not zero if a subscription is left.
//!
//! `cargo run --example abandoned`

use std::collections::BTreeSet;
use std::io;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::routing::get;
use gen_runtime::scope::Cause;
use gen_runtime::{Scope, async_gen};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, timeout};

/// Yields the prices of a share, until the service stops.
#[async_gen(throws = io::Error)]
async fn prices(share: String, exchange: Exchange, mut stop: watch::Receiver<bool>) -> String {
    exchange.subscribe(&share);
    defer! { exchange.unsubscribe(&share).await?; }
    for price in 1.. {
        if share == "quiet" {
            std::future::pending::<()>().await;
        }
        yield_!(format!("{share} {price}"));
        tokio::select! {
            () = sleep(Duration::from_millis(5)) => {}
            _ = stop.wait_for(|&stop| stop) => return,
        }
    }
}

/// Answers a request. The server drops the body when the client has gone.
async fn answer(State(service): State<Service>, Path(share): Path<String>) -> Body {
    let prices = prices(share, service.exchange, service.stop);
    Body::from_stream(service.scope.adopt(prices))
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (log, mut events) = mpsc::unbounded_channel();
    let (stopper, mut stop) = watch::channel(false);
    let service = Service {
        scope: Scope::new(),
        exchange: Exchange {
            subscribed: Arc::default(),
            log,
        },
        stop: stop.clone(),
    };
    let router = Router::new().route("/{share}", get(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = axum::serve(listener, router.with_state(service.clone())).with_graceful_shutdown(
        async move {
            let _ = stop.wait_for(|&stop| stop).await;
        },
    );
    let server = tokio::spawn(server.into_future());

    let client = reqwest::Client::builder().no_proxy().build()?;
    let get = async |share| client.get(format!("{url}/{share}")).send().await;

    println!("A client reads two prices, and hangs up.");
    let mut response = get("coal").await?;
    for _ in 0..2 {
        println!(
            "  client: {:?}",
            response.chunk().await?.unwrap_or_default()
        );
    }
    drop(response);
    println!("  {}", events.recv().await.unwrap_or_default());

    println!("A client gives up before the first price.");
    let mut response = get("quiet").await?;
    let limit = Duration::from_millis(50);
    assert!(timeout(limit, response.chunk()).await.is_err());
    drop(response);
    println!("  {}", events.recv().await.unwrap_or_default());

    println!("A client hangs up, and the exchange does not answer.");
    let mut response = get("rust").await?;
    response.chunk().await?;
    drop(response);
    println!("  {}", events.recv().await.unwrap_or_default());

    println!("The service stops while a client reads.");
    let mut response = get("salt").await?;
    response.chunk().await?;
    // Stops the responses and the server, and then waits for the cleanups.
    stopper.send_replace(true);
    while response.chunk().await?.is_some() {}
    println!("  {}", events.recv().await.unwrap_or_default());
    server.await??;
    let report = service.scope.shutdown(Duration::from_secs(10)).await;
    println!("{report}");

    let dropped = |cause: &Cause| matches!(cause, Cause::Dropped);
    let lost = report.live > 0
        || report
            .failures
            .iter()
            .any(|failure| dropped(&failure.cause))
        || !service.exchange.subscribed().is_empty();
    Ok(if lost {
        eprintln!("still subscribed: {:?}", service.exchange.subscribed());
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

#[derive(Clone)]
struct Service {
    scope: Scope,
    exchange: Exchange,
    stop: watch::Receiver<bool>,
}

#[derive(Clone)]
struct Exchange {
    subscribed: Arc<Mutex<BTreeSet<String>>>,
    log: mpsc::UnboundedSender<String>,
}

impl Exchange {
    fn subscribe(&self, share: &str) {
        self.subscribed().insert(share.to_owned());
    }

    async fn unsubscribe(&self, share: &str) -> io::Result<()> {
        sleep(Duration::from_millis(5)).await;
        self.subscribed().remove(share);
        let _ = self.log.send(format!("exchange: {share} unsubscribed"));
        if share == "rust" {
            return Err(io::Error::other("the exchange did not answer"));
        }
        Ok(())
    }

    fn subscribed(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.subscribed
            .lock()
            .expect("no code panics with the lock")
    }
}
