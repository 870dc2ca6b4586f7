use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    let closure = || {
        //~ ERROR
        let _ = attempt! { 1 };
        //~ ERROR
        defer! { done(); }
        2
    };
    let future = async {
        //~ ERROR
        let _ = attempt! { yield_!(3) };
        //~ ERROR
        defer! { done(); }
        4
    };
    const CONSTANT: u32 = {
        //~ ERROR
        defer! { done(); }
        5
    };
    fn function() {
        //~ ERROR
        defer! { done(); }
    }
    yield_!(closure() + future.await + CONSTANT);
    function();
}

fn done() {}

fn main() {
    let _ = items();
}
