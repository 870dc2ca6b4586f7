//! The compiler tells each type that differs: what is yielded, the item, and that of the stream.

use gen_runtime::async_gen;

trait Source {
    #[async_gen]
    async fn items(&self) -> u32;
}

impl Source for u8 {
    #[async_gen]
    //~ ERROR ERROR ERROR
    async fn items(&self) -> String {
        yield_!(String::new());
    }
}

fn main() {}
