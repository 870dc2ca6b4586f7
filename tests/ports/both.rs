//! Functions whose text is the same with async-stream's macro and with ours.

/// Puts functions into two modules. In `peer`, `generator!` is the given macro of async-stream. In `block`, it is
/// `async_gen_block!` with the given arguments. It begins with a `$` for the macro that it defines.
macro_rules! both {
    ($dollar:tt $peer:ident, $arguments:tt, $($item:item)*) => {
        mod peer {
            use super::*;
            use async_stream::$peer as generator;
            $($item)*
        }
        mod block {
            use super::*;
            macro_rules! generator {
                ($dollar($dollar body:tt)*) => {
                    gen_runtime::async_gen_block! {
                        #![async_gen $arguments]
                        $dollar($dollar body)*
                    }
                };
            }
            $($item)*
        }
    };
}
