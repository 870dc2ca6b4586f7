//! Traits and their implementations fit each other, whatever is wrong with a body.

use gen_runtime::{async_gen, pin};

trait Source {
    #[async_gen]
    async fn items(&self) -> u32;

    #[async_gen]
    async fn provided(&self) -> u32 {
        //~ ERROR
        yield_!(1 +);
    }
}

impl Source for u8 {
    #[async_gen]
    async fn items(&self) -> u32 {
        //~ ERROR
        async { yield_!(1) }.await;
    }
}

async fn consume() {
    let mut items = pin!(1_u8.items());
    let _: Option<u32> = items.next().await;
    let mut provided = pin!(1_u8.provided());
    //~ ERROR
    let _: Option<u8> = provided.next().await;
}

fn main() {}
