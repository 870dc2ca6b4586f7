//! Sessions over TCP.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use gen_runtime::Scope;
use sessions::board::Board;
use sessions::client::Client;
use sessions::server::{BUFFER, listen, serve};
use tokio::task::JoinHandle;

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(30);

struct Service {
    board: Arc<Board>,
    scope: Scope,
    address: SocketAddr,
    server: JoinHandle<io::Result<()>>,
}

impl Service {
    fn start() -> Self {
        let (board, scope) = (Arc::new(Board::default()), Scope::new());
        let listener = listen().unwrap();
        Service {
            address: listener.local_addr().unwrap(),
            server: tokio::spawn(serve(listener, board.clone(), scope.clone())),
            board,
            scope,
        }
    }

    async fn client(&self, name: &str) -> Client {
        Client::new(self.address, name).await.unwrap()
    }
}

#[tokio::test]
async fn a_session_that_quits_needs_no_closing() {
    let service = Service::start();
    let mut ann = service.client("ann").await;
    assert_eq!(ann.post("one").await.unwrap(), "notice 1");
    assert_eq!(ann.ask("read 1").await.unwrap(), "ann: one");
    assert_eq!(ann.ask("quit").await.unwrap(), "bye, ann");
    assert_eq!(ann.receive().await.unwrap(), "", "the server hangs up");
    let report = service.scope.shutdown(LONG).await;
    assert_eq!((report.closed, report.live), (0, 0));
    assert_eq!(service.board.counts().await, (0, 1));
}

#[tokio::test]
async fn the_session_of_a_client_that_hangs_up_is_closed() {
    let service = Service::start();
    let mut ann = service.client("ann").await;
    ann.ask("post").await.unwrap();
    drop(ann);
    // Waits until the server has noticed.
    let report = service.scope.shutdown(LONG).await;
    assert_eq!((report.closed, report.live), (1, 0));
    assert_eq!(service.board.counts().await, (0, 1));
}

#[tokio::test]
async fn sessions_are_closed_when_the_server_stops() {
    let service = Service::start();
    let _ann = service.client("ann").await;
    let _bob = service.client("bob").await;
    assert_eq!(service.board.counts().await, (2, 0));
    service.server.abort();
    let report = service.scope.shutdown(LONG).await;
    assert_eq!((report.closed, report.live), (2, 0));
    assert_eq!(service.board.counts().await, (0, 2));
}

#[tokio::test]
async fn a_line_that_is_too_long_ends_its_session_only() {
    let service = Service::start();
    let (mut ann, mut bob) = (service.client("ann").await, service.client("bob").await);
    // The server may hang up while the line is being sent.
    let _ = ann.send(&"x".repeat(2 << 20)).await;
    let reply = ann.receive().await;
    assert!(reply.is_err() || reply.is_ok_and(|reply| reply.is_empty()));
    assert_eq!(bob.ask("read 1").await.unwrap(), "no notice 1");
    assert_eq!(bob.ask("quit").await.unwrap(), "bye, bob");
    let report = service.scope.shutdown(LONG).await;
    assert_eq!((report.closed, report.live), (1, 0));
    assert_eq!(service.board.counts().await, (0, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_client_among_a_thousand_holds_back_itself_only() {
    const QUESTIONS: usize = 400;
    rlimit::increase_nofile_limit(4096).unwrap();
    let service = Service::start();
    let long = "x".repeat(BUFFER as usize);
    let mut poster = service.client("poster").await;
    assert_eq!(poster.post(&long).await.unwrap(), "notice 1");
    assert_eq!(poster.post("short").await.unwrap(), "notice 2");

    // The slow client asks, and reads one reply, so its session has begun to execute its questions.
    let mut slow = service.client("slow").await;
    for _ in 0..QUESTIONS {
        slow.send("read 1").await.unwrap();
    }
    let expected = format!("poster: {long}");
    assert_eq!(slow.receive().await.unwrap(), expected);

    // 999 others ask ten questions each, and get exactly their replies.
    let finished = join_all((0..999).map(async |n| {
        let mut client = service.client(&format!("client-{n}")).await;
        for _ in 0..10 {
            assert_eq!(client.ask("read 2").await.unwrap(), "poster: short");
        }
        assert_eq!(
            client.ask("quit").await.unwrap(),
            format!("bye, client-{n}")
        );
    }))
    .await;
    assert_eq!(finished.len(), 999);

    // Meanwhile the session of the slow one has executed no more than the buffers on the way can hold. Linux makes each
    // twice as large as is asked for. To these come the reply that was read, the one that is being written, and one in
    // the decoder of the client.
    let bound = 2 + 2 + 3;
    let executed = service.board.reads("slow").await.unwrap();
    assert!((1..=bound).contains(&executed), "executed {executed}");

    // It continues when its client reads, and nothing is lost.
    for _ in 1..QUESTIONS {
        assert_eq!(slow.receive().await.unwrap(), expected);
    }
    assert_eq!(service.board.reads("slow").await, Some(QUESTIONS));
    assert_eq!(slow.ask("who").await.unwrap(), "poster slow");
}
