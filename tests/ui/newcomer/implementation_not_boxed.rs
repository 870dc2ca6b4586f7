use gen_runtime::async_gen;

trait Source {
    #[async_gen(boxed)]
    async fn items(&self) -> u32;
}

impl Source for u8 {
    #[async_gen]
    //~ ERROR
    async fn items(&self) -> u32 {
        yield_!(1);
    }
}

fn main() {}
