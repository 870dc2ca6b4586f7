//! The mistake is told, and what looks like a generator in it is one.

use gen_runtime::{async_gen, pin};

struct Struct;

#[async_gen]
//~ ERROR
impl Struct {
    async fn items(&self) -> u32 {
        yield_!(1);
    }

    async fn number(&self) -> u32 {
        2
    }
}

#[async_gen]
//~ ERROR
trait Trait {
    async fn items(&self) -> u32;

    async fn provided(&self) -> u32 {
        yield_!(3);
    }
}

async fn consume() {
    let mut items = pin!(Struct.items());
    items.next().await;
    Struct.number().await;
}

fn main() {}
