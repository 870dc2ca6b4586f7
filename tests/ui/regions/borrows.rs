use gen_runtime::async_gen;

#[async_gen]
async fn moved_and_deferred() -> u32 {
    let text = String::from("text");
    //~ ERROR
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
    //~ ERROR
    print(&text);
}

#[async_gen(throws = String)]
async fn assigned_inside() -> u32 {
    let number: u32;
    //~ ERROR
    let _ = attempt! {
        //~ ERROR
        number = 1;
        yield_!(number);
    };
}

#[async_gen]
async fn local_of_the_rest_in_the_deferred() -> u32 {
    //~ ERROR
    defer! { print(&later); }
    let later = String::from("text");
    yield_!(1);
}

fn print(_: &str) {}

fn main() {}
