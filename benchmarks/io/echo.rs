//! A client of a TCP echo server: sends a message, and yields the reply.

use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use async_stream::stream;
use futures::stream::Stream;
use gen_runtime::async_gen;
use tokio::io::{self, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use crate::{Runs, channel, sum};

const MESSAGES: u8 = 250;
type Message = [u8; 64];

pub(crate) fn runs(runtime: &Runtime) -> Runs {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("a free port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(serve(listener));
    [
        Box::new(move || Box::pin(async move { total(ByHand::new(connect(address).await)).await })),
        Box::new(move || Box::pin(async move { total(generator(connect(address).await)).await })),
        Box::new(move || Box::pin(async move { total(stream(connect(address).await)).await })),
        Box::new(move || Box::pin(async move { total(task(connect(address).await)).await })),
    ]
}

async fn serve(listener: TcpListener) {
    loop {
        let (mut socket, _) = listener.accept().await.expect("a connection");
        socket.set_nodelay(true).expect("a socket without delay");
        tokio::spawn(async move {
            let (mut reader, mut writer) = socket.split();
            io::copy(&mut reader, &mut writer).await
        });
    }
}

async fn connect(address: SocketAddr) -> TcpStream {
    let socket = TcpStream::connect(address).await.expect("a connection");
    socket.set_nodelay(true).expect("a socket without delay");
    socket
}

async fn total(replies: impl Stream<Item = Message>) -> u64 {
    sum(replies, |reply| reply[0].into()).await
}

struct ByHand {
    socket: TcpStream,
    n: u8,
    message: Message,
    state: State,
}

enum State {
    /// Has sent this many bytes of the message.
    Sending(usize),
    /// Has received this many bytes of the reply.
    Receiving(usize),
}

impl ByHand {
    fn new(socket: TcpStream) -> Self {
        ByHand {
            socket,
            n: 0,
            message: [0; _],
            state: State::Sending(0),
        }
    }
}

impl Stream for ByHand {
    type Item = Message;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Message>> {
        let this = self.get_mut();
        let mut socket = Pin::new(&mut this.socket);
        loop {
            match &mut this.state {
                State::Sending(_) if this.n == MESSAGES => return Poll::Ready(None),
                State::Sending(sent) if *sent < this.message.len() => {
                    let written = socket.as_mut().poll_write(cx, &this.message[*sent..]);
                    *sent += ready!(written).expect("an open connection");
                }
                State::Sending(_) => this.state = State::Receiving(0),
                State::Receiving(received) if *received < this.message.len() => {
                    let mut rest = ReadBuf::new(&mut this.message[*received..]);
                    let read = socket.as_mut().poll_read(cx, &mut rest);
                    ready!(read).expect("an open connection");
                    let bytes = rest.filled().len();
                    assert_ne!(bytes, 0, "an open connection");
                    *received += bytes;
                }
                State::Receiving(_) => {
                    let reply = this.message;
                    this.n += 1;
                    this.message = [this.n; _];
                    this.state = State::Sending(0);
                    return Poll::Ready(Some(reply));
                }
            }
        }
    }
}

#[async_gen]
async fn generator(mut socket: TcpStream) -> Message {
    for n in 0..MESSAGES {
        let mut message = [n; _];
        socket
            .write_all(&message)
            .await
            .expect("an open connection");
        socket
            .read_exact(&mut message)
            .await
            .expect("an open connection");
        yield_!(message);
    }
}

fn stream(mut socket: TcpStream) -> impl Stream<Item = Message> {
    stream! {
        for n in 0..MESSAGES {
            let mut message = [n; _];
            socket.write_all(&message).await.expect("an open connection");
            socket.read_exact(&mut message).await.expect("an open connection");
            yield message;
        }
    }
}

fn task(mut socket: TcpStream) -> impl Stream<Item = Message> {
    channel(move |sender| async move {
        for n in 0..MESSAGES {
            let mut message = [n; _];
            socket
                .write_all(&message)
                .await
                .expect("an open connection");
            socket
                .read_exact(&mut message)
                .await
                .expect("an open connection");
            sender.send(message).await?;
        }
        Ok(())
    })
}
