//! Balances of accounts: a chain of awaits, conversions and `?` for each item. Its errors are of many types.

use anyhow::Context as _;
use futures::stream::BoxStream;
use futures::{StreamExt as _, TryStreamExt as _};
use gen_runtime::async_gen;

use super::script::{Script, trace};

#[derive(Debug)]
struct Response(Option<String>);

impl Response {
    fn into_inner(self) -> Option<String> {
        self.0
    }
}

struct Client(Script<Result<Response, std::io::Error>>);

impl Client {
    fn new(answers: &[Result<Option<&str>, &'static str>]) -> Self {
        Client(Script::new(answers.iter().map(|answer| match answer {
            Ok(text) => Ok(Response(text.map(str::to_owned))),
            Err(error) => Err(std::io::Error::other(*error)),
        })))
    }

    async fn balance(&self) -> Result<Response, std::io::Error> {
        self.0.next().await.unwrap_or(Ok(Response(None)))
    }
}

both! { $ try_stream, (throws = anyhow::Error),
    pub(super) fn balances(client: &Client, accounts: u32) -> BoxStream<'_, Result<u8, String>> {
        generator! {
            for account in 0..accounts {
                let balance: u8 = client
                    .balance()
                    .await?
                    .into_inner()
                    .with_context(|| format!("no balance of {account}"))?
                    .trim()
                    .parse::<u64>()?
                    .try_into()?;
                yield balance;
            }
        }
        .map_err(|error: anyhow::Error| format!("{error:#}"))
        .boxed()
    }
}

fn balances(client: &Client, accounts: u32) -> BoxStream<'_, Result<u8, String>> {
    each_balance(client, accounts)
        .map_err(|error| format!("{error:#}"))
        .boxed()
}

#[async_gen(throws = anyhow::Error, bounds = Send)]
async fn each_balance(client: &Client, accounts: u32) -> u8 {
    for account in 0..accounts {
        let balance: u8 = client
            .balance()
            .await?
            .into_inner()
            .with_context(|| format!("no balance of {account}"))?
            .trim()
            .parse::<u64>()?
            .try_into()?;
        yield_!(balance);
    }
}

#[tokio::test]
async fn any_link_of_the_chain_may_fail() {
    let answers: [&[Result<Option<&str>, &'static str>]; 5] = [
        &[Ok(Some("1")), Ok(Some(" 2 "))],
        &[Ok(Some("1")), Err("reset")],
        &[Ok(Some("1")), Ok(None)],
        &[Ok(Some("1")), Ok(Some("two"))],
        &[Ok(Some("1")), Ok(Some("256"))],
    ];
    let last = [
        "Ok(2)",
        "reset",
        "no balance of 1",
        "invalid digit",
        "out of range",
    ];
    for (answers, last) in answers.iter().zip(last) {
        let expected = trace(peer::balances(&Client::new(answers), 2)).await;
        assert_eq!(expected.len(), 2);
        assert!(expected[1].contains(last), "{expected:?}");
        assert_eq!(
            trace(block::balances(&Client::new(answers), 2)).await,
            expected
        );
        assert_eq!(trace(balances(&Client::new(answers), 2)).await, expected);
    }
}
