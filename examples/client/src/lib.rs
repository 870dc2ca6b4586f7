//! A client of a paged web API that limits how fast it is asked.
//!
//! [`books`] requests pages and yields their books. The order of the requests, and the pauses between them, are the matter
//! of another generator, which knows no HTTP: [`requests`] yields the number of each page, and a refusal is thrown into it.

pub mod api;
pub mod server;

use std::time::Duration;

use gen_runtime::{async_gen, pin};
use tokio::time::sleep;

use crate::api::{Api, Book, Refusal};

/// The first pause after a refusal. Each further one is twice as long.
pub const SHORTEST: Duration = Duration::from_millis(10);
/// If the pause would be longer, the client gives up.
pub const LONGEST: Duration = Duration::from_millis(160);

/// A position between two books, from which another run may continue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// The number of a page.
    pub page: u32,
    /// The number of books on that page that were yielded.
    pub books: usize,
}

/// The consumer of [`books`] throws it if it wants no more of them.
#[derive(Debug)]
pub struct Enough;

/// The end of a run.
#[derive(Debug)]
pub enum End {
    /// There are no more books.
    Complete,
    /// The consumer had enough.
    Stopped(Token),
    /// The API refused a request, too often or for good.
    Refused(Token, Refusal),
}

/// Yields the books of an API, from a position on. Requests a page only when its first book is asked for.
///
/// Returns from where another run may continue.
#[async_gen(throws = Enough, returns = End)]
pub async fn books(api: impl Api, from: Token) -> Book {
    let mut from = from;
    let mut requests = pin!(requests(from.page));
    let mut request = requests.try_next().await;
    loop {
        let number = match request {
            Ok(Some(number)) => number,
            Ok(None) => return End::Complete,
            Err(refusal) => return End::Refused(from, refusal),
        };
        request = match api.page(number).await {
            Ok(page) => {
                for book in page.books.into_iter().skip(from.books) {
                    from.books += 1;
                    if let Err(Enough) = attempt! { yield_!(book) } {
                        return End::Stopped(from);
                    }
                }
                if let Some(page) = page.next {
                    from = Token { page, books: 0 };
                }
                requests.send(page.next).await.transpose()
            }
            Err(refusal) => requests.throw(refusal).await,
        };
    }
}

/// Yields the numbers of the pages to request. Is sent the number of the next page, or `None` after the last one.
///
/// If a refusal is thrown in, and may be temporary, it pauses, and yields the same number again. It cannot catch one that
/// is not.
#[async_gen(send = Option<u32>, throws = Refusal)]
pub async fn requests(first: u32) -> u32 {
    let mut next = Some(first);
    while let Some(page) = next {
        let mut pause = SHORTEST;
        next = loop {
            match attempt! { yield_!(page) } {
                Ok(next) => break next,
                Err(Refusal::Busy) if pause <= LONGEST => {
                    sleep(pause).await;
                    pause *= 2;
                }
                Err(refusal) => Err(refusal)?,
            }
        };
    }
}
