use std::io;
use std::net::SocketAddr;

use gen_runtime::scope::Report;
use sse::{Room, serve};
use tokio::io::{AsyncBufReadExt, BufReader, DuplexStream, Lines, duplex};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::LIMIT;

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    transcript: Lines<BufReader<DuplexStream>>,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<io::Result<Report>>,
}

impl Running {
    pub(crate) async fn start(seats: usize) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (writer, transcript) = duplex(1024);
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            let _ = stopped.await;
        };
        Ok(Self {
            address,
            transcript: lines(transcript),
            stop: Some(stop),
            server: tokio::spawn(serve(listener, Room::new(seats, writer), stopped)),
        })
    }

    /// Returns the next line of the transcript.
    pub(crate) async fn transcript(&mut self) -> io::Result<String> {
        let line = timeout(LIMIT, self.transcript.next_line()).await??;
        Ok(line.unwrap_or_default())
    }

    /// Drops the transcript, so that writing to it fails.
    pub(crate) fn break_transcript(&mut self) {
        self.transcript = lines(duplex(1).1);
    }

    /// Stops the service, and waits for its end.
    pub(crate) async fn stop(&mut self) -> io::Result<Report> {
        self.stop
            .take()
            .expect("called once")
            .send(())
            .expect("the service runs");
        let server = &mut self.server;
        server.await.expect("the server does not panic")
    }
}

fn lines(transcript: DuplexStream) -> Lines<BufReader<DuplexStream>> {
    BufReader::new(transcript).lines()
}
