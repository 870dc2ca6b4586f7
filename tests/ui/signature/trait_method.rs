use gen_runtime::async_gen;

trait Source {
    #[async_gen]
    async fn items(&self) -> u32;
}

fn main() {}
