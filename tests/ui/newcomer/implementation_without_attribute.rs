//! The compiler tells each trait that the future does not implement: it is no generator, and no stream.

use gen_runtime::async_gen;

trait Source {
    #[async_gen]
    async fn items(&self) -> u32;
}

impl Source for u8 {
    //~ ERROR ERROR
    async fn items(&self) -> u32 {
        1
    }
}

fn main() {}
