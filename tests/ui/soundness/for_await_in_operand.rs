//! A loop over a stream in an operand is refused, also behind a label that looks like the name of a macro: a macro of
//! the name would be given the right to yield.

#![forbid(unsafe_code)]

use gen_runtime::async_gen;

/// Keeps what it is given in a future of its own.
macro_rules! println {
    ($format:literal, $operand:expr) => {
        Box::pin(async move { $operand })
    };
}

#[async_gen]
async fn behind_a_label() -> u8 {
    let stream = futures::stream::iter([1, 2]);
    //~ ERROR
    let _stolen = println!("{}", 'stream: { break 'stream !{ #[for_await] for _ in stream {} true } });
    yield_!(1);
}

#[async_gen]
async fn plain() -> u8 {
    let stream = futures::stream::iter([1, 2]);
    //~ ERROR
    let _stolen = println!("{}", { #[for_await] for _ in stream {} });
    yield_!(1);
}

fn main() {}
