//! The order of the requests and the pauses between them, without an API, by a clock that is paused.

use std::time::Duration;

use client::api::Refusal;
use client::{LONGEST, SHORTEST, requests};
use gen_runtime::{State, pin};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn each_refusal_doubles_the_pause_until_a_page_arrives() {
    let start = Instant::now();
    let mut requests = pin!(requests(7));
    assert_eq!(requests.try_next().await.unwrap(), Some(7));
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(requests.throw(Refusal::Busy).await.unwrap(), Some(7));
    assert_eq!(start.elapsed(), SHORTEST);
    assert_eq!(requests.throw(Refusal::Busy).await.unwrap(), Some(7));
    assert_eq!(start.elapsed(), SHORTEST * 3);
    assert_eq!(requests.send(Some(9)).await.unwrap().unwrap(), 9);
    assert_eq!(start.elapsed(), SHORTEST * 3);
    assert_eq!(requests.throw(Refusal::Busy).await.unwrap(), Some(9));
    assert_eq!(start.elapsed(), SHORTEST * 4);
    assert!(requests.send(None).await.is_none());
}

#[tokio::test(start_paused = true)]
async fn it_gives_up_after_the_longest_pause() {
    let start = Instant::now();
    let mut requests = pin!(requests(0));
    requests.try_next().await.unwrap();
    let mut pause = SHORTEST;
    while pause <= LONGEST {
        assert_eq!(requests.throw(Refusal::Busy).await.unwrap(), Some(0));
        pause *= 2;
    }
    assert!(matches!(
        requests.throw(Refusal::Busy).await,
        Err(Refusal::Busy)
    ));
    assert_eq!(requests.state(), State::Finished);
    assert_eq!(start.elapsed() + SHORTEST, pause);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_good_ends_it_at_once() {
    let start = Instant::now();
    let mut requests = pin!(requests(0));
    requests.try_next().await.unwrap();
    let invalid = reqwest::Client::new().get("not a URL").build().unwrap_err();
    let result = requests.throw(Refusal::Failed(invalid)).await;
    assert!(matches!(result, Err(Refusal::Failed(error)) if error.is_builder()));
    assert_eq!(start.elapsed(), Duration::ZERO);
}
