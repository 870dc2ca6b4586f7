//! An error that nobody looks at.

#![deny(unused_must_use)]

use std::future::ready;

use gen_runtime::async_gen;

#[async_gen]
async fn joined() -> u32 {
    yield_!(1);
    //~ ERROR
    tokio::try_join!(ready(Ok::<(), ()>(())));
    //~ ERROR
    ready(Ok::<(), ()>(())).await;
    yield_!(2);
}

fn main() {
    let _ = joined();
}
