//! The protocol: one generator for each client.

use std::sync::Arc;

use gen_runtime::async_gen;

use crate::board::Board;

/// The dialogue with one client. Yields replies, and is sent lines. Returns its last reply.
///
/// | line | reply |
/// |---|---|
/// | `name NAME`, first | welcomes the client |
/// | `post`, then lines of text, then `.` | the number of the notice |
/// | `read NUMBER` | the notice |
/// | `who` | the names of the clients |
/// | `quit` | the farewell |
#[async_gen(send = String, returns = String)]
pub async fn session(board: Arc<Board>) -> String {
    let Some(name) = yield_from!(login(&board)) else {
        return "bye".to_owned();
    };
    defer! { board.leave(&name).await; }

    let mut reply = format!("welcome, {name}");
    loop {
        let line = yield_!(reply);
        reply = match line.split_once(' ').unwrap_or((&line, "")) {
            ("post", "") => {
                let text = yield_from!(text());
                format!("notice {}", board.post(&name, text).await)
            }
            ("read", number) => board.read(&name, number).await,
            ("who", "") => board.names().await,
            ("quit", "") => return format!("bye, {name}"),
            _ => "commands: post, read NUMBER, who, quit".to_owned(),
        };
    }
}

/// Asks for a name until it is free, and enters it. Returns `None` if the client quits.
#[async_gen(send = String, returns = Option<String>)]
async fn login(board: &Board) -> String {
    let mut reply = "who are you?";
    loop {
        let line = yield_!(reply.to_owned());
        reply = match line.split_once(' ') {
            Some(("name", name)) if board.enter(name).await => return Some(name.to_owned()),
            Some(("name", _)) => "this name is taken",
            _ if line == "quit" => return None,
            _ => "commands: name NAME, quit",
        };
    }
}

/// Takes lines until one that is a dot, and returns them as one text. Replies to the first only: later replies are empty.
#[async_gen(send = String, returns = String)]
async fn text() -> String {
    let mut lines = Vec::new();
    let mut line = yield_!("end with a dot".to_owned());
    while line != "." {
        lines.push(line);
        line = yield_!(String::new());
    }
    lines.join(" / ")
}
