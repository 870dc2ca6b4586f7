//! No position of a generator is inside an `unsafe` block of ours: each call here is an error.

use gen_runtime::{async_gen, async_gen_block, async_gen_items};
use probe::{constant_danger, danger};

macro_rules! expr {
    ($value:expr) => {
        $value
    };
}

#[async_gen]
async fn yielded() -> u8 {
    //~ ERROR
    yield_!(danger());
}

#[async_gen]
async fn yielded_in_a_macro() -> u8 {
    //~ ERROR
    expr!(yield_!(danger()));
}

#[async_gen]
async fn awaited() -> u8 {
    yield_!(1);
    //~ ERROR
    danger::<std::future::Ready<()>>().await;
}

#[async_gen]
async fn head_of_a_for() -> u8 {
    //~ ERROR
    for item in danger::<Vec<u8>>() {
        yield_!(item);
    }
}

#[async_gen]
async fn head_of_a_for_await() -> u8 {
    #[for_await]
    //~ ERROR
    for item in danger::<futures::stream::Empty<u8>>() {
        yield_!(item);
    }
}

#[async_gen]
async fn head_of_a_while() -> u8 {
    //~ ERROR
    while danger() {
        yield_!(1);
    }
}

#[async_gen]
async fn argument_of_a_macro() -> u8 {
    //~ ERROR
    println!("{}", danger::<u8>());
    yield_!(1);
}

#[async_gen]
async fn argument_of_a_call() -> u8 {
    //~ ERROR
    drop::<u8>(danger());
    yield_!(1);
}

#[async_gen(throws = u8)]
async fn question_mark() -> u8 {
    yield_!(1);
    //~ ERROR
    danger::<Result<u8, u8>>()?;
}

#[async_gen(returns = u8, throws = u8)]
async fn returned() -> u8 {
    yield_!(1);
    //~ ERROR
    return danger();
}

#[async_gen(throws = u8)]
async fn returned_error() -> u8 {
    yield_!(1);
    //~ ERROR
    return Err(danger());
}

#[async_gen(returns = u8, throws = u8)]
async fn tail() -> u8 {
    yield_!(1);
    //~ ERROR
    danger()
}

#[async_gen(throws = u8)]
async fn in_an_attempt() -> u8 {
    let _ = attempt! {
        //~ ERROR
        yield_!(danger());
        //~ ERROR
        danger::<u8>()
    };
}

#[async_gen]
async fn deferred() -> u8 {
    defer! {
        //~ ERROR
        danger::<()>();
        //~ ERROR
        danger::<std::future::Ready<()>>().await;
    }
    yield_!(1);
}

#[async_gen(returns = u8)]
async fn behind_a_defer() -> u8 {
    let _ = loop {
        defer! {}
        //~ ERROR
        yield_!(danger());
        if true {
            //~ ERROR
            break danger::<u8>();
        }
        //~ ERROR
        return danger();
    };
    defer! {}
    //~ ERROR
    danger()
}

#[async_gen]
async fn type_in_the_body() -> u8 {
    //~ ERROR
    let array: [u8; constant_danger()] = [0];
    yield_!(array[0]);
}

#[async_gen]
//~ ERROR
async fn yielded_type() -> [u8; constant_danger()] {
    yield_!([0]);
}

//~ ERROR
#[async_gen(send = [u8; constant_danger()])]
async fn sent_type() -> u8 {
    yield_!(0);
}

//~ ERROR ERROR
#[async_gen(throws = [u8; constant_danger()], returns = [u16; constant_danger()])]
async fn other_types() -> u8 {
    yield_!(0);
    [0]
}

#[async_gen(boxed)]
async fn boxed() -> u8 {
    //~ ERROR
    yield_!(danger());
}

async_gen_items! {
    #[async_gen]
    async fn bare_yield() -> u8 {
        //~ ERROR
        yield danger();
    }

    #[async_gen]
    async fn head_of_a_bare_for_await() -> u8 {
        //~ ERROR
        for await item in danger::<futures::stream::Empty<u8>>() {
            yield item;
        }
    }
}

fn yielded_by_a_block() {
    let _block = async_gen_block! {
        //~ ERROR
        yield danger::<u8>();
    };
}

fn tail_of_a_block() {
    let _block = async_gen_block! {
        yield 1;
        //~ ERROR
        danger::<u8>()
    };
}

fn main() {}
