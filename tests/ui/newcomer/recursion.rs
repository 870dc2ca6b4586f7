use gen_runtime::async_gen;

//~ ERROR
#[async_gen]
async fn items(n: u32) -> u32 {
    #[for_await]
    for item in items(n - 1) {
        yield_!(item);
    }
}

fn main() {}
