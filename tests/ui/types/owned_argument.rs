//! An argument belongs to the body. The compiler names neither: it is a part of the async block.

use gen_runtime::async_gen;

//~ ERROR
#[async_gen]
async fn items<'a>(text: String, _long: &'a str) -> &'a str {
    yield_!(&text);
}

fn main() {}
