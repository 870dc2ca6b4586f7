//! A gRPC service whose calls are generators, and that notices clients that hang up.

pub mod stations;

use std::net::SocketAddr;

use futures::StreamExt;
use futures::stream::BoxStream;
use gen_runtime::{Scope, async_gen};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::transport::{self, Server, server::TcpIncoming};
use tonic::{Request, Response, Status};

use crate::proto::weather_server::{Weather, WeatherServer};
use crate::proto::{Reading, Station};
use crate::stations::Stations;

/// Yields the readings of a station, until the service stops. Disconnects the station however the call ends.
#[async_gen(throws = Status)]
async fn readings(name: String, stations: Stations, mut stop: watch::Receiver<bool>) -> Reading {
    let mut sensor = stations.connect(&name).await?;
    defer! { stations.disconnect(name, sensor).await; }
    for number in 1.. {
        let celsius = tokio::select! {
            celsius = sensor.recv() => celsius.ok_or(Status::data_loss("the sensor is broken"))?,
            _ = stop.wait_for(|&stop| stop) => return Err(Status::unavailable("the service stops")),
        };
        yield_!(Reading { number, celsius });
    }
}

#[tonic::async_trait]
impl Weather for Service {
    type WatchStream = BoxStream<'static, Result<Reading, Status>>;

    async fn watch(
        &self,
        request: Request<Station>,
    ) -> Result<Response<Self::WatchStream>, Status> {
        let name = request.into_inner().name;
        let readings = readings(name, self.stations.clone(), self.stop.clone());
        // When the client hangs up, the server drops the stream, and the scope closes the generator.
        Ok(Response::new(self.scope.adopt(readings).boxed()))
    }
}

/// The weather service.
#[derive(Clone, Debug)]
pub struct Service {
    /// The stations that can be watched.
    pub stations: Stations,
    /// Closes the calls whose clients hang up.
    pub scope: Scope,
    /// Becomes true when the service stops.
    pub stop: watch::Receiver<bool>,
}

impl Service {
    /// Serves calls until the service stops.
    ///
    /// # Errors
    ///
    /// If the listener fails.
    pub async fn serve(self, listener: TcpListener) -> Result<(), transport::Error> {
        let mut stop = self.stop.clone();
        let stopped = async move {
            let _ = stop.wait_for(|&stop| stop).await;
        };
        Server::builder()
            .add_service(WeatherServer::new(self))
            .serve_with_incoming_shutdown(TcpIncoming::from(listener), stopped)
            .await
    }
}

/// Listens on a free port of this machine.
///
/// # Errors
///
/// If the system refuses.
pub async fn listen() -> std::io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// The messages, the client and the server that `build.rs` makes of `proto/weather.proto`.
#[expect(missing_docs, clippy::pedantic, reason = "generated code")]
pub mod proto {
    tonic::include_proto!("weather");
}
