use gen_runtime::{async_gen, async_gen_block};

//~ ERROR ERROR ERROR
#[async_gen(yield = u32, sends = u8, throw = E)]
async fn misspelt() -> u32 {
    yield_!(1);
}

//~ ERROR ERROR
#[async_gen(throws = u8, throws = u16, boxed, boxed)]
async fn repeated() -> u32 {
    yield_!(1);
}

fn main() {
    let _block = async_gen_block! {
        //~ ERROR
        #![async_gen(boxed, yields = u8)]
        yield 1;
    };
    let _block = async_gen_block! {
        //~ ERROR
        #![allow(unused)]
        yield 1;
    };
    let _ = (misspelt(), repeated());
}
