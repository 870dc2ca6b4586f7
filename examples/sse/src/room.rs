use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, broadcast};

/// A room with seats. Clones refer to the same room.
#[derive(Clone)]
pub struct Room {
    seats: Arc<Semaphore>,
    visitors: Arc<AtomicU32>,
    news: broadcast::Sender<String>,
    transcript: Arc<Mutex<dyn AsyncWrite + Send + Unpin>>,
}

impl Room {
    /// Makes a room, which writes all that is said to a transcript.
    pub fn new(seats: usize, transcript: impl AsyncWrite + Send + Unpin + 'static) -> Self {
        Self {
            seats: Arc::new(Semaphore::new(seats)),
            visitors: Arc::default(),
            news: broadcast::Sender::new(64),
            transcript: Arc::new(Mutex::new(transcript)),
        }
    }

    /// Waits for a free seat. Returns it with the name of the visitor, and the seat is free again when it is dropped.
    pub(crate) async fn enter(&self) -> (String, OwnedSemaphorePermit) {
        let seat = self.seats.clone().acquire_owned().await;
        let number = self.visitors.fetch_add(1, Ordering::Relaxed) + 1;
        let seat = seat.expect("the semaphore is never closed");
        (format!("visitor {number}"), seat)
    }

    /// Returns what is said from now on.
    pub(crate) fn news(&self) -> broadcast::Receiver<String> {
        self.news.subscribe()
    }

    /// Tells all visitors a line, and writes it to the transcript.
    pub(crate) async fn say(&self, line: &str) -> io::Result<()> {
        // The lock keeps the transcript in the order of the news.
        let mut transcript = self.transcript.lock().await;
        // Without visitors, sending fails.
        let _ = self.news.send(line.to_owned());
        transcript.write_all(format!("{line}\n").as_bytes()).await?;
        transcript.flush().await
    }
}
