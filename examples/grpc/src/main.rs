//! Clients that watch the weather, hang up, ask for a station that does not exist, and are there when the service stops.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p grpc`

use std::collections::BTreeMap;
use std::time::Duration;

use gen_runtime::Scope;
use grpc::proto::weather_client::WeatherClient;
use grpc::proto::{Reading, Station};
use grpc::stations::Stations;
use grpc::{Service, listen};
use tokio::sync::{mpsc, watch};
use tonic::transport::Channel;
use tonic::{Status, Streaming};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (oslo, sensor) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut celsius = -3.0;
        while oslo.send(celsius).await.is_ok() {
            celsius += 0.5;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    let (log, mut events) = mpsc::channel(8);
    let (stopper, stop) = watch::channel(false);
    let service = Service {
        stations: Stations::new(BTreeMap::from([("Oslo".to_owned(), sensor)]), log),
        scope: Scope::new(),
        stop,
    };
    let scope = service.scope.clone();
    let (listener, address) = listen().await?;
    let server = tokio::spawn(service.serve(listener));
    let client = WeatherClient::connect(format!("http://{address}")).await?;
    let mut event = async || println!("  service: {}", events.recv().await.unwrap_or_default());

    println!("A client watches Oslo, and hangs up after three readings.");
    let mut readings = watch_station(&client, "Oslo").await?;
    event().await;
    for _ in 0..3 {
        print(readings.message().await);
    }
    drop(readings);
    event().await;

    println!("A client watches a station that does not exist.");
    print(watch_station(&client, "Rome").await?.message().await);

    println!("Two clients watch Oslo, when it can serve one, and the service stops.");
    let mut first = watch_station(&client, "Oslo").await?;
    event().await;
    print(first.message().await);
    print(watch_station(&client, "Oslo").await?.message().await);
    stopper.send_replace(true);
    // Readings may be on the way.
    let mut last = first.message().await;
    while let Ok(Some(_)) = last {
        last = first.message().await;
    }
    print(last);
    event().await;

    drop((first, client));
    server.await??;
    println!("{}", scope.shutdown(Duration::from_secs(10)).await);
    Ok(())
}

async fn watch_station(
    client: &WeatherClient<Channel>,
    name: &str,
) -> Result<Streaming<Reading>, Status> {
    let station = Station {
        name: name.to_owned(),
    };
    Ok(client.clone().watch(station).await?.into_inner())
}

fn print(message: Result<Option<Reading>, Status>) {
    match message {
        Ok(Some(reading)) => println!("  client:  {}. {:+.1} °C", reading.number, reading.celsius),
        Ok(None) => println!("  client:  the end"),
        Err(status) => println!("  client:  {:?}: {}", status.code(), status.message()),
    }
}
