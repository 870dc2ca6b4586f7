use gen_runtime::async_gen;

#[async_gen]
async fn moved_and_deferred() -> u32 {
    let text = String::from("text");
    defer! { print(&text); }
    drop(text);
    yield_!(1);
}

#[async_gen(throws = String)]
async fn moved_and_used_behind() -> u32 {
    let text = String::from("text");
    let _ = attempt! {
        yield_!(1);
        drop(text);
    };
    print(&text);
}

#[async_gen(throws = String)]
async fn assigned_inside() -> u32 {
    let number: u32;
    let _ = attempt! {
        number = 1;
        yield_!(number);
    };
}

#[async_gen]
async fn local_of_the_rest_in_the_deferred() -> u32 {
    defer! { print(&later); }
    let later = String::from("text");
    yield_!(1);
}

fn print(_: &str) {}

fn main() {}
