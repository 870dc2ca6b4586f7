//! Calls over a connection of this machine. The log of the stations and the channels of the sensors order the events.

use std::collections::BTreeMap;
use std::time::Duration;

use gen_runtime::Scope;
use grpc::proto::weather_client::WeatherClient;
use grpc::proto::{Reading, Station};
use grpc::stations::Stations;
use grpc::{Service, listen};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tonic::transport::{self, Channel};
use tonic::{Code, Streaming};

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(30);

/// A service with one station, and a client of it.
struct Weather {
    oslo: mpsc::Sender<f64>,
    log: mpsc::Receiver<String>,
    stopper: watch::Sender<bool>,
    scope: Scope,
    server: JoinHandle<Result<(), transport::Error>>,
    client: WeatherClient<Channel>,
}

impl Weather {
    async fn start() -> Self {
        let (oslo, sensor) = mpsc::channel(1);
        let (events, log) = mpsc::channel(1);
        let (stopper, stop) = watch::channel(false);
        let (listener, address) = listen().await.unwrap();
        let stations = Stations::new(BTreeMap::from([("Oslo".to_owned(), sensor)]), events);
        let scope = Scope::new();
        let service = Service {
            stations,
            scope: scope.clone(),
            stop,
        };
        Weather {
            oslo,
            log,
            stopper,
            scope,
            server: tokio::spawn(service.serve(listener)),
            client: WeatherClient::connect(format!("http://{address}"))
                .await
                .unwrap(),
        }
    }

    async fn watch(&self, name: &str) -> Streaming<Reading> {
        let name = name.to_owned();
        let response = self.client.clone().watch(Station { name }).await;
        response.unwrap().into_inner()
    }

    async fn event(&mut self) -> String {
        self.log.recv().await.unwrap()
    }

    /// Stops the service, and returns how many generators its scope has closed.
    async fn stop(self) -> usize {
        self.stopper.send_replace(true);
        drop(self.client);
        self.server.await.unwrap().unwrap();
        let report = self.scope.shutdown(LONG).await;
        assert!(report.is_clean(), "{report}");
        report.closed
    }
}

fn reading(number: u64, celsius: f64) -> Reading {
    Reading { number, celsius }
}

#[tokio::test]
async fn each_reading_arrives_before_the_next_one_is_made() {
    let mut weather = Weather::start().await;
    let mut readings = weather.watch("Oslo").await;
    assert_eq!(weather.event().await, "Oslo is connected");
    for number in 1..=50_u32 {
        weather.oslo.send(f64::from(number)).await.unwrap();
        let expected = reading(number.into(), number.into());
        assert_eq!(readings.message().await.unwrap(), Some(expected));
    }
    drop(readings);
    assert_eq!(weather.event().await, "Oslo is disconnected");
    assert_eq!(weather.stop().await, 1);
}

#[tokio::test]
async fn a_client_that_hangs_up_gives_the_station_back() {
    let mut weather = Weather::start().await;
    for call in 1..=3_u32 {
        let mut readings = weather.watch("Oslo").await;
        assert_eq!(weather.event().await, "Oslo is connected");
        weather.oslo.send(call.into()).await.unwrap();
        assert_eq!(
            readings.message().await.unwrap(),
            Some(reading(1, call.into()))
        );
        // The body waits for the sensor, which sends nothing.
        drop(readings);
        assert_eq!(weather.event().await, "Oslo is disconnected");
    }
    assert_eq!(weather.stop().await, 3);
}

#[tokio::test]
async fn an_error_is_a_status() {
    let mut weather = Weather::start().await;
    let mut first = weather.watch("Oslo").await;
    assert_eq!(weather.event().await, "Oslo is connected");
    for name in ["Rome", "Oslo"] {
        let mut readings = weather.watch(name).await;
        let status = readings.message().await.unwrap_err();
        assert_eq!(status.code(), Code::NotFound);
        assert_eq!(status.message(), format!("no station {name} is idle"));
        assert_eq!(readings.message().await.unwrap(), None);
    }

    // An error in the middle comes after the readings before it.
    weather.oslo.send(1.5).await.unwrap();
    let (other, _) = mpsc::channel(1);
    drop(std::mem::replace(&mut weather.oslo, other));
    assert_eq!(first.message().await.unwrap(), Some(reading(1, 1.5)));
    // The station is disconnected before the client learns of the error.
    assert_eq!(weather.event().await, "Oslo is disconnected");
    let status = first.message().await.unwrap_err();
    assert_eq!(
        (status.code(), status.message()),
        (Code::DataLoss, "the sensor is broken")
    );
    // These generators have ended by themselves.
    assert_eq!(weather.stop().await, 0);
}

#[tokio::test]
async fn calls_end_when_the_service_stops() {
    let mut weather = Weather::start().await;
    let mut readings = weather.watch("Oslo").await;
    assert_eq!(weather.event().await, "Oslo is connected");
    weather.stopper.send_replace(true);
    assert_eq!(weather.event().await, "Oslo is disconnected");
    let status = readings.message().await.unwrap_err();
    assert_eq!(
        (status.code(), status.message()),
        (Code::Unavailable, "the service stops")
    );
    assert_eq!(weather.stop().await, 0);
}

#[tokio::test]
async fn a_shutdown_waits_for_the_cleanup_of_a_client_that_hung_up() {
    let mut weather = Weather::start().await;
    let mut readings = weather.watch("Oslo").await;
    weather.oslo.send(1.5).await.unwrap();
    assert_eq!(readings.message().await.unwrap(), Some(reading(1, 1.5)));
    // The log has room for one event, which has not been read yet: the `defer!` waits.
    drop(readings);
    let scope = weather.scope.clone();
    let mut shutdown = std::pin::pin!(scope.shutdown(LONG));
    assert!(futures::poll!(&mut shutdown).is_pending());
    assert_eq!(weather.event().await, "Oslo is connected");
    let report = shutdown.await;
    assert_eq!(report.to_string(), "closed: 1, failed: 0, live: 0");
    assert_eq!(weather.event().await, "Oslo is disconnected");
}
