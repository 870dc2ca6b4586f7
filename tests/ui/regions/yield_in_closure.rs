use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    let _ = attempt! {
        //~ ERROR
        let closure = || yield_!(1);
        closure();
        //~ ERROR
        async { yield_!(2) }.await;
    };
    defer! {
        //~ ERROR
        let closure = || yield_!(3);
        closure();
    }
    //~ ERROR
    let closure = || println!("{:?}", yield_!(4));
    closure();
}

fn main() {
    let _ = items();
}
