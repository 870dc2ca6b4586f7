use gen_runtime::async_gen;

trait Source {
    #[async_gen]
    async fn items(&self) -> u32;
}

//~ ERROR
fn consume(_: &dyn Source) {}

fn main() {}
