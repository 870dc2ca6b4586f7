//! The code that `#[async_gen]` generates for the example `countdown`, with the paths of the signature shortened. A test
//! of `gen-macros` compares them; `cargo expand --example countdown` shows the original.
//!
//! `cargo run --example countdown_expanded`

#![expect(clippy::unit_arg, reason = "the argument holds the scope check")]

use std::time::Duration;

// The real expansion uses full paths, which cannot collide with the user's names.
use gen_runtime::__private::{FusedStream, Infallible};
use gen_runtime::{AsyncGenerator, pin};

const TICK: Duration = Duration::from_millis(100);

/// Counts down, a tick apart.
fn countdown(
    from: u32,
    // The declared return type is the yielded type. Without `throws` there is no error, and the items are the values.
    // Without `send` the generator is a stream.
) -> impl AsyncGenerator<Yield = u32, Sent = (), Error = Infallible, Return = (), Item = u32>
+ FusedStream<Item = u32> {
    use ::gen_runtime::__private as __rt;
    // A value without size: the right to yield to a machine of these types. None of the user's tokens are in the
    // `unsafe` block.
    // SAFETY: It is used in the async block below only, which is passed to its own `generator`.
    let __body: <(u32, (), ()) as __rt::Types>::Body =
        unsafe { <__rt::Body<_>>::lowered_by_async_gen() };
    // The machine: this block and its state. Nothing runs before the first `next`.
    __body.generator(async move {
        // Captures the argument, so that it lives as long as in an `async fn`.
        let _ = &from;
        let __value: () = 'body: {
            for n in (1..=from).rev() {
                // Leaves `n` in the frame of the current poll, and is pending once. The `break` is never reached: it
                // keeps a yield that was moved into a closure or another async block from compiling.
                {
                    let __yield = __body
                        .frame(if false {
                            break 'body __body.never();
                        })
                        .await
                        .yield_(n);
                    __yield.await;
                };
                // Polls the future with the executor's own waker. The parentheses have the span of the user's
                // statement, so that `unused_must_use` points there.
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
