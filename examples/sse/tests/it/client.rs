use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::LIMIT;

/// A response of server-sent events.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

impl Client {
    /// Asks for the news, and reads the head of the response.
    pub(crate) async fn connect(server: SocketAddr) -> io::Result<Self> {
        Self::request(server, "GET /news HTTP/1.0\r\n\r\n", "200 OK").await
    }

    /// Says a line to the visitors of the room.
    pub(crate) async fn say(server: SocketAddr, line: &str) -> io::Result<()> {
        let length = line.len();
        let request = format!("POST /say HTTP/1.0\r\ncontent-length: {length}\r\n\r\n{line}");
        Self::request(server, &request, "204 No Content").await?;
        Ok(())
    }

    async fn request(server: SocketAddr, request: &str, status: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(server).await?;
        let mut client = Self {
            stream: BufReader::new(stream),
        };
        client.stream.write_all(request.as_bytes()).await?;
        assert_eq!(client.line().await?, format!("HTTP/1.0 {status}"));
        while !client.line().await?.is_empty() {}
        Ok(client)
    }

    /// Returns the data of the next event, or `None` at the end of the response.
    pub(crate) async fn news(&mut self) -> io::Result<Option<String>> {
        let event = [self.line().await?, self.line().await?];
        assert_eq!(event[1], "", "an event of one line");
        Ok(event[0].strip_prefix("data: ").map(str::to_owned))
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        timeout(LIMIT, self.stream.read_line(&mut line)).await??;
        Ok(line.trim_end().to_owned())
    }
}
