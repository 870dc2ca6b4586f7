use gen_runtime::{async_gen, async_gen_block, async_gen_items};

#[async_gen]
//~ ERROR
#[async_gen]
async fn twice() -> u32 {
    yield_!(1);
}

#[async_gen(send = u32)]
//~ ERROR
#[gen_runtime::async_gen(throws = String)]
async fn with_arguments() -> u32 {
    yield_!(1);
}

async_gen_items! {
    #[async_gen]
    //~ ERROR
    #[async_gen]
    async fn among_items() -> u32 {
        yield 1;
    }
}

fn main() {
    let _block = async_gen_block! {
        #![async_gen(yields = u32)]
        //~ ERROR
        #![async_gen(send = u32)]
        yield 1;
    };
    let _ = (twice(), with_arguments(), among_items());
}
