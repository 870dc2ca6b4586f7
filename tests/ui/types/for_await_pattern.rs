use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    #[for_await]
    //~ ERROR
    for Some(item) in futures::stream::iter([Some(1_u32)]) {
        yield_!(item);
    }
}

fn main() {}
