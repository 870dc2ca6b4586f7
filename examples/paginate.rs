//! Crawls a paged JSON API over HTTP until it finds a book, and counts the requests that were never
//! made.
//!
//! The API is a server in this program, on the loopback interface.
//!
//! `cargo run --example paginate`

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use gen_runtime::{async_gen, pin};
use serde::{Deserialize, Serialize};

const PAGES: u32 = 40;
const PER_PAGE: u32 = 25;

#[derive(Deserialize, Serialize)]
struct Page {
    books: Vec<Book>,
    /// The number of the next page, if there is one.
    next: Option<u32>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Book {
    title: String,
    year: u32,
}

/// Yields all books of the API. Requests a page only when its first book is asked for.
#[async_gen(throws = reqwest::Error)]
async fn books(client: reqwest::Client, api: SocketAddr) -> Book {
    let mut next = Some(1);
    while let Some(number) = next {
        let url = format!("http://{api}/books?page={number}");
        let page: Page = client
            .get(url)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        for book in page.books {
            yield_!(book);
        }
        next = page.next;
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let requests = Arc::new(AtomicU32::new(0));
    let api = serve(requests.clone()).await?;

    let mut books = pin!(books(reqwest::Client::builder().no_proxy().build()?, api));
    let mut seen = 0;
    let found = loop {
        match books.try_next().await? {
            Some(book) if book.year == 1961 => break Some(book),
            Some(_) => seen += 1,
            None => break None,
        }
    };
    books.close().await?;

    let made = requests.load(Ordering::Relaxed);
    match found {
        Some(book) => println!(
            "found {:?} of {} after {seen} others",
            book.title, book.year
        ),
        None => println!("not found among {seen}"),
    }
    println!(
        "{made} requests were made, {} were not: no book on them was asked for",
        PAGES - made
    );
    Ok(())
}

/// Starts the API, and counts its requests.
async fn serve(requests: Arc<AtomicU32>) -> std::io::Result<SocketAddr> {
    #[derive(Deserialize)]
    struct Params {
        page: u32,
    }

    async fn page(
        State(requests): State<Arc<AtomicU32>>,
        Query(Params { page }): Query<Params>,
    ) -> Json<Page> {
        requests.fetch_add(1, Ordering::Relaxed);
        let first = (page - 1) * PER_PAGE;
        let books = (first..first + PER_PAGE)
            .map(|n| Book {
                title: format!("Volume {n}"),
                year: 1900 + n,
            })
            .collect();
        println!("  server: page {page} of {PAGES}");
        Json(Page {
            books,
            next: (page < PAGES).then_some(page + 1),
        })
    }

    let app = Router::new()
        .route("/books", get(page))
        .with_state(requests);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}
