//! What `#[async_gen]` makes of the example `countdown`, with the paths shortened. A test of
//! `gen-macros` keeps it true; `cargo expand --example countdown` shows the original.
//!
//! `cargo run --example countdown_expanded`

#![expect(
    clippy::unit_arg,
    reason = "an argument that is a place for the scope check"
)]

use std::time::Duration;

// The real expansion spells these out: an import of ours could meet a name of the user's.
use gen_runtime::__private::{Body, FusedStream, Infallible, Types};
use gen_runtime::{AsyncGenerator, pin};

const TICK: Duration = Duration::from_millis(100);

/// Counts down, a tick apart.
fn countdown(
    from: u32,
    // The type that the function was declared to return is what it yields. Without `throws` there
    // is no error, and the items are the values; without `send` it is a stream, too.
) -> impl AsyncGenerator<Yield = u32, Sent = (), Error = Infallible, Return = (), Item = u32>
+ FusedStream<Item = u32> {
    // A value without size: the right to yield to a machine of these types. It is the only thing
    // that `unsafe` makes; nothing of the user's ever stands in the block.
    // SAFETY: It is used in the block below, which is passed to its own `generator` as it is.
    let __body: <(u32, (), ()) as Types>::Body = unsafe { <Body<_>>::lowered_by_async_gen() };
    // The machine: this block, and where it stands. Nothing runs before the first `next`.
    __body.generator(async move {
        // Arguments live as long as in an `async fn`, used or not.
        let _ = &from;
        let __value: () = 'body: {
            for n in (1..=from).rev() {
                // Leaves `n` in the frame of the running poll, and is pending once. The `break` is
                // never reached: it makes sure that a yield is in its own body, since out of a
                // closure or another async block it would not compile.
                {
                    let __yield = __body
                        .frame(if false {
                            break 'body __body.never();
                        })
                        .await
                        .yield_(n);
                    __yield.await;
                };
                // Polls the future with the executor's own waker. The parentheses begin where the
                // user's statement does, for lints that mind what it ignores.
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
