//! Asks a local service, which cuts its answers into chunks of five bytes. The last answer has no end, and is closed.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p tokens`

use std::io::{self, Write};
use std::time::Duration;

use axum::body::Bytes;
use gen_runtime::{Scope, async_gen, pin};
use reqwest::Client;
use tokens::server::{self, listen, serve};
use tokens::{Error, Usage, complete};
use tokio::time::sleep;

/// The time between two tokens.
const PAUSE: Duration = Duration::from_millis(30);

/// The number of tokens after which an answer is closed.
const LIMIT: usize = 12;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (listener, url) = listen().await?;
    let scope = Scope::new();
    let adopting = scope.clone();
    tokio::spawn(serve(listener, move |prompt| {
        adopting.adopt(answer(prompt))
    }));

    let client = Client::builder().no_proxy().build()?;
    for prompt in [
        "What is a stream?",
        "Say hello!",
        "Are you well?",
        "Count to infinity.",
    ] {
        println!("you:      {prompt}");
        if let Err(error) = ask(&client, &url, prompt).await {
            println!("\n          error: {error}");
        }
    }
    // Waits until the service has noticed that its client has gone.
    let report = scope.shutdown(Duration::from_secs(10)).await;
    assert!(report.is_clean(), "{report}");
    Ok(())
}

/// Prints the tokens of an answer as they arrive, and closes it after the first ones.
async fn ask(client: &Client, url: &str, prompt: &str) -> Result<(), Error> {
    let mut answer = pin!(complete(client, url, prompt));
    let mut count = 0;
    print("model:    ");
    while let Some(token) = answer.try_next().await? {
        print(&token);
        count += 1;
        if count == LIMIT {
            println!("\n          closed after {LIMIT} tokens");
            return answer.close().await;
        }
    }
    if let Some(usage) = answer.take_return() {
        println!("\n          {} tokens", usage.completion_tokens);
    }
    Ok(())
}

/// Prints at once, without waiting for the end of the line.
fn print(text: &str) {
    print!("{text}");
    let _ = io::stdout().flush();
}

/// Yields the answer to a prompt, in chunks that end anywhere, also within a character.
#[async_gen(throws = io::Error)]
async fn answer(prompt: String) -> Bytes {
    let text = match prompt.as_str() {
        "What is a stream?" => "Items that arrive one after another, some of them later.",
        "Say hello!" => "Grüß Gott! Здравствуйте! 你好! 👋🏽",
        "Are you well?" => {
            yield_from!(cut(server::token("I am ")));
            yield_from!(cut(server::error("too many requests")));
            return;
        }
        _ => return yield_from!(numbers()),
    };
    let mut made = 0;
    for word in text.split_inclusive(' ') {
        sleep(PAUSE).await;
        made += 1;
        yield_from!(cut(server::token(word)));
    }
    let usage = Usage {
        prompt_tokens: prompt.split(' ').count() as u64,
        completion_tokens: made,
    };
    yield_from!(cut(server::usage(usage) + server::DONE));
}

/// Yields an answer without end.
#[async_gen]
async fn numbers() -> Bytes {
    let mut made = 0;
    defer! { println!("service:  the client has gone after {made} tokens"); }
    loop {
        made += 1;
        yield_from!(cut(server::token(&format!("{made} "))));
        sleep(PAUSE).await;
    }
}

/// Yields a text in chunks of five bytes.
#[async_gen]
async fn cut(text: String) -> Bytes {
    let mut bytes = Bytes::from(text);
    while !bytes.is_empty() {
        yield_!(bytes.split_to(bytes.len().min(5)));
    }
}
