use gen_runtime::async_gen;

trait Source {
    #[async_gen(boxed)]
    async fn items<T>(&self, value: T) -> u32;
}

//~ ERROR
fn consume(_: &dyn Source) {}

fn main() {}
