//! The protocol alone: sessions are sent lines, without sockets.

use std::sync::Arc;

use gen_runtime::{State, pin};
use sessions::board::Board;
use sessions::session::session;

#[tokio::test]
async fn a_dialogue() {
    let board = Arc::new(Board::default());
    let mut session = pin!(session(board.clone()));
    assert_eq!(session.resume().await.as_deref(), Some("who are you?"));
    let dialogue = [
        ("post", "commands: name NAME, quit"),
        ("name ann", "welcome, ann"),
        ("post", "end with a dot"),
        ("who", ""),
        ("quit", ""),
        (".", "notice 1"),
        ("read 1", "ann: who / quit"),
        ("read 0", "no notice 0"),
        ("read all", "no notice all"),
        ("who", "ann"),
        ("what", "commands: post, read NUMBER, who, quit"),
    ];
    for (line, reply) in dialogue {
        assert_eq!(
            session.send(line.to_owned()).await.as_deref(),
            Some(reply),
            "after {line}"
        );
    }
    assert_eq!(session.send("quit".to_owned()).await, None);
    assert_eq!(session.take_return().as_deref(), Some("bye, ann"));
    assert_eq!(board.counts().await, (0, 1));
}

#[tokio::test]
async fn a_name_is_free_again_when_its_session_is_closed() {
    let board = Arc::new(Board::default());
    let (mut first, mut second) = (pin!(session(board.clone())), pin!(session(board.clone())));
    first.resume().await;
    second.resume().await;
    let ann = || "name ann".to_owned();
    assert_eq!(first.send(ann()).await.as_deref(), Some("welcome, ann"));
    assert_eq!(
        second.send(ann()).await.as_deref(),
        Some("this name is taken")
    );
    // In the middle of a text, whose generator runs in place of the session.
    first.send("post".to_owned()).await;
    first.close().await;
    assert_eq!(first.state(), State::Finished);
    assert_eq!(board.counts().await, (0, 1));
    assert_eq!(second.send(ann()).await.as_deref(), Some("welcome, ann"));
}

#[tokio::test]
async fn a_client_without_a_name_may_quit() {
    let board = Arc::new(Board::default());
    let mut session = pin!(session(board.clone()));
    session.resume().await;
    assert_eq!(session.send("quit".to_owned()).await, None);
    assert_eq!(session.take_return().as_deref(), Some("bye"));
    assert_eq!(board.counts().await, (0, 0));
}
