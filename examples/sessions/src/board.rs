//! The state that all sessions share.

use std::collections::BTreeMap;

use tokio::sync::Mutex;

/// A board of notices, and the clients that look at it.
#[derive(Debug, Default)]
pub struct Board(Mutex<Content>);

#[derive(Debug, Default)]
struct Content {
    notices: Vec<String>,
    /// The number of notices that each client has read.
    clients: BTreeMap<String, usize>,
    left: usize,
}

impl Board {
    /// Enters a client. Returns whether its name was free.
    pub async fn enter(&self, name: &str) -> bool {
        let clients = &mut self.0.lock().await.clients;
        let free = !clients.contains_key(name);
        clients.entry(name.to_owned()).or_default();
        free
    }

    /// Frees the name of a client.
    pub async fn leave(&self, name: &str) {
        let mut content = self.0.lock().await;
        content.clients.remove(name);
        content.left += 1;
    }

    /// Adds a notice, and returns its number.
    pub async fn post(&self, name: &str, text: String) -> usize {
        let notices = &mut self.0.lock().await.notices;
        notices.push(format!("{name}: {text}"));
        notices.len()
    }

    /// Returns a notice by its number, which starts at 1.
    pub async fn read(&self, name: &str, number: &str) -> String {
        let mut content = self.0.lock().await;
        if let Some(count) = content.clients.get_mut(name) {
            *count += 1;
        }
        let index = number.parse().ok().and_then(|n: usize| n.checked_sub(1));
        match index.and_then(|index| content.notices.get(index)) {
            Some(notice) => notice.clone(),
            None => format!("no notice {number}"),
        }
    }

    /// Returns the names of all clients, in alphabetical order.
    pub async fn names(&self) -> String {
        let content = self.0.lock().await;
        let names: Vec<_> = content.clients.keys().map(String::as_str).collect();
        names.join(" ")
    }

    /// Returns how many `read` commands of a client have been executed, or `None` if there is no such client.
    pub async fn reads(&self, name: &str) -> Option<usize> {
        self.0.lock().await.clients.get(name).copied()
    }

    /// Returns how many clients are there, and how many have left.
    pub async fn counts(&self) -> (usize, usize) {
        let content = self.0.lock().await;
        (content.clients.len(), content.left)
    }
}
