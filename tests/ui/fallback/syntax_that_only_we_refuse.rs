//! What the compiler takes and our parser does not is an error all the same. Here the macro that
//! stands for a body is called by hand: the compiler has not parsed these tokens.

#![allow(unused_must_use)]

use gen_runtime::AsyncGenerator;

fn items() -> impl AsyncGenerator<Yield = u32> {
    gen_runtime::async_gen_body! {
        [yields = u32, send = (), returns = (),] [] () []
        {
            //~ ERROR
            let = 1;
        }
    }
}

fn main() {
    let _ = items();
}
