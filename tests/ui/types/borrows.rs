use gen_runtime::async_gen;

#[async_gen]
async fn changed_while_borrowed() -> u32 {
    let mut list = vec![1];
    let first = &list[0];
    //~ ERROR
    list.push(2);
    yield_!(*first);
}

#[async_gen]
async fn used_after_a_move(list: Vec<u32>) -> u32 {
    drop(list);
    //~ ERROR
    yield_!(list[0]);
}

#[async_gen]
async fn used_after_a_yield(text: String) -> String {
    yield_!(text);
    //~ ERROR
    println!("{text}");
}

#[async_gen]
async fn used_after_an_await(text: String) -> String {
    yield_!(std::future::ready(text).await);
    //~ ERROR
    println!("{text}");
}

#[async_gen]
async fn assigned_without_mut(number: u32) -> u32 {
    //~ ERROR
    number += 1;
    yield_!(number);
}

fn main() {}
