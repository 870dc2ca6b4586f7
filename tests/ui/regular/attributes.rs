//! The attribute of the other kind, and items that no attribute is for.

use gen_runtime::{async_gen, async_gen_items, generator, generator_block};

#[async_gen]
//~ ERROR
fn plain(n: u32) -> u32 {
    yield_!(n);
}

#[generator]
//~ ERROR
async fn asynchronous(n: u32) -> u32 {
    yield_!(n);
}

#[generator]
//~ ERROR
const fn constant() -> u32 {
    yield_!(1);
}

#[generator]
//~ ERROR
extern "C" fn foreign() -> u32 {
    yield_!(1);
}

#[generator]
//~ ERROR
struct Struct {
    field: u32,
}

#[generator]
//~ ERROR
impl Struct {
    fn method(&self) -> u32 {
        yield_!(self.field);
    }
}

#[generator]
//~ ERROR
mod module {}

#[generator]
//~ ERROR
#[async_gen]
fn both() -> u32 {
    yield_!(1);
}

#[async_gen]
//~ ERROR
#[generator]
async fn both_the_other_way() -> u32 {
    yield_!(1);
}

#[generator]
//~ ERROR
#[gen_runtime::generator(send = u32)]
fn twice() -> u32 {
    yield_!(1);
}

async_gen_items! {
    #[generator]
    //~ ERROR
    async fn in_items() -> u32 {
        yield 1;
    }

    #[generator]
    //~ ERROR
    #[async_gen]
    fn both_in_items() -> u32 {
        yield 1;
    }
}

fn main() {
    let _ = generator_block! {
        //~ ERROR
        #![async_gen(yields = u32)]
        yield 1;
    };
    let _ = (asynchronous(1), constant(), foreign(), Struct { field: 1 });
    let _ = (both(), twice(), in_items(), both_in_items());
    let _ = Struct { field: 1 }.method();
}
