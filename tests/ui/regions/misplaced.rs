use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    let closure = || {
        let _ = attempt! { 1 };
        defer! { done(); }
        2
    };
    let future = async {
        let _ = attempt! { yield_!(3) };
        defer! { done(); }
        4
    };
    const CONSTANT: u32 = {
        defer! { done(); }
        5
    };
    fn function() {
        defer! { done(); }
    }
    yield_!(closure() + future.await + CONSTANT);
    function();
}

fn done() {}

fn main() {
    let _ = items();
}
