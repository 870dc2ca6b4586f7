//! A server of the API, on the loopback interface, for the program and its tests.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use crate::api::{Book, Page};

/// The number of pages.
pub const PAGES: u32 = 40;
/// The number of books on each page.
pub const PER_PAGE: u32 = 25;

/// Answers requests, and logs them.
#[derive(Clone, Debug)]
pub struct Server {
    log: Arc<Mutex<Vec<String>>>,
    /// After so many pages, it refuses so many requests.
    rhythm: (usize, usize),
}

impl Server {
    /// Makes a server that after each `answered` pages is busy for the next `refused` requests.
    #[must_use]
    pub fn new(answered: usize, refused: usize) -> Self {
        Server {
            log: Arc::default(),
            rhythm: (answered, refused),
        }
    }

    /// Starts to answer on a free port, and returns its address.
    ///
    /// # Errors
    ///
    /// If the system has no port.
    pub async fn start(&self) -> io::Result<SocketAddr> {
        let router = Router::new()
            .route("/books", get(answer))
            .with_state(self.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(address)
    }

    /// Returns the requests that came since the last call.
    ///
    /// # Panics
    ///
    /// If the server has panicked.
    #[must_use]
    pub fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut self.log.lock().expect("the server does not panic"))
    }
}

#[derive(Deserialize)]
struct Params {
    page: u32,
}

async fn answer(State(server): State<Server>, Query(Params { page }): Query<Params>) -> Response {
    let Ok(mut log) = server.log.lock() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let (answered, refused) = server.rhythm;
    if log.len() % (answered + refused) >= answered {
        log.push(format!("page {page}: busy"));
        return StatusCode::TOO_MANY_REQUESTS.into_response();
    }
    log.push(format!("page {page}"));
    let first = page * PER_PAGE;
    let books = (first..first + PER_PAGE).map(|n| Book {
        title: format!("Volume {n}"),
        year: 1900 + n,
    });
    Json(Page {
        books: books.collect(),
        next: Some(page + 1).filter(|&next| next < PAGES),
    })
    .into_response()
}
