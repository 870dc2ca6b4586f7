//! The macros of bodies, elsewhere.

use gen_runtime::{async_gen, yield_ as give};

fn plain() {
    //~ ERROR
    gen_runtime::yield_!(1);
    //~ ERROR
    gen_runtime::yield_result!(Ok(1));
    //~ ERROR
    gen_runtime::defer! {}
    //~ ERROR
    let _ = gen_runtime::attempt!({});
}

#[async_gen]
async fn renamed() -> u32 {
    //~ ERROR
    give!(1);
}

//~ ERROR
#[gen_runtime::for_await]
fn not_a_loop() {}

fn main() {}
