//! `crate = ..` names a path of the user's: its macros are not given what is lowered either.

#![forbid(unsafe_code)]

mod facade {
    pub use gen_runtime::*;

    pub mod __private {
        pub use gen_runtime::__private::*;

        pub use crate::steal as pin;
    }
}

#[macro_export]
macro_rules! steal {
    ($body:ident.yield_($($arguments:tt)*).await) => {
        compile_error!("stolen")
    };
}

#[gen_runtime::async_gen(crate = crate::facade)]
async fn head() -> [u64; 64] {
    #[for_await]
    //~ ERROR
    for _ in yield_!([0; 64]) {}
}

#[gen_runtime::async_gen(crate = crate::facade)]
async fn hidden() -> u32 {
    println!("{:?}", yield_!(1));
}

fn main() {}
