use gen_runtime::async_gen;

#[async_gen]
async fn on_a_while() -> u32 {
    //~ ERROR
    #[for_await]
    while true {
        yield_!(1);
    }
}

#[async_gen]
async fn on_a_loop() -> u32 {
    //~ ERROR
    #[for_await]
    loop {
        yield_!(1);
    }
}

fn main() {}
