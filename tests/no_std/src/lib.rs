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
//!
//! Nor can one that has the name of a method for regular generators:
//!
//! ```compile_fail
//! trait Steal: Sized {
//!     fn boxed_regular<F>(self, future: F) -> F {
//!         future
//!     }
//! }
//!
//! impl<T: Copy> Steal for T {}
//!
//! fn stolen() -> impl Future<Output = ()> {
//!     gen_runtime::async_gen_body! {
//!         [yields = u8, send = (), returns = (), boxed] [regular] () [] { yield_!(1); }
//!     }
//! }
//! ```
#![no_std]
#![forbid(unsafe_code)]

use core::num::ParseIntError;

use gen_runtime::{async_gen, async_gen_block, generator, generator_block, in_context, pin, sync};

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

/// Yields the numbers in a text, and returns their count.
#[generator(throws = ParseIntError, returns = usize)]
pub fn parsed(text: &str) -> i32 {
    let mut count = 0;
    defer! { count += 1; }
    yield_all!(text.split(' ').map(str::parse::<i32>));
    let skipped = attempt! { yield_!(1) };
    skipped?;
    count
}

/// Returns the sum of the doubled numbers in a text.
///
/// # Errors
///
/// Fails if a word of the text is not a number.
pub fn doubled_sum(text: &str) -> Result<i32, ParseIntError> {
    let doubled = generator_block! {
        #![generator(yields = i32, throws = ParseIntError)]
        for number in sync::pin!(parsed(text)) {
            yield number? * 2;
        }
    };
    sync::pin!(doubled).sum()
}

/// Returns how often the body is polled that yields the numbers in a text.
#[must_use]
pub fn polls(text: &str) -> usize {
    let mut polls = 0;
    {
        let mut items = sync::pin!(in_context(parsed(text), |poll| {
            polls += 1;
            poll()
        }));
        while let Some(Ok(_)) = items.next() {}
    }
    polls
}

#[cfg(test)]
mod tests {
    use super::{doubled_sum, parsed, polls, sync};

    #[test]
    fn a_regular_generator_needs_no_allocator() {
        assert_eq!(doubled_sum("1 2"), Ok(8));
        assert!(doubled_sum("1 x").is_err());
        let mut items = sync::pin!(parsed("3"));
        assert_eq!(items.next(), Some(Ok(3)));
        assert_eq!(items.close(), Ok(()));
        assert_eq!(polls("1 2"), 4);
    }
}
