//! Calls of the service, by a client over a connection of its own.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use gen_runtime::Scope;
use gen_runtime::scope::Report;
use grpc::Service;
use grpc::device::{CRUMPLED, Device};
use grpc::proto::printer_client::PrinterClient;
use grpc::proto::printer_server::PrinterServer;
use grpc::proto::{Document, Page};
use tokio::net::TcpListener;
use tokio::sync::{mpsc::UnboundedReceiver, oneshot};
use tokio::task::JoinHandle;
use tokio_stream::wrappers::TcpListenerStream;
use tokio_util::sync::CancellationToken;
use tonic::transport::{Channel, Server};
use tonic::{Code, Streaming};

type AnyError = Box<dyn Error>;

struct Running {
    client: PrinterClient<Channel>,
    device: Arc<Device>,
    events: UnboundedReceiver<String>,
    scope: Scope,
    /// Ends the calls.
    calls: CancellationToken,
    /// Stops the server, when its calls have ended.
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<(), tonic::transport::Error>>,
}

impl Running {
    /// Starts a service, whose printer has some sheets of paper.
    async fn start(sheets: usize) -> Result<Self, AnyError> {
        let (device, events) = Device::new();
        device.refill(sheets);
        let service = Service {
            device: Arc::new(device),
            scope: Scope::new(),
            stop: CancellationToken::new(),
        };
        let Service {
            device,
            scope,
            stop: calls,
        } = service.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel();
        let server = Server::builder()
            .add_service(PrinterServer::new(service))
            .serve_with_incoming_shutdown(TcpListenerStream::new(listener), async {
                let _ = stopped.await;
            });
        Ok(Running {
            server: tokio::spawn(server),
            client: PrinterClient::connect(url).await?,
            device,
            events,
            scope,
            calls,
            stop,
        })
    }

    async fn print(
        &mut self,
        name: &str,
        pages: &[&str],
    ) -> Result<Streaming<Page>, tonic::Status> {
        let document = Document {
            name: name.to_owned(),
            pages: pages.iter().map(|&text| text.to_owned()).collect(),
        };
        Ok(self.client.print(document).await?.into_inner())
    }

    /// Compares the next events of the printer.
    async fn expect(&mut self, events: &[&str]) {
        for event in events {
            assert_eq!(self.events.recv().await.as_deref(), Some(*event));
        }
    }

    async fn shutdown(self) -> Report {
        self.scope.shutdown(Duration::from_secs(20)).await
    }
}

#[tokio::test]
async fn each_page_is_an_item() -> Result<(), AnyError> {
    let mut running = Running::start(2).await?;
    let mut pages = running.print("letter", &["a", "b"]).await?;
    assert_eq!(
        pages.message().await?,
        Some(Page {
            number: 1,
            count: 2
        })
    );
    assert_eq!(
        pages.message().await?,
        Some(Page {
            number: 2,
            count: 2
        })
    );
    assert_eq!(pages.message().await?, None);
    let events = [
        "letter is loaded",
        r#"letter prints "a""#,
        r#"letter prints "b""#,
        "letter is ejected",
    ];
    running.expect(&events).await;
    let report = running.shutdown().await;
    assert_eq!(report.to_string(), "closed: 0, failed: 0, live: 0");
    Ok(())
}

#[tokio::test]
async fn an_error_is_the_status_of_the_call() -> Result<(), AnyError> {
    let mut running = Running::start(3).await?;
    let mut pages = running.print("draft", &["a", CRUMPLED, "b"]).await?;
    assert_eq!(
        pages.message().await?,
        Some(Page {
            number: 1,
            count: 3
        })
    );
    let status = pages.message().await.unwrap_err();
    assert_eq!(
        (status.code(), status.message()),
        (Code::Unavailable, "paper jam")
    );
    running
        .expect(&["draft is loaded", r#"draft prints "a""#, "draft is ejected"])
        .await;
    Ok(())
}

#[tokio::test]
async fn an_empty_document_is_refused_before_the_stream_begins() -> Result<(), AnyError> {
    let mut running = Running::start(0).await?;
    let status = running.print("nothing", &[]).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(running.scope.live(), 0);
    Ok(())
}

#[tokio::test]
async fn hanging_up_runs_the_cleanup() -> Result<(), AnyError> {
    let mut running = Running::start(1).await?;
    let mut pages = running.print("novel", &["a", "b"]).await?;
    assert_eq!(
        pages.message().await?,
        Some(Page {
            number: 1,
            count: 2
        })
    );
    // The body waits for paper.
    drop(pages);
    running
        .expect(&["novel is loaded", r#"novel prints "a""#, "novel is ejected"])
        .await;

    running.device.refill(1);
    let mut pages = running.print("letter", &["c"]).await?;
    assert_eq!(
        pages.message().await?,
        Some(Page {
            number: 1,
            count: 1
        })
    );
    assert_eq!(pages.message().await?, None);
    running
        .expect(&[
            "letter is loaded",
            r#"letter prints "c""#,
            "letter is ejected",
        ])
        .await;
    let report = running.shutdown().await;
    assert_eq!(report.to_string(), "closed: 1, failed: 0, live: 0");
    Ok(())
}

#[tokio::test]
async fn the_next_document_is_loaded_after_the_cleanup() -> Result<(), AnyError> {
    let mut running = Running::start(1).await?;
    let mut first = running.print("novel", &["a", "b"]).await?;
    assert_eq!(
        first.message().await?,
        Some(Page {
            number: 1,
            count: 2
        })
    );
    // Waits for the tray.
    let mut second = running.print("letter", &["c"]).await?;
    drop(first);
    running
        .expect(&[
            "novel is loaded",
            r#"novel prints "a""#,
            "novel is ejected",
            "letter is loaded",
        ])
        .await;
    running.device.refill(1);
    assert_eq!(
        second.message().await?,
        Some(Page {
            number: 1,
            count: 1
        })
    );
    assert_eq!(second.message().await?, None);
    running
        .expect(&[r#"letter prints "c""#, "letter is ejected"])
        .await;
    let report = running.shutdown().await;
    assert_eq!(report.to_string(), "closed: 1, failed: 0, live: 0");
    Ok(())
}

#[tokio::test]
async fn the_server_stops_when_its_calls_have_ended() -> Result<(), AnyError> {
    let mut running = Running::start(2).await?;
    let mut pages = running.print("letter", &["a", "b"]).await?;
    assert_eq!(
        pages.message().await?,
        Some(Page {
            number: 1,
            count: 2
        })
    );
    let Running {
        stop,
        server,
        scope,
        client,
        ..
    } = running;
    stop.send(()).expect("the server runs");
    assert_eq!(
        pages.message().await?,
        Some(Page {
            number: 2,
            count: 2
        })
    );
    assert_eq!(pages.message().await?, None);
    drop((pages, client));
    server.await??;
    let report = scope.shutdown(Duration::from_secs(20)).await;
    assert_eq!(report.to_string(), "closed: 0, failed: 0, live: 0");
    Ok(())
}

#[tokio::test]
async fn a_call_that_waits_ends_when_the_service_stops() -> Result<(), AnyError> {
    let mut running = Running::start(1).await?;
    let mut pages = running.print("novel", &["a", "b"]).await?;
    assert_eq!(pages.message().await?.map(|page| page.number), Some(1));
    // Waits for the tray, and then has no time to print.
    let mut second = running.print("letter", &["c"]).await?;
    running.calls.cancel();
    for answer in [&mut pages, &mut second] {
        let status = answer.message().await.unwrap_err();
        assert_eq!(
            (status.code(), status.message()),
            (Code::Unavailable, "the service stops")
        );
    }
    let events = [
        "novel is loaded",
        r#"novel prints "a""#,
        "novel is ejected",
        "letter is loaded",
        "letter is ejected",
    ];
    running.expect(&events).await;
    let Running {
        stop,
        server,
        scope,
        client,
        ..
    } = running;
    stop.send(()).expect("the server runs");
    drop((pages, second, client));
    server.await??;
    let report = scope.shutdown(Duration::from_secs(20)).await;
    assert_eq!(report.to_string(), "closed: 0, failed: 0, live: 0");
    Ok(())
}
