use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn items() -> u32 {
    let _ = attempt! {
        let closure = || yield_!(1);
        closure();
        async { yield_!(2) }.await;
    };
    defer! {
        let closure = || yield_!(3);
        closure();
    }
    let closure = || println!("{:?}", yield_!(4));
    closure();
}

fn main() {
    let _ = items();
}
