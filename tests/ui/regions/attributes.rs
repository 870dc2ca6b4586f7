use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    //~ ERROR
    #[cfg(unix)]
    defer! {
        done();
    }
    //~ ERROR
    #[tokio::test]
    attempt! { yield_!(1) }.ok();
    let _ = attempt! {
        //~ ERROR
        #[tokio::test]
        yield_!(2);
    };
    defer! {
        //~ ERROR
        #[tokio::test]
        done();
    }
}

fn done() {}

fn main() {
    let _ = items();
}
