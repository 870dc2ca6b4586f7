//! The compiler's own coroutine, which is sent values. The other workloads are those of `gen fn`.

use std::hint::black_box;
use std::ops::{Coroutine, CoroutineState};
use std::pin::Pin;

use super::Contender;

/// See the module.
pub(super) struct NightlyCoroutine;

impl Contender for NightlyCoroutine {
    const NAME: &'static str = "nightly coroutine";

    fn ping_pong(items: u64) -> Option<u64> {
        let mut numbers = #[coroutine]
        |_: u64| {
            let mut n = 0;
            loop {
                n = yield n;
                n += 1;
            }
        };
        let mut send = |n| match Pin::new(&mut numbers).resume(n) {
            CoroutineState::Yielded(answer) => answer,
            CoroutineState::Complete(never) => never,
        };
        send(0);
        let mut sum = 0;
        for n in 0..items {
            sum = black_box(sum + send(n));
        }
        Some(sum)
    }
}
