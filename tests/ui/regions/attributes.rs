use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    #[cfg(unix)]
    defer! {
        done();
    }
    #[tokio::test]
    attempt! { yield_!(1) }.ok();
    let _ = attempt! {
        #[tokio::test]
        yield_!(2);
    };
    defer! {
        #[tokio::test]
        done();
    }
}

fn done() {}

fn main() {
    let _ = items();
}
