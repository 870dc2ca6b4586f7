use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items(list: &[u32]) -> u32 {
    for item in list {
        yield_!(*item);
    }
}

fn consume(list: &[u32]) {
    //~ ERROR
    tokio::spawn(async move {
        let mut items = pin!(items(list));
        items.next().await;
    });
}

fn main() {}
