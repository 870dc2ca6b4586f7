//! Each test runs a service of its own, with clients that hang up.

mod browser; // a browser, whose tabs are closed
mod chromium; // Chromium, driven by chromedriver
mod client; // a plain client
mod hang_up; // plain clients, which hang up
#[cfg(unix)]
mod program; // the program, which ctrl-c stops
mod running; // the service

use std::time::Duration;

/// The limit of each wait for a line, so that a missing line fails a test.
const LIMIT: Duration = Duration::from_secs(20);
