//! Connects sessions to sockets.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use futures::{SinkExt, StreamExt};
use gen_runtime::Scope;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::codec::{Framed, LinesCodec, LinesCodecError};

use crate::board::Board;
use crate::session::session;

/// The longest line that the server reads, in bytes.
const LONGEST: usize = 1 << 20;

/// The size of the buffers of a socket that this program asks for, in bytes. The system may round it up.
pub const BUFFER: u32 = 64 << 10;

/// Listens on a free port of this machine. The buffers are small, so that a client that does not read is soon noticed.
///
/// # Errors
///
/// If the system refuses.
pub fn listen() -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // Accepted sockets inherit it.
    socket.set_send_buffer_size(BUFFER)?;
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    socket.listen(1024)
}

/// Runs a session for each connection, until it is dropped.
///
/// The sessions that are open then are abandoned. Like those of clients that hang up, they are closed by the scope.
///
/// # Errors
///
/// If the listener fails.
pub async fn serve(listener: TcpListener, board: Arc<Board>, scope: Scope) -> io::Result<()> {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                connections.spawn(connect(accepted?.0, board.clone(), scope.clone()));
            }
            // Forgets connections that ended. A client that fails has no effect on others.
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Runs a session over a socket. The session continues only when its last reply has been written, so a client that does
/// not read holds back its own session.
async fn connect(
    socket: TcpStream,
    board: Arc<Board>,
    scope: Scope,
) -> Result<(), LinesCodecError> {
    let mut session = scope.adopt(session(board));
    let mut socket = Framed::new(socket, LinesCodec::new_with_max_length(LONGEST));
    let mut reply = session.resume().await;
    while let Some(text) = reply {
        if !text.is_empty() {
            socket.send(text).await?;
        }
        let Some(line) = socket.next().await else {
            return Ok(());
        };
        reply = session.send(line?).await;
    }
    let farewell = session.take_return().unwrap_or_default();
    socket.send(farewell).await
}
