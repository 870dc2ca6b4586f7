//! The generator of genawaiter that is on the heap.

use std::hint::black_box;

use ::genawaiter::GeneratorState;
use ::genawaiter::rc::{Co, Gen};

use crate::Contender;

/// See the module.
pub struct GenawaiterRc;

impl Contender for GenawaiterRc {
    const NAME: &'static str = "genawaiter rc";

    closures!(Gen::new, yield_);

    /// `resume_with` needs a body that does not await.
    fn ping_pong(items: u64) -> Option<u64> {
        let mut numbers = Gen::new(async |co: Co<u64, u64>| {
            let mut n = 0;
            loop {
                n = co.yield_(n).await + 1;
            }
        });
        Some(sum_of_answers(items, |n| numbers.resume_with(n)))
    }
}

/// Resumes once before the loop, since no yield waits for the first value.
pub(crate) fn sum_of_answers(
    items: u64,
    mut resume_with: impl FnMut(u64) -> GeneratorState<u64, ()>,
) -> u64 {
    resume_with(0);
    let mut sum = 0;
    for n in 0..items {
        if let GeneratorState::Yielded(answer) = resume_with(n) {
            sum = black_box(sum + answer);
        }
    }
    sum
}
