use gen_runtime::async_gen;

#[async_gen]
async fn items(number: u32) -> u32 {
    //~ ERROR
    let cleanup = defer! { done() };
    match number {
        //~ ERROR
        0 => defer! { done() },
        _ => yield_!(1),
    }
    //~ ERROR
    drop((cleanup, defer!(done())));
}

fn done() {}

fn main() {
    let _ = items(1);
}
