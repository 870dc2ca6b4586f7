use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn yielded() -> u32 {
    let _ = attempt! {
        //~ ERROR
        yield_!("text");
    };
}

#[async_gen(throws = String, send = u32)]
async fn sent() -> u32 {
    defer! { done(); }
    //~ ERROR
    let text: &str = yield_!(1);
    done_with(text);
}

#[async_gen(throws = String)]
async fn question_mark() -> u32 {
    let _ = attempt! {
        //~ ERROR
        yield_!("1".parse()?);
    };
    defer! {
        //~ ERROR
        "2".parse::<u32>()?;
    }
    //~ ERROR
    yield_!("3".parse()?);
}

#[async_gen(throws = String, returns = u32)]
async fn returned() -> u32 {
    let _ = attempt! {
        yield_!(1);
        //~ ERROR
        return "text";
    };
    defer! { done(); }
    //~ ERROR
    "value"
}

#[async_gen(throws = String)]
async fn returned_error() -> u32 {
    let _ = attempt! {
        yield_!(1);
        //~ ERROR
        return Err(2);
    };
}

#[async_gen(throws = String)]
async fn value_of_an_attempt() -> u32 {
    //~ ERROR
    let value: Result<u32, String> = attempt! { "text" };
    yield_!(value?);
}

#[async_gen(throws = String)]
async fn value_of_a_cleanup() -> u32 {
    defer! {
        //~ ERROR
        Ok::<(), String>(())
    }
    yield_!(1);
}

#[async_gen]
async fn broken() -> u32 {
    let number: u32 = loop {
        defer! { done(); }
        yield_!(1);
        //~ ERROR
        break "text";
    };
    drop(number);
}

#[async_gen]
async fn awaited() -> u32 {
    //~ ERROR
    defer! { 5.await; }
    yield_!(1);
}

fn done() {}

fn done_with(_: &str) {}

fn main() {}
