//! A consumer that throws an error in when it cannot keep up, and a body that backs off and
//! continues where it was suspended.
//!
//! The API, a server in this program, accepts a few messages at a time, and answers the others with
//! "429 Too Many Requests". The consumer does not know how messages are made, and the body does not
//! know about HTTP.
//!
//! `cargo run --example retry`

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use gen_runtime::{async_gen, pin};
use tokio::time::sleep;

/// The consumer could not send the message.
#[derive(Debug)]
enum Refused {
    /// Sent too fast. The same message should be sent again.
    RateLimit,
    /// Refused with another status. There is no point in sending it again.
    For(StatusCode),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::RateLimit => f.write_str("too many requests"),
            Refused::For(status) => status.fmt(f),
        }
    }
}

impl Error for Refused {}

/// Yields each message again until the consumer asks for the next one.
#[async_gen(throws = Refused, returns = u32)]
async fn messages(count: u32) -> String {
    let mut retries = 0;
    for number in 1..=count {
        let mut pause = Duration::from_millis(10);
        loop {
            let sent = attempt! { yield_!(format!("message {number}")) };
            match sent {
                Ok(()) => break,
                Err(Refused::RateLimit) => {
                    println!("  body: too fast; waits {pause:?}");
                    sleep(pause).await;
                    pause *= 2;
                    retries += 1;
                }
                Err(other) => Err(other)?,
            }
        }
    }
    retries
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let inbox = Arc::new(Inbox::default());
    let url = format!("http://{}/", serve(inbox.clone()).await?);
    let client = reqwest::Client::builder().no_proxy().build()?;

    let mut messages = pin!(messages(8));
    let mut next = messages.try_next().await?;
    while let Some(message) = next {
        let status = client.post(&url).body(message).send().await?.status();
        next = match status {
            StatusCode::OK => messages.try_next().await?,
            StatusCode::TOO_MANY_REQUESTS => messages.throw(Refused::RateLimit).await?,
            other => messages.throw(Refused::For(other)).await?,
        };
    }

    let taken = inbox.taken.lock().map_or(0, |taken| taken.len());
    let retries = messages.take_return().unwrap_or_default();
    println!("{taken} messages arrived in order, after {retries} retries");
    Ok(())
}

#[derive(Default)]
struct Inbox {
    taken: Mutex<Vec<(Instant, String)>>,
}

impl Inbox {
    /// Accepts a message if at most two were accepted recently.
    fn take(&self, message: String) -> StatusCode {
        let Ok(mut taken) = self.taken.lock() else {
            return StatusCode::INTERNAL_SERVER_ERROR;
        };
        let now = Instant::now();
        let late = Duration::from_millis(50);
        if taken.iter().filter(|(then, _)| now - *then < late).count() > 2 {
            return StatusCode::TOO_MANY_REQUESTS;
        }
        println!("  server: {message}");
        taken.push((now, message));
        StatusCode::OK
    }
}

/// Starts the API.
async fn serve(inbox: Arc<Inbox>) -> std::io::Result<SocketAddr> {
    async fn take(State(inbox): State<Arc<Inbox>>, message: String) -> StatusCode {
        inbox.take(message)
    }

    let app = Router::new().route("/", post(take)).with_state(inbox);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}
