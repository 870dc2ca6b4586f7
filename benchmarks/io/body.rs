//! The body of an HTTP response, by chunks as the client receives them.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use async_stream::stream;
use futures::stream::{self, Stream};
use gen_runtime::async_gen;
use http_body_util::{BodyExt, Empty, StreamBody};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, client, server};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use crate::{Runs, channel, sum};

const CHUNKS: usize = 1_000;
const CHUNK: &[u8] = &[7; 4096];

pub(crate) fn runs(runtime: &Runtime) -> Runs {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("a free port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(serve(listener));
    [
        Box::new(move || Box::pin(async move { total(ByHand(get(address).await)).await })),
        Box::new(move || Box::pin(async move { total(generator(get(address).await)).await })),
        Box::new(move || Box::pin(async move { total(streamed(get(address).await)).await })),
        Box::new(move || Box::pin(async move { total(task(get(address).await)).await })),
    ]
}

async fn serve(listener: TcpListener) {
    loop {
        let (socket, _) = listener.accept().await.expect("a connection");
        socket.set_nodelay(true).expect("a socket without delay");
        let service = service_fn(async |_| {
            let chunks =
                (0..CHUNKS).map(|_| Ok::<_, Infallible>(Frame::data(Bytes::from_static(CHUNK))));
            let body = StreamBody::new(stream::iter(chunks));
            Ok::<_, Infallible>(Response::new(body))
        });
        tokio::spawn(
            server::conn::http1::Builder::new().serve_connection(TokioIo::new(socket), service),
        );
    }
}

async fn get(address: SocketAddr) -> Incoming {
    let socket = TcpStream::connect(address).await.expect("a connection");
    socket.set_nodelay(true).expect("a socket without delay");
    let handshake = client::conn::http1::handshake(TokioIo::new(socket)).await;
    let (mut sender, connection) = handshake.expect("a server");
    tokio::spawn(connection);
    let response = sender.send_request(Request::new(Empty::<Bytes>::new()));
    response.await.expect("a response").into_body()
}

async fn total(chunks: impl Stream<Item = Bytes>) -> u64 {
    sum(chunks, |chunk| chunk.len() as u64).await
}

struct ByHand(Incoming);

impl Stream for ByHand {
    type Item = Bytes;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        loop {
            let Some(frame) = ready!(Pin::new(&mut self.0).poll_frame(cx)) else {
                return Poll::Ready(None);
            };
            if let Ok(chunk) = frame.expect("an open connection").into_data() {
                return Poll::Ready(Some(chunk));
            }
        }
    }
}

#[async_gen]
async fn generator(mut body: Incoming) -> Bytes {
    while let Some(frame) = body.frame().await {
        if let Ok(chunk) = frame.expect("an open connection").into_data() {
            yield_!(chunk);
        }
    }
}

fn streamed(mut body: Incoming) -> impl Stream<Item = Bytes> {
    stream! {
        while let Some(frame) = body.frame().await {
            if let Ok(chunk) = frame.expect("an open connection").into_data() {
                yield chunk;
            }
        }
    }
}

fn task(mut body: Incoming) -> impl Stream<Item = Bytes> {
    channel(move |sender| async move {
        while let Some(frame) = body.frame().await {
            if let Ok(chunk) = frame.expect("an open connection").into_data() {
                sender.send(chunk).await?;
            }
        }
        Ok(())
    })
}
