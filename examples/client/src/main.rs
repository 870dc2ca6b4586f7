//! Looks for books in an API of many pages, whose server is often busy.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p client`

use std::error::Error;

use client::api::Http;
use client::server::{PAGES, Server};
use client::{End, Enough, Token, books};
use gen_runtime::pin;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = Server::new(3, 2);
    let api = Http::new(server.start().await?)?;

    let mut token = Token::default();
    for year in [1961, 2030] {
        println!("The first book of {year}, from {token:?}:");
        let mut books = pin!(books(api.clone(), token));
        while let Ok(Some(book)) = books.try_next().await {
            if book.year == year {
                println!("  found {:?}", book.title);
                // The body returns, so there is no other book.
                let _ = books.throw(Enough).await;
            }
        }
        for request in server.take_log() {
            println!("  server: {request}");
        }
        match books.take_return() {
            Some(End::Stopped(position)) => token = position,
            Some(End::Refused(position, refusal)) => {
                println!("  {refusal}, at {position:?}");
                token = position;
            }
            Some(End::Complete) | None => println!("  there are no more books"),
        }
    }
    println!(
        "Of {PAGES} pages, those behind {token:?} were not requested: no book on them was asked for."
    );

    println!("A server that is always busy:");
    let busy = Server::new(0, 1);
    let end = pin!(books(Http::new(busy.start().await?)?, token))
        .finish()
        .await;
    println!("  {end:?}, after {} requests", busy.take_log().len());
    Ok(())
}
