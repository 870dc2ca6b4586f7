//! Another crate may be called `gen_runtime`, or claim to be: its unsafe functions are not called.

#![forbid(unsafe_code)]

extern crate self as gen_runtime;

pub use facade::gen_runtime::*;

pub mod __private {
    pub use facade::gen_runtime::__private::{FusedStream, Infallible, Ok, Some};

    /// A reference that is null, if this is called in an `unsafe` block.
    #[allow(non_snake_case)]
    pub mod Body {
        pub use std::mem::zeroed as lowered_by_async_gen;
        pub use std::mem::zeroed as new;
    }

    pub trait Types {
        type Body;
    }

    impl<Y, S, R> Types for (Y, S, R) {
        type Body = &'static u64;
    }
}

trait Generator: Sized {
    fn generator<F>(self, _: F) -> Self {
        self
    }
}

impl Generator for &'static u64 {}

fn main() {
    //~ ERROR
    let null: &u64 = facade::gen_runtime::async_gen_block! {
        #![async_gen(yields = u8, returns = ())]
    };
    println!("{null}");
}
