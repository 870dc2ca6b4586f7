//! A client of the notice board.

use std::net::SocketAddr;

use futures::{SinkExt, StreamExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_util::codec::{Framed, LinesCodec, LinesCodecError};

use crate::server::BUFFER;

/// A connection to the server.
#[derive(Debug)]
pub struct Client(Framed<TcpStream, LinesCodec>);

impl Client {
    /// Connects, and introduces the client to the server by its name.
    ///
    /// # Errors
    ///
    /// If the connection fails.
    pub async fn new(address: SocketAddr, name: &str) -> Result<Self, LinesCodecError> {
        let socket = TcpSocket::new_v4()?;
        socket.set_recv_buffer_size(BUFFER)?;
        let mut client = Client(Framed::new(
            socket.connect(address).await?,
            LinesCodec::new(),
        ));
        client.receive().await?;
        client.ask(&format!("name {name}")).await?;
        Ok(client)
    }

    /// Sends a line, and returns the reply.
    ///
    /// # Errors
    ///
    /// If the connection fails.
    pub async fn ask(&mut self, line: &str) -> Result<String, LinesCodecError> {
        self.send(line).await?;
        self.receive().await
    }

    /// Sends a line, and does not wait for a reply.
    ///
    /// # Errors
    ///
    /// If the connection fails.
    pub async fn send(&mut self, line: &str) -> Result<(), LinesCodecError> {
        self.0.send(line).await
    }

    /// Returns the next reply, or an empty line if the server has hung up.
    ///
    /// # Errors
    ///
    /// If the connection fails.
    pub async fn receive(&mut self) -> Result<String, LinesCodecError> {
        self.0.next().await.unwrap_or(Ok(String::new()))
    }

    /// Posts a notice of one line, and returns the reply.
    ///
    /// # Errors
    ///
    /// If the connection fails.
    pub async fn post(&mut self, text: &str) -> Result<String, LinesCodecError> {
        self.ask("post").await?;
        self.send(text).await?;
        self.ask(".").await
    }
}
