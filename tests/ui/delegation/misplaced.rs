use futures::stream::empty;
use gen_runtime::{async_gen, async_gen_block};

#[async_gen]
async fn inner() -> u32 {
    yield_!(1);
}

#[async_gen]
async fn in_a_closure() -> u32 {
    //~ ERROR
    let _ = || yield_from!(inner());
    //~ ERROR
    let _ = || yield_all!(inner());
    //~ ERROR
    let _ = || println!("{:?}", yield_from!(inner()));
}

#[async_gen]
async fn in_an_async_block() -> u32 {
    //~ ERROR
    async { yield_from!(inner()) }.await;
}

#[async_gen]
async fn in_a_cleanup() -> u32 {
    defer! {
        //~ ERROR
        yield_from!(inner());
        //~ ERROR
        yield_all!(inner());
        //~ ERROR
        println!("{:?}", yield_from!(inner()));
    }
    yield_!(1);
}

#[async_gen]
async fn in_an_operand() -> u32 {
    //~ ERROR
    println!("{:?}", yield_all!(empty()));
}

#[async_gen]
async fn without_an_operand() -> u32 {
    //~ ERROR
    yield_from!();
    //~ ERROR
    yield_all!();
}

#[async_gen]
async fn with_two() -> u32 {
    //~ ERROR
    yield_from!(inner(), inner());
}

#[async_gen]
async fn unknown_argument() -> u32 {
    //~ ERROR
    #[for_await(closing)]
    for n in inner() {
        yield_!(n);
    }
}

#[async_gen]
async fn closing_in_a_closure() -> u32 {
    let _ = async || {
        //~ ERROR
        #[for_await(close)]
        for n in inner() {
            drop(n);
        }
    };
}

fn main() {
    let _ = async_gen_block! {
        //~ ERROR
        let _ = || yield_from!(inner());
        yield 1;
    };
    //~ ERROR
    gen_runtime::yield_from!(inner());
    //~ ERROR
    gen_runtime::yield_all!(inner());
}
