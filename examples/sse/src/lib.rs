//! A room whose visitors are browsers: each gets the news of the room as server-sent events, and leaves by closing the
//! tab.
//!
//! The server notices that a browser has gone, and drops the response. A destructor could not say goodbye, since that
//! awaits. So a [`Scope`] adopts the generator of each response, and runs its `defer!` on a task.

mod room; // seats, news and a transcript

use std::io;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use futures::future::{BoxFuture, Shared};
use futures::{FutureExt, Stream, StreamExt};
use gen_runtime::scope::Report;
use gen_runtime::{Scope, async_gen};
use tokio::net::TcpListener;

pub use self::room::Room;

/// Yields the news of a room to a visitor, who has a seat until the goodbye has been said.
#[async_gen(throws = io::Error)]
async fn visit(room: Room) -> Event {
    let (name, _seat) = room.enter().await;
    defer! {
        room.say(&format!("{name} left")).await?;
    }
    let mut news = room.news();
    room.say(&format!("{name} came")).await?;
    loop {
        // A visitor who does not keep up is disconnected.
        let line = news.recv().await.map_err(io::Error::other)?;
        yield_!(Event::default().data(line));
    }
}

/// Serves a room until `stop` completes. Returns how the visits ended, after all of them have ended.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    room: Room,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<Report> {
    let stop = stop.boxed().shared();
    let scope = Scope::new();
    let service = Service {
        room,
        scope: scope.clone(),
        stop: stop.clone(),
    };
    let router = Router::new()
        .route("/", get(Html(include_str!("page.html"))))
        .route("/news", get(news))
        .route("/say", post(say))
        .with_state(service);
    axum::serve(listener, router)
        .with_graceful_shutdown(stop)
        .await?;
    Ok(scope.shutdown(Duration::from_secs(10)).await)
}

#[derive(Clone)]
struct Service {
    room: Room,
    scope: Scope,
    stop: Shared<BoxFuture<'static, ()>>,
}

/// Answers with the news, until the browser hangs up or the service stops.
async fn news(State(service): State<Service>) -> Sse<impl Stream<Item = io::Result<Event>>> {
    let visit = service.scope.adopt(visit(service.room));
    Sse::new(visit.take_until(service.stop)).keep_alive(KeepAlive::default())
}

/// Tells all visitors the first line of a text.
async fn say(State(service): State<Service>, text: String) -> StatusCode {
    let line = text.lines().next().unwrap_or_default();
    match service.room.say(line).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
