//! A service with prepared answers, for the program and the tests.

use std::io;

use axum::body::{Body, Bytes};
use axum::routing::post;
use axum::{Json, Router};
use futures::Stream;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::Usage;

/// Listens on a free port of this machine, and returns the URL to send prompts to.
///
/// # Errors
///
/// If the system refuses.
pub async fn listen() -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/", listener.local_addr()?);
    Ok((listener, url))
}

/// Responds to each prompt with the chunks that `answer` makes of it. Those of a client that hangs up are dropped.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve<S, B>(
    listener: TcpListener,
    answer: impl Fn(String) -> S + Clone + Send + Sync + 'static,
) -> io::Result<()>
where
    S: Stream<Item = io::Result<B>> + Send + 'static,
    B: Into<Bytes> + 'static,
{
    let respond = async move |Json(question): Json<Value>| {
        let prompt = question["messages"][0]["content"].as_str();
        Body::from_stream(answer(prompt.unwrap_or_default().to_owned()))
    };
    axum::serve(listener, Router::new().route("/", post(respond))).await
}

/// An event with a token.
#[must_use]
pub fn token(text: &str) -> String {
    event(&json!({ "choices": [{ "index": 0, "delta": { "content": text } }] }))
}

/// An event with the usage.
#[must_use]
pub fn usage(usage: Usage) -> String {
    event(&json!({
        "choices": [],
        "usage": {
            "prompt_tokens": usage.prompt_tokens,
            "completion_tokens": usage.completion_tokens,
        },
    }))
}

/// An event with an error.
#[must_use]
pub fn error(message: &str) -> String {
    event(&json!({ "error": { "message": message } }))
}

/// The last event of an answer.
pub const DONE: &str = "data: [DONE]\n\n";

fn event(data: &Value) -> String {
    format!("data: {data}\n\n")
}
