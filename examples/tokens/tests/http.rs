//! Answers over HTTP.

use std::io;
use std::sync::{Arc, Mutex};

use futures::stream;
use gen_runtime::{Handle, State, pin};
use reqwest::Client;
use tokens::server::{DONE, error, listen, serve, token, usage};
use tokens::{Error, Usage, complete};
use tokio::sync::mpsc;

const USAGE: Usage = Usage {
    prompt_tokens: 3,
    completion_tokens: 4,
};

fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

/// Starts a service that answers each prompt by a text in chunks of `size` bytes. Returns its URL and the prompts so far.
async fn service(text: String, size: usize) -> (String, Arc<Mutex<Vec<String>>>) {
    let (listener, url) = listen().await.unwrap();
    let prompts = Arc::new(Mutex::new(Vec::new()));
    let log = prompts.clone();
    tokio::spawn(serve(listener, move |prompt| {
        log.lock().unwrap().push(prompt);
        let chunks: Vec<_> = text.as_bytes().chunks(size).map(<[u8]>::to_vec).collect();
        stream::iter(chunks.into_iter().map(Ok))
    }));
    (url, prompts)
}

/// Starts a service that answers one prompt by chunks that the test sends.
async fn scripted() -> (String, mpsc::Sender<io::Result<Vec<u8>>>) {
    let (listener, url) = listen().await.unwrap();
    let (sender, mut chunks) = mpsc::channel(1);
    let chunks = stream::poll_fn(move |context| chunks.poll_recv(context));
    let chunks = Arc::new(Mutex::new(Some(chunks)));
    tokio::spawn(serve(listener, move |_| {
        chunks.lock().unwrap().take().expect("one prompt")
    }));
    (url, sender)
}

/// Returns the tokens before the end, and what the end was.
async fn outcome(url: &str) -> (Vec<String>, Result<Option<Usage>, Error>) {
    let client = client();
    let mut answer = pin!(complete(&client, url, "hello"));
    let mut tokens = Vec::new();
    loop {
        match answer.try_next().await {
            Ok(Some(token)) => tokens.push(token),
            Ok(None) => return (tokens, Ok(answer.take_return())),
            Err(error) => {
                assert_eq!(answer.state(), State::Finished);
                assert_eq!(answer.take_return(), None);
                return (tokens, Err(error));
            }
        }
    }
}

#[tokio::test]
async fn tokens_and_usage_arrive_in_chunks_of_any_size() {
    let tokens = ["Grüß ", "dich, ", "你好", "\r\n\"👋🏽\"\n"];
    // The first event of a service has a role, and its last one no token.
    let mut text = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n".to_owned();
    text.extend(tokens.map(token));
    text += "data: {\"choices\":[{\"delta\":{\"content\":null},\"finish_reason\":\"stop\"}],\"usage\":null}\n\n";
    text += &usage(USAGE);
    text += "data: {\"choices\":[],\"usage\":null}\n\n";
    text += DONE;
    text += &token("behind the end");
    for text in [
        text.clone(),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\r"),
    ] {
        for size in [1, 2, 3, 5, 7, 11, 64, 10_000] {
            let (url, _) = service(text.clone(), size).await;
            let (seen, end) = outcome(&url).await;
            assert_eq!(
                (seen, end.unwrap()),
                (tokens.map(str::to_owned).to_vec(), Some(USAGE))
            );
        }
    }
}

#[tokio::test]
async fn the_request_is_sent_when_the_first_token_is_asked_for() {
    let (url, prompts) = service(token("a") + &usage(USAGE) + DONE, 3).await;
    let client = client();
    let mut first = pin!(complete(&client, &url, "first"));
    let mut second = pin!(complete(&client, &url, "second"));
    assert_eq!(second.finish().await.unwrap(), Some(USAGE));
    assert_eq!(first.finish().await.unwrap(), Some(USAGE));
    assert_eq!(*prompts.lock().unwrap(), ["second", "first"]);
}

#[tokio::test]
async fn a_token_arrives_before_the_next_one_is_made() {
    let (url, service) = scripted().await;
    let client = client();
    let mut answer = pin!(complete(&client, &url, "hello"));
    for n in 0..20 {
        let text = format!("token {n} ");
        service.send(Ok(token(&text).into_bytes())).await.unwrap();
        assert_eq!(answer.try_next().await.unwrap(), Some(text));
    }
    assert_eq!(answer.state(), State::Suspended);
}

#[tokio::test]
async fn closing_ends_the_request() {
    let (url, service) = scripted().await;
    let client = client();
    let mut answer = pin!(complete(&client, &url, "hello"));
    service.send(Ok(token("a").into_bytes())).await.unwrap();
    assert_eq!(answer.try_next().await.unwrap().unwrap(), "a");
    answer.close().await.unwrap();
    // The server drops the rest of the answer when the connection has been closed. The generator still exists.
    service.closed().await;
    assert_eq!(answer.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn dropping_while_a_token_is_awaited_ends_the_request() {
    let (url, service) = scripted().await;
    let client = client();
    let mut answer = Handle::boxed(complete(&client, &url, "hello"));
    service.send(Ok(token("a").into_bytes())).await.unwrap();
    assert_eq!(answer.try_next().await.unwrap().unwrap(), "a");
    assert!(futures::poll!(answer.next()).is_pending());
    drop(answer);
    service.closed().await;
}

#[tokio::test]
async fn an_error_that_the_service_reports() {
    let text = token("a") + &error("overloaded") + &token("b") + &usage(USAGE) + DONE;
    let (url, _) = service(text, 5).await;
    let (tokens, end) = outcome(&url).await;
    assert_eq!(tokens, ["a"]);
    assert_eq!(
        end.unwrap_err().to_string(),
        "the service reports: overloaded"
    );
}

#[tokio::test]
async fn a_connection_that_is_lost() {
    let (url, service) = scripted().await;
    let cut = async {
        service.send(Ok(token("a").into_bytes())).await.unwrap();
        service.send(Ok(b"data: {\"choi".to_vec())).await.unwrap();
        service
            .send(Err(io::Error::other("out of power")))
            .await
            .unwrap();
    };
    let ((), (tokens, end)) = tokio::join!(cut, outcome(&url));
    assert_eq!(tokens, ["a"]);
    let error = end.unwrap_err();
    assert!(
        matches!(&error, Error::Http(error) if error.is_decode()),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_that_is_incomplete() {
    for text in [
        token("a"),
        token("a") + &usage(USAGE),
        token("a") + DONE,
        token("a") + "data: [DONE]\n",
    ] {
        let (url, _) = service(text, 4).await;
        let (tokens, end) = outcome(&url).await;
        assert_eq!(tokens, ["a"]);
        assert!(matches!(end, Err(Error::Incomplete)), "{end:?}");
    }
}

#[tokio::test]
async fn an_event_that_is_not_json() {
    let (url, _) = service(token("a") + "data: hello\n\n", 4).await;
    let (tokens, end) = outcome(&url).await;
    assert_eq!(tokens, ["a"]);
    assert!(matches!(end, Err(Error::Format(_))), "{end:?}");
}

#[tokio::test]
async fn a_request_that_is_refused() {
    let (url, prompts) = service(String::new(), 1).await;
    let (tokens, end) = outcome(&format!("{url}other")).await;
    assert_eq!(tokens, [""; 0]);
    let Err(Error::Http(error)) = end else {
        panic!("{end:?}");
    };
    assert_eq!(error.status().unwrap(), 404);
    assert!(prompts.lock().unwrap().is_empty());
}
