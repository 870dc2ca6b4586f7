use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    async {
        //~ ERROR
        yield_!(1);
        //~ ERROR
        #[for_await]
        for item in futures::stream::iter([1]) {
            //~ ERROR
            yield_!(item);
        }
    }
    .await;
    //~ ERROR
    async move { println!("{:?}", yield_!(2)) }.await;
}

fn main() {}
