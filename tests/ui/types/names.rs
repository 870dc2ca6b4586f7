use gen_runtime::async_gen;

#[async_gen]
async fn no_such_method(list: Vec<u32>) -> usize {
    //~ ERROR
    yield_!(list.length());
}

#[async_gen]
async fn no_such_method_awaited(list: Vec<u32>) -> u32 {
    //~ ERROR
    yield_!(list.load().await);
}

#[async_gen]
async fn bound_missing<T>(value: T) -> String {
    //~ ERROR
    yield_!(value.to_string());
}

#[async_gen]
async fn two_arguments(a: u32, b: u32) -> u32 {
    yield_!(a + b);
}

fn main() {
    //~ ERROR
    let _ = two_arguments(1);
}
