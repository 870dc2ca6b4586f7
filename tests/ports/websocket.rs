//! An exchange feed over a websocket. It connects with an error context, authenticates in a span, and then
//! handles pings and messages. It reports and skips messages that it cannot read, and reports a closed
//! socket, which ends it.

use anyhow::{Context as _, anyhow};
use futures::Stream;
use gen_runtime::{async_gen, async_gen_block};
use tracing::Instrument as _;

use super::script::{Script, trace};

#[derive(Debug)]
struct Quote(u32);

enum Message {
    Text(&'static str),
    Ping,
    Unreadable,
    Closed,
}

struct Socket {
    messages: Script<Message>,
    sent: std::sync::Mutex<Vec<String>>,
}

async fn connect(url: &str, messages: Vec<Message>) -> Result<Socket, std::io::Error> {
    tokio::task::yield_now().await;
    if url.is_empty() {
        return Err(std::io::Error::other("no address"));
    }
    Ok(Socket {
        messages: Script::new(messages),
        sent: std::sync::Mutex::default(),
    })
}

impl Socket {
    async fn send(&self, text: String) -> Result<(), anyhow::Error> {
        tokio::task::yield_now().await;
        self.sent.lock().unwrap().push(text);
        Ok(())
    }
}

fn text(error: &anyhow::Error) -> String {
    format!("{error:#}")
}

fn peer(
    url: String,
    key: Option<String>,
    messages: Vec<Message>,
) -> impl Stream<Item = Result<Quote, String>> + Send {
    async_stream::stream! {
        let socket = match connect(&url, messages).await.context("cannot connect") {
            Ok(socket) => socket,
            Err(error) => {
                yield Err(text(&error));
                return;
            }
        };
        if let Some(key) = key {
            let span = tracing::info_span!("authenticate");
            let request = span.in_scope(|| format!("auth {key}"));
            if let Err(error) = socket.send(request).instrument(span).await {
                yield Err(text(&error));
                return;
            }
        }
        let mut pings = 0;
        loop {
            let message = socket.messages.next().await;
            let is_ping = matches!(message, Some(Message::Ping));
            tokio::select! {
                () = std::future::ready(()), if is_ping => {
                    pings += 1;
                    tracing::debug!(pings, "ping");
                    if let Err(error) = socket.send(format!("pong {pings}")).await {
                        yield Err(text(&error));
                        return;
                    }
                    continue;
                }
                message = std::future::ready(message), if !is_ping => {
                    let quote = match message {
                        None => return,
                        Some(Message::Text(quote)) => quote,
                        Some(Message::Closed) => {
                            yield Err(text(&anyhow!("closed after {pings} pings")));
                            return;
                        }
                        Some(_) => {
                            yield Err(text(&anyhow!("unreadable")));
                            continue;
                        }
                    };
                    match quote.parse() {
                        Ok(quote) => yield Ok(Quote(quote)),
                        Err(error) => yield Err(text(&anyhow::Error::from(error).context("no quote"))),
                    }
                }
            }
        }
    }
}

/// The error of the feed: the text of an `anyhow::Error`.
#[derive(Debug)]
struct Failure(String);

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure(text(&error))
    }
}

fn block(
    url: String,
    key: Option<String>,
    messages: Vec<Message>,
) -> impl Stream<Item = Result<Quote, Failure>> + Send {
    async_gen_block! {
        #![async_gen(throws = Failure)]
        let socket = connect(&url, messages).await.context("cannot connect")?;
        if let Some(key) = key {
            let span = tracing::info_span!("authenticate");
            let request = span.in_scope(|| format!("auth {key}"));
            socket.send(request).instrument(span).await?;
        }
        let mut pings = 0;
        loop {
            let message = socket.messages.next().await;
            let is_ping = matches!(message, Some(Message::Ping));
            tokio::select! {
                () = std::future::ready(()), if is_ping => {
                    pings += 1;
                    tracing::debug!(pings, "ping");
                    socket.send(format!("pong {pings}")).await?;
                    continue;
                }
                message = std::future::ready(message), if !is_ping => {
                    let quote = match message {
                        None => return,
                        Some(Message::Text(quote)) => quote,
                        Some(Message::Closed) => {
                            yield Err(anyhow!("closed after {pings} pings").into());
                            return;
                        }
                        Some(_) => {
                            yield Err(anyhow!("unreadable").into());
                            continue;
                        }
                    };
                    yield_result!(quote.parse().map(Quote).context("no quote").map_err(Failure::from));
                }
            }
        }
    }
}

#[async_gen(throws = Failure, bounds = Send)]
async fn attribute(url: String, key: Option<String>, messages: Vec<Message>) -> Quote {
    let socket = connect(&url, messages).await.context("cannot connect")?;
    if let Some(key) = key {
        let span = tracing::info_span!("authenticate");
        let request = span.in_scope(|| format!("auth {key}"));
        socket.send(request).instrument(span).await?;
    }
    let mut pings = 0;
    loop {
        let message = socket.messages.next().await;
        let is_ping = matches!(message, Some(Message::Ping));
        tokio::select! {
            () = std::future::ready(()), if is_ping => {
                pings += 1;
                tracing::debug!(pings, "ping");
                socket.send(format!("pong {pings}")).await?;
                continue;
            }
            message = std::future::ready(message), if !is_ping => {
                let quote = match message {
                    None => return,
                    Some(Message::Text(quote)) => quote,
                    Some(Message::Closed) => {
                        yield_!(Err(anyhow!("closed after {pings} pings").into()));
                        return;
                    }
                    Some(_) => {
                        yield_!(Err(anyhow!("unreadable").into()));
                        continue;
                    }
                };
                yield_result!(quote.parse().map(Quote).context("no quote").map_err(Failure::from));
            }
        }
    }
}

#[tokio::test]
async fn a_feed_continues_after_unreadable_messages() {
    use futures::StreamExt as _;

    let messages = |close| {
        let end = if close {
            Message::Closed
        } else {
            Message::Ping
        };
        vec![
            Message::Text("1"),
            Message::Ping,
            Message::Text("two"),
            Message::Unreadable,
            Message::Text("3"),
            end,
            Message::Text("4"),
        ]
    };
    for (url, key) in [("wss", None), ("wss", Some("k".to_owned())), ("", None)] {
        for close in [false, true] {
            let expected = trace(peer(url.to_owned(), key.clone(), messages(close))).await;
            let texts = |item: Result<Quote, Failure>| item.map_err(|failure| failure.0);
            let items = block(url.to_owned(), key.clone(), messages(close)).map(texts);
            assert_eq!(trace(items).await, expected);
            let items = attribute(url.to_owned(), key.clone(), messages(close)).map(texts);
            assert_eq!(trace(items).await, expected);
        }
    }
    let items = trace(attribute("wss".to_owned(), None, messages(true))).await;
    assert_eq!(items.len(), 5, "{items:?}");
}
