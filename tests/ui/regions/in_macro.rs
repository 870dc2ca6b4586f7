use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    //~ ERROR
    println!("{:?}", attempt! { yield_!(1) });
    tokio::select! {
        () = done() => {
            //~ ERROR
            defer! { done().await; }
            yield_!(2);
        }
    }
    yield_!(3);
}

async fn done() {}

fn main() {
    let _ = items();
}
