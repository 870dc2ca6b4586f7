//! Generators in a crate that depends on a facade, under `no_implicit_prelude`.
#![no_implicit_prelude]
#![forbid(unsafe_code)]

use ::facade::gen_runtime::BoxTryGenerator;
use ::facade::prelude::{
    async_gen, async_gen_block, async_gen_items, generator, generator_block, sync,
};
use ::std::num::ParseIntError;
use ::std::string::String;
use ::std::vec::Vec;

/// Uses regions, `#[for_await]`, and yields in the tokens of macros.
#[async_gen(crate = ::facade::gen_runtime, throws = ParseIntError, returns = usize)]
pub async fn numbers(text: &str, log: &mut Vec<u32>) -> u32 {
    defer! {
        ::std::future::ready(()).await;
        log.push(100);
    }
    for word in text.split(' ') {
        let parsed = attempt! {
            let number: u32 = word.parse()?;
            yield_!(number);
            number
        };
        if let ::std::result::Result::Ok(0) = parsed {
            return 0;
        }
        #[for_await]
        for number in twice(parsed?) {
            ::std::assert_eq!(yield_!(number), ());
        }
    }
    text.len()
}

async_gen_items! {
    #[async_gen(crate = ::facade::gen_runtime)]
    async fn twice(number: u32) -> u32 {
        let block = async_gen_block! {
            #![async_gen(crate = ::facade::gen_runtime)]
            yield number * 10;
            ::std::assert!(::std::matches!(yield number * 20, ()));
        };
        for await number in block {
            yield number;
        }
    }
}

/// A trait whose generators are boxed.
pub trait Source: ::std::marker::Sync {
    /// Yields each text that it is sent, after a prefix.
    #[async_gen(crate = ::facade::gen_runtime, boxed, send = String, throws = String)]
    async fn echo(&self, prefix: &str) -> String {
        let mut text = String::new();
        loop {
            text = yield_!(::std::format!("{prefix}{text}"));
            if text.is_empty() {
                return ::std::result::Result::Err(text);
            }
        }
    }
}

impl Source for () {}

/// Calls [`Source::echo`] on a trait object.
pub fn echo<'a>(
    source: &'a dyn Source,
    prefix: &'a str,
) -> BoxTryGenerator<'a, String, String, String> {
    source.echo(prefix)
}

/// Regular, with regions, and yields in the tokens of macros.
#[generator(crate = ::facade::gen_runtime, throws = ParseIntError, returns = usize)]
pub fn regular(text: &str, log: &mut Vec<u32>) -> u32 {
    defer! { log.push(100); }
    for word in text.split(' ') {
        let parsed = attempt! {
            let number: u32 = word.parse()?;
            ::std::assert_eq!(yield_!(number), ());
            number
        };
        yield_all!([parsed?]);
    }
    yield_from!(generator_block! {
        #![generator(crate = ::facade::gen_runtime)]
        ::std::assert!(::std::matches!(yield 7, ()));
    });
    text.len()
}

/// A trait whose regular generators are boxed.
pub trait Letters: ::std::marker::Sync {
    /// Yields the letters of a text.
    #[generator(crate = ::facade::gen_runtime, boxed)]
    fn letters(&self, text: &str) -> char {
        yield_all!(text.chars());
    }
}

impl Letters for () {}

/// Calls [`Letters::letters`] on a trait object.
pub fn letters<'a>(source: &'a dyn Letters, text: &'a str) -> sync::BoxGenerator<'a, char> {
    source.letters(text)
}

::facade::repeated! {
    /// Made by a macro of the facade.
    pub twos(1 + 1; 3) -> u8
}
