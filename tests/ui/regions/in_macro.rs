use gen_runtime::async_gen;

macro_rules! show {
    ($($tokens:tt)*) => {
        println!("{:?}", $($tokens)*)
    };
}

#[async_gen(throws = String)]
async fn items() -> u32 {
    //~ ERROR
    show!(attempt! { yield_!(1) });
    show!({
        //~ ERROR
        defer! { done().await; }
        yield_!(2);
    });
    yield_!(3);
}

async fn done() {}

fn main() {
    let _ = items();
}
