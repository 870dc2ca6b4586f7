use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    println!("{:?}", {
        //~ ERROR
        #[for_await]
        for item in futures::stream::iter([1]) {}
    });
    //~ ERROR
    #[for_await(fast)]
    for item in futures::stream::iter([1]) {
        yield_!(item);
    }
    let closure = || {
        //~ ERROR
        #[for_await]
        for item in futures::stream::iter([1]) {}
    };
}

fn main() {}
