//! The client over HTTP.

use client::api::{Http, Refusal};
use client::server::{PAGES, PER_PAGE, Server};
use client::{End, Token, books};
use gen_runtime::pin;

#[tokio::test]
async fn all_books_arrive_in_order_from_a_busy_server() {
    let server = Server::new(7, 2);
    let api = Http::new(server.start().await.unwrap()).unwrap();
    let mut books = pin!(books(api, Token::default()));
    for n in 0..PAGES * PER_PAGE {
        let book = books.try_next().await.unwrap().unwrap();
        assert_eq!(book.title, format!("Volume {n}"));
    }
    assert!(matches!(books.finish().await, Ok(Some(End::Complete))));
    let log = server.take_log();
    let refused = log
        .iter()
        .filter(|request| request.ends_with("busy"))
        .count();
    // Two refusals after each seven of forty pages.
    assert_eq!((log.len() - refused, refused), (40, 10));
}

#[tokio::test]
async fn a_server_that_cannot_be_reached() {
    // The port is taken, so that no other test gets it, and nothing listens on it.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let api = Http::new(socket.local_addr().unwrap()).unwrap();
    let from = Token { page: 3, books: 1 };
    let end = pin!(books(api, from)).finish().await;
    assert!(
        matches!(end, Ok(Some(End::Refused(token, Refusal::Failed(_)))) if token == from),
        "{end:?}"
    );
}
