use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
    //~ ERROR
    let closure = |n: u32| yield_!(n);
    [1, 2].iter().for_each(|n| {
        //~ ERROR
        println!("{:?}", yield_!(*n));
    });
    //~ ERROR
    let async_closure = async |n: u32| yield_!(n);
}

fn main() {}
