//! The API, and its client over HTTP.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;

use reqwest::StatusCode;
use serde::{Deserialize, Serialize};

/// A page of the API.
#[derive(Debug, Deserialize, Serialize)]
pub struct Page {
    /// The books on it.
    pub books: Vec<Book>,
    /// The number of the next page, if there is one.
    pub next: Option<u32>,
}

/// A book.
#[derive(Debug, Deserialize, Serialize)]
pub struct Book {
    /// Its title.
    pub title: String,
    /// The year in which it was published.
    pub year: u32,
}

/// The reason why a request has no answer.
#[derive(Debug)]
pub enum Refusal {
    /// The server is busy, or was asked too fast. The same request may succeed later.
    Busy,
    /// The connection failed, or the answer was not as expected.
    Failed(reqwest::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Busy => f.write_str("the server is busy"),
            Refusal::Failed(error) => error.fmt(f),
        }
    }
}

impl Error for Refusal {}

impl From<reqwest::Error> for Refusal {
    fn from(error: reqwest::Error) -> Self {
        Refusal::Failed(error)
    }
}

/// A source of pages.
pub trait Api {
    /// Requests a page. The first one has the number 0.
    fn page(&self, number: u32) -> impl Future<Output = Result<Page, Refusal>>;
}

/// The API of a server.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    server: SocketAddr,
}

impl Http {
    /// Makes a client of a server.
    ///
    /// # Errors
    ///
    /// If the client cannot be initialized.
    pub fn new(server: SocketAddr) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder().no_proxy().build()?;
        Ok(Http { client, server })
    }
}

impl Api for Http {
    async fn page(&self, number: u32) -> Result<Page, Refusal> {
        let url = format!("http://{}/books?page={number}", self.server);
        let response = self.client.get(url).send().await?;
        match response.status() {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(Refusal::Busy),
            _ => Ok(response.error_for_status()?.json().await?),
        }
    }
}
