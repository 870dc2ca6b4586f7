//! The tokens of a language model, as they arrive over HTTP.
//!
//! Three generators, each over the one before: [`events`](events::events) parses chunks of bytes, [`tokens`] takes the
//! tokens out of the events, and [`complete`] sends the request.

pub mod events;
pub mod server;

use futures::Stream;
use gen_runtime::async_gen;
use reqwest::Client;
use serde::Deserialize;
use serde_json::json;

use crate::events::events;

/// Asks a service to complete a prompt, and yields the tokens of its answer. Returns the usage.
///
/// The request is sent when the first token is asked for. Closing or dropping the generator ends the request.
#[async_gen(throws = Error, returns = Usage)]
pub async fn complete(client: &Client, url: &str, prompt: &str) -> String {
    let question = json!({
        "model": "small",
        "messages": [{ "role": "user", "content": prompt }],
        "stream": true,
        "stream_options": { "include_usage": true },
    });
    let request = client.post(url).json(&question);
    let response = request.send().await?.error_for_status()?;
    yield_from!(tokens(response.bytes_stream()))
}

/// Yields the tokens of an answer, which ends with the event `[DONE]`. Returns the usage.
#[async_gen(throws = Error, returns = Usage)]
pub async fn tokens<C, B>(chunks: C) -> String
where
    C: Stream<Item = reqwest::Result<B>>,
    B: AsRef<[u8]>,
{
    let mut usage = None;
    #[for_await]
    for event in events(chunks) {
        let data = event?.data;
        if data == "[DONE]" {
            return usage.ok_or(Error::Incomplete)?;
        }
        let part: Part = serde_json::from_str(&data)?;
        if let Some(error) = part.error {
            return Err(Error::Service(error.message));
        }
        for choice in part.choices {
            if let Some(token) = choice.delta.content {
                yield_!(token);
            }
        }
        usage = part.usage.or(usage);
    }
    Err(Error::Incomplete)
}

/// The numbers of tokens that a service charges for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Usage {
    /// The tokens of the prompt.
    pub prompt_tokens: u64,
    /// The tokens of the answer.
    pub completion_tokens: u64,
}

/// An error that ends an answer. The tokens before it have been yielded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request could not be sent, or was refused, or the connection was lost.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// An event is not what services send.
    #[error(transparent)]
    Format(#[from] serde_json::Error),
    /// The service reports an error in the middle of its answer.
    #[error("the service reports: {0}")]
    Service(String),
    /// The answer has no `[DONE]`, or no usage before it.
    #[error("the answer is incomplete")]
    Incomplete,
}

/// The data of an event. Fields that are not listed here are ignored.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<Usage>,
    error: Option<Failure>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Delta,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<String>,
}

#[derive(Deserialize)]
struct Failure {
    message: String,
}
