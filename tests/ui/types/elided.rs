use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
async fn items() -> &str {
    yield_!("text");
}

fn main() {}
