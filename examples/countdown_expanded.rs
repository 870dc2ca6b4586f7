//! The expansion of the example `countdown`, with shortened paths. A test of `gen-macros` compares
//! them; `cargo expand --example countdown` shows the original.
//!
//! `cargo run --example countdown_expanded`

#![expect(
    clippy::unit_arg,
    reason = "the argument of `frame` only carries the scope check"
)]

use std::time::Duration;

// The real expansion writes full paths: an import could collide with a name of the user's.
use gen_runtime::__private::{Body, FusedStream, Infallible, Types};
use gen_runtime::{AsyncGenerator, pin};

const TICK: Duration = Duration::from_millis(100);

/// Counts down, a tick apart.
fn countdown(
    from: u32,
    // The declared return type is the type that is yielded. Without `throws` there is no error, so
    // the items are plain values; without `send` the generator is a stream, too.
) -> impl AsyncGenerator<Yield = u32, Sent = (), Error = Infallible, Return = (), Item = u32>
+ FusedStream<Item = u32> {
    // The right to yield to a machine of these types: a zero-sized value, and the only thing that
    // `unsafe` makes. The block never contains user code.
    // SAFETY: `__body` is used only in the block below, which is passed to its own `generator`.
    let __body: <(u32, (), ()) as Types>::Body = unsafe { <Body<_>>::lowered_by_async_gen() };
    // The machine: the block and its state. Nothing runs before the first `next`.
    __body.generator(async move {
        // Captures the argument, used or not, so that it lives as long as in an `async fn`.
        let _ = &from;
        let __value: () = 'body: {
            for n in (1..=from).rev() {
                // Leaves `n` in the frame of the current poll, and is pending once. The `break` is
                // never reached. It does not compile in a closure or in another `async` block
                // (E0767), so a yield is always in its own body.
                {
                    let __yield = __body
                        .frame(if false {
                            break 'body __body.never();
                        })
                        .await
                        .yield_(n);
                    __yield.await;
                };
                // Polls the future with the executor's own waker. The parentheses have the span of
                // the user's statement, so that `unused_must_use` points there.
                (__body.wait(tokio::time::sleep(TICK))).await;
            }
        };
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut numbers = pin!(countdown(3));
    while let Some(n) = numbers.next().await {
        println!("{n}");
    }
    println!("lift-off");
}
