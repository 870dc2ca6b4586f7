use std::sync::Mutex;

use gen_runtime::{async_gen, pin};

static NUMBER: Mutex<u32> = Mutex::new(1);

#[async_gen]
async fn items() -> u32 {
    let guard = NUMBER.lock().unwrap();
    yield_!(*guard);
}

fn main() {
    //~ ERROR
    tokio::spawn(async {
        let mut items = pin!(items());
        items.next().await;
    });
}
