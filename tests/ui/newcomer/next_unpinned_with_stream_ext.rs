//! As with any stream, the compiler tells it twice: of the method, and of what is awaited.

use futures::StreamExt;
use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = items();
    //~ ERROR ERROR
    items.next().await;
}

fn main() {}
