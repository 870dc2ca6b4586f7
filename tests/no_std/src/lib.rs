//! Generators without `std` and without `alloc`.
//!
//! Without `alloc` there are no boxed forms, and a method named `boxed` cannot take the body:
//!
//! ```compile_fail
//! trait Steal: Sized {
//!     fn boxed<F>(self, future: F) -> F {
//!         future
//!     }
//! }
//!
//! impl<T: Copy> Steal for T {}
//!
//! fn stolen() -> impl Future<Output = ()> {
//!     gen_runtime::async_gen_body! {
//!         [yields = u8, send = (), returns = (), boxed] [] () [] { yield_!(1); }
//!     }
//! }
//! ```
#![no_std]
#![forbid(unsafe_code)]

use core::num::ParseIntError;

use gen_runtime::{async_gen, async_gen_block, pin};

/// Yields the numbers in a text, and returns their count.
#[async_gen(throws = ParseIntError, returns = usize)]
pub async fn numbers(text: &str) -> i32 {
    let mut count = 0;
    for word in text.split(' ') {
        yield_!(word.parse()?);
        assert!(matches!(yield_!(0), ()));
        defer! {
            core::future::ready(()).await;
            count += 1;
        }
        let skipped = attempt! { yield_!(1) };
        if skipped.is_err() {
            continue;
        }
    }
    count
}

/// Returns the sum of the numbers in a text.
///
/// # Errors
///
/// Fails if a word of the text is not a number.
pub async fn sum(text: &str) -> Result<i32, ParseIntError> {
    let doubled = async_gen_block! {
        #![async_gen(yields = i32, throws = ParseIntError)]
        for await number in numbers(text) {
            yield number? * 2;
        }
    };
    let mut doubled = pin!(doubled);
    let mut sum = 0;
    while let Some(number) = doubled.try_next().await? {
        sum += number;
    }
    Ok(sum)
}
