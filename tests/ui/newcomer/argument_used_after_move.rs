use gen_runtime::async_gen;

#[async_gen]
async fn items(list: Vec<u32>) -> u32 {
    for item in list {
        yield_!(item);
    }
}

fn main() {
    let list = vec![1];
    let _items = items(list);
    //~ ERROR
    println!("{list:?}");
}
