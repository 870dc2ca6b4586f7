use std::rc::Rc;

use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items() -> u32 {
    let shared = Rc::new(1);
    std::future::ready(()).await;
    yield_!(*shared);
}

fn main() {
    //~ ERROR
    tokio::spawn(async {
        let mut items = pin!(items());
        items.next().await;
    });
}
