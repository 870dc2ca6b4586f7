use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items(list: &[u32]) -> u32 {
    for item in list {
        yield_!(*item);
    }
}

async fn consume() {
    let list = vec![1];
    let mut items = pin!(items(&list));
    //~ ERROR
    drop(list);
    items.next().await;
}

fn main() {}
