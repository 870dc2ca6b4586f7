//! Sources that follow a script, and traces of the items of a stream.

use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::Mutex;

use futures::{Stream, StreamExt as _};

/// A source that answers in the order of a script, and is pending once before each answer.
pub(crate) struct Script<T>(Mutex<VecDeque<T>>);

impl<T> Script<T> {
    pub(crate) fn new(answers: impl IntoIterator<Item = T>) -> Self {
        Script(Mutex::new(answers.into_iter().collect()))
    }

    pub(crate) async fn next(&self) -> Option<T> {
        tokio::task::yield_now().await;
        self.0.lock().unwrap().pop_front()
    }
}

/// Returns the items of a stream as text. The stream must be `Send`.
pub(crate) async fn trace(stream: impl Stream<Item: Debug> + Send) -> Vec<String> {
    let mut stream = std::pin::pin!(stream);
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(format!("{item:?}"));
        assert!(items.len() < 100, "the stream does not end: {items:?}");
    }
    items
}
