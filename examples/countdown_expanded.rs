//! The code that `#[async_gen]` generates for the example `countdown`, with the paths of the signature shortened. A test
//! of `gen-macros` compares them; `cargo expand --example countdown` shows the original.
//!
//! `cargo run --example countdown_expanded`

#![expect(
    clippy::match_single_binding,
    clippy::semicolon_if_nothing_returned,
    clippy::unit_arg,
    clippy::unnecessary_semicolon,
    reason = "generated code"
)]

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
            // The place for yielded values, in the frame of the current poll.
            let mut __place = __body.enter().await;
            for n in (1..=from).rev() {
                // Leaves `n` there, and is pending once. Then there is a new poll, and a new place. The `break` is never
                // reached: it keeps a yield that was moved into a closure or another async block from compiling.
                {
                    __body.put(n, __place);
                    __place = __body
                        .suspend(if false {
                            break 'body __body.never();
                        })
                        .await;
                };
                // Polls the future with the executor's own waker. Evaluates to its output and a new place.
                match __body.wait(tokio::time::sleep(TICK)).await {
                    __next => {
                        __place = __next.1;
                        __next.0
                    }
                };
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
