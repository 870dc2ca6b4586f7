//! The stations, each of which can be used by one call at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc};
use tonic::Status;

/// The readings that a station sends, in degrees Celsius.
pub type Sensor = mpsc::Receiver<f64>;

/// The stations that are not in use, and a log of what happens to them.
#[derive(Clone, Debug)]
pub struct Stations {
    idle: Arc<Mutex<BTreeMap<String, Sensor>>>,
    log: mpsc::Sender<String>,
}

impl Stations {
    /// Makes the stations of a service.
    #[must_use]
    pub fn new(stations: BTreeMap<String, Sensor>, log: mpsc::Sender<String>) -> Self {
        let idle = Arc::new(Mutex::new(stations));
        Stations { idle, log }
    }

    pub(crate) async fn connect(&self, name: &str) -> Result<Sensor, Status> {
        let Some(sensor) = self.idle.lock().await.remove(name) else {
            return Err(Status::not_found(format!("no station {name} is idle")));
        };
        self.log(format!("{name} is connected")).await;
        Ok(sensor)
    }

    pub(crate) async fn disconnect(&self, name: String, sensor: Sensor) {
        self.idle.lock().await.insert(name.clone(), sensor);
        self.log(format!("{name} is disconnected")).await;
    }

    async fn log(&self, event: String) {
        // If the receiver is gone, the events are of no interest.
        let _ = self.log.send(event).await;
    }
}
