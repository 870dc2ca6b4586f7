//! A gRPC service whose server-streaming method is a generator: it prints documents, and reports each page.
//!
//! A client may hang up at any time. Its document is ejected even then, which takes a while, so a destructor could not
//! wait for it. A [`Scope`] adopts the generator of each call, and runs its `defer!` on a task.

pub mod device;

use std::sync::Arc;

use futures::stream::BoxStream;
use gen_runtime::{Scope, async_gen};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use crate::device::Device;
use crate::proto::printer_server::Printer;
use crate::proto::{Document, Page};

/// The code that is generated from `printer.proto`.
#[allow(missing_docs, clippy::pedantic, reason = "generated")]
pub mod proto {
    tonic::include_proto!("printer");
}

/// Prints a document when no other one is being printed. Yields each page that has been printed.
///
/// However it ends, the document is ejected before the next one begins.
#[async_gen(throws = Status, bounds = Send)]
async fn print(device: Arc<Device>, document: Document, stop: CancellationToken) -> Page {
    let count = u32::try_from(document.pages.len())
        .map_err(|_| Status::invalid_argument("too many pages"))?;
    let mut tray = device.load(&document.name).await;
    defer! { tray.eject().await; }
    for (number, text) in (1..).zip(&document.pages) {
        tokio::select! {
            biased;
            () = stop.cancelled() => return Err(Status::unavailable("the service stops")),
            printed = tray.print(text) => {
                printed.map_err(|jam| Status::unavailable(jam.to_string()))?;
            }
        }
        yield_!(Page { number, count });
    }
}

/// The service. Its calls share one device.
#[derive(Clone, Debug)]
pub struct Service {
    /// Prints the documents.
    pub device: Arc<Device>,
    /// Closes the generators of clients that hang up.
    pub scope: Scope,
    /// Ends the calls, also those that wait for paper: the server waits for open calls before it stops.
    pub stop: CancellationToken,
}

#[tonic::async_trait]
impl Printer for Service {
    type PrintStream = BoxStream<'static, Result<Page, Status>>;

    async fn print(
        &self,
        request: Request<Document>,
    ) -> Result<Response<Self::PrintStream>, Status> {
        let document = request.into_inner();
        if document.pages.is_empty() {
            return Err(Status::invalid_argument("the document is empty"));
        }
        let pages = self
            .scope
            .adopt(print(self.device.clone(), document, self.stop.clone()));
        Ok(Response::new(pages.into_inner()))
    }
}
