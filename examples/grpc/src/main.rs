//! Clients of the printing service: one waits for its document, one hangs up when there is no more paper, and the paper of
//! one is crumpled.
//!
//! `cargo run --manifest-path examples/Cargo.toml -p grpc`

use std::error::Error;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use gen_runtime::Scope;
use grpc::Service;
use grpc::device::{CRUMPLED, Device};
use grpc::proto::Document;
use grpc::proto::printer_client::PrinterClient;
use grpc::proto::printer_server::PrinterServer;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tokio_util::sync::CancellationToken;
use tonic::transport::Server;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (device, mut events) = Device::new();
    let service = Service {
        device: Arc::new(device),
        scope: Scope::new(),
        stop: CancellationToken::new(),
    };
    let Service {
        device,
        scope,
        stop,
    } = service.clone();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = Server::builder()
        .add_service(PrinterServer::new(service))
        .serve_with_incoming_shutdown(
            TcpListenerStream::new(listener),
            stop.clone().cancelled_owned(),
        );
    let server = tokio::spawn(server);
    let mut client = PrinterClient::connect(url).await?;

    let jobs = [
        ("letter", vec!["Dear reader", "Yours"], 2),
        ("novel", vec!["Chapter 1", "Chapter 2", "Chapter 3"], 1),
        ("draft", vec!["Notes", CRUMPLED, "More notes"], 3),
    ];
    for (name, pages, sheets) in jobs {
        device.refill(sheets);
        // Hangs up when there is no more paper.
        let patience = if sheets < pages.len() {
            sheets
        } else {
            usize::MAX
        };
        let pages = pages.into_iter().map(str::to_owned).collect();
        let name = name.to_owned();
        let mut answer = client.print(Document { name, pages }).await?.into_inner();
        for _ in 0..patience {
            match answer.message().await {
                Ok(Some(page)) => println!("  client: page {} of {}", page.number, page.count),
                Ok(None) => break,
                Err(status) => {
                    println!("  client: {}: {}", status.code(), status.message());
                    break;
                }
            }
        }
        drop(answer);
        while let Some(event) = events.recv().await {
            println!("{event}");
            if event.ends_with("is ejected") {
                break;
            }
        }
    }

    stop.cancel();
    drop(client);
    server.await??;
    println!("{}", scope.shutdown(Duration::from_secs(10)).await);
    Ok(())
}
