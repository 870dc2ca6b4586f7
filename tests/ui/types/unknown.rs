//! A type that is not there is told once, wherever it stands.

use gen_runtime::{async_gen, async_gen_block};

#[async_gen]
//~ ERROR
async fn yielded() -> Missing {
    yield_!(1);
}

#[async_gen]
//~ ERROR
async fn argument(_: Missing) -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(send = Missing)]
async fn sent() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(returns = Missing)]
async fn returned() -> u32 {
    yield_!(1);
    panic!()
}

//~ ERROR
#[async_gen(bounds = Missing)]
async fn bound() -> u32 {
    yield_!(1);
}

#[async_gen(boxed)]
//~ ERROR
async fn boxed() -> Missing {
    yield_!(1);
}

fn main() {
    let _block = async_gen_block! {
        //~ ERROR
        #![async_gen(yields = Missing)]
        yield 1;
    };
}
