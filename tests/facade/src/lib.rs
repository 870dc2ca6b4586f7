//! A framework whose users write generators without a dependency on the runtime.
#![forbid(unsafe_code)]

pub use gen_runtime;

/// The items that users import.
pub mod prelude {
    pub use gen_runtime::{
        async_gen, async_gen_block, async_gen_items, generator, generator_block, pin, sync,
    };
}

/// Makes a generator function in the crate that calls it.
#[macro_export]
macro_rules! repeated {
    ($(#[$meta:meta])* $vis:vis $name:ident($value:expr; $times:expr) -> $ty:ty) => {
        #[$crate::gen_runtime::async_gen(crate = $crate::gen_runtime)]
        $(#[$meta])*
        $vis async fn $name() -> $ty {
            for _ in 0..$times {
                yield_!($value);
            }
        }
    };
}
