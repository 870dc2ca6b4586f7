//! A printer: its events are sent to a channel.

use std::fmt;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Mutex, MutexGuard, Semaphore};
use tokio::task::yield_now;

/// A printer, which holds one document at a time.
#[derive(Debug)]
pub struct Device {
    /// The name of the document in the tray, which is empty while there is none.
    name: Mutex<String>,
    events: UnboundedSender<String>,
    /// The sheets of paper in it.
    paper: Semaphore,
}

/// The text of a page that cannot be printed.
pub const CRUMPLED: &str = "crumpled";

/// The printer cannot print a page.
#[derive(Debug)]
pub struct Jam;

impl fmt::Display for Jam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("paper jam")
    }
}

impl Device {
    /// Makes a printer without paper, and a channel for its events.
    #[must_use]
    pub fn new() -> (Self, UnboundedReceiver<String>) {
        let (events, receiver) = unbounded_channel();
        let device = Device {
            name: Mutex::default(),
            events,
            paper: Semaphore::new(0),
        };
        (device, receiver)
    }

    /// Puts sheets of paper into the printer.
    pub fn refill(&self, sheets: usize) {
        self.paper.add_permits(sheets);
    }

    /// Waits until the tray is free, and puts a document into it.
    pub async fn load(&self, name: &str) -> Tray<'_> {
        let mut guard = self.name.lock().await;
        name.clone_into(&mut guard);
        let tray = Tray {
            name: guard,
            device: self,
        };
        tray.report("is loaded");
        tray
    }
}

/// The tray, with a document in it.
#[derive(Debug)]
pub struct Tray<'d> {
    name: MutexGuard<'d, String>,
    device: &'d Device,
}

impl Tray<'_> {
    /// Waits for a sheet of paper, and prints a page.
    ///
    /// # Errors
    ///
    /// If the page is crumpled.
    pub async fn print(&mut self, text: &str) -> Result<(), Jam> {
        if let Ok(sheet) = self.device.paper.acquire().await {
            sheet.forget();
        }
        if text == CRUMPLED {
            return Err(Jam);
        }
        self.report(&format!("prints {text:?}"));
        Ok(())
    }

    /// Ejects the document.
    pub async fn eject(&mut self) {
        yield_now().await;
        self.report("is ejected");
        self.name.clear();
    }

    fn report(&self, what: &str) {
        let _ = self.device.events.send(format!("{} {what}", *self.name));
    }
}
