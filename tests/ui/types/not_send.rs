use std::rc::Rc;

use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    let shared = Rc::new(1);
    yield_!(1);
    std::future::ready(()).await;
    yield_!(*shared);
}

//~ ERROR
#[async_gen(boxed)]
async fn boxed() -> u32 {
    let shared = Rc::new(1);
    yield_!(*shared);
}

fn is_send(_: impl Send) {}

fn main() {
    //~ ERROR
    is_send(items());
}
