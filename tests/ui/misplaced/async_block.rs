use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    async {
        yield_!(1);
        #[for_await]
        for item in futures::stream::iter([1]) {
            yield_!(item);
        }
    }
    .await;
    async move { println!("{:?}", yield_!(2)) }.await;
}

fn main() {}
