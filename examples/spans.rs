//! Spans of `tracing` that follow a generator: one for its body, and a child for each item.
//!
//! The spans cover the code of the body, including that after an await and in a cleanup. They do not cover the consumer
//! and another task, which run in between. The program checks its own output.
//!
//! `cargo run --example spans`

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use gen_runtime::{Polled, async_gen, in_context, pin};
use tokio::task::yield_now;
use tracing::{Span, info, info_span};

/// Yields the orders of a shop, from pages of two.
#[async_gen]
async fn orders(shop: u32) -> u32 {
    info!("open");
    defer! {
        yield_now().await;
        info!("closed");
    }
    for page in 1.. {
        info!(page, "fetch");
        yield_now().await;
        info!(page, "fetched");
        for order in 1..=2 {
            yield_!(shop * 1000 + page * 10 + order);
        }
    }
}

/// Polls a body in `span`, and in a child span for each item.
fn item_spans(span: Span) -> impl FnMut(&mut dyn FnMut() -> Polled) -> Polled {
    let mut number = 0;
    let mut item = None;
    move |poll| {
        let _entered = span.enter();
        let child = item.get_or_insert_with(|| {
            number += 1;
            info_span!("item", number)
        });
        let polled = child.in_scope(poll);
        // Keep the span while the body waits: an item may take several polls.
        if !polled.is_pending() {
            item = None;
        }
        polled
    }
}

async fn consume() {
    let span = info_span!("orders", shop = 7);
    let mut orders = pin!(in_context(orders(7), item_spans(span)));
    for _ in 0..3 {
        let order = orders.next().await;
        info!(order, "consumed");
    }
    // The cleanup awaits, and the other task runs meanwhile.
    let _ = orders.close().await;
    info!("done");
}

async fn other_task() {
    for turn in 1..=3 {
        info!(turn, "another task");
        yield_now().await;
    }
}

const EXPECTED: &str = "\
INFO orders{shop=7}:item{number=1}: open
INFO orders{shop=7}:item{number=1}: fetch page=1
INFO another task turn=1
INFO orders{shop=7}:item{number=1}: fetched page=1
INFO consumed order=7011
INFO consumed order=7012
INFO orders{shop=7}:item{number=3}: fetch page=2
INFO another task turn=2
INFO orders{shop=7}:item{number=3}: fetched page=2
INFO consumed order=7021
INFO another task turn=3
INFO orders{shop=7}:item{number=4}: closed
INFO done
";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let output = Output::default();
    let writer = output.clone();
    tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_target(false)
        .with_writer(move || writer.clone())
        .init();

    futures::join!(consume(), other_task());

    let bytes = output.0.lock().expect("no writer panicked").clone();
    let text = String::from_utf8_lossy(&bytes).replace("\n ", "\n");
    assert_eq!(text.trim_start(), EXPECTED);
}

/// Standard output, and a copy of it.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panicked").extend(bytes);
        io::stdout().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}
