use gen_runtime::{async_gen, async_gen_block, pin};

#[async_gen(throws = String)]
async fn visible() -> u32 {
    defer! {
        //~ ERROR
        yield_!(1);
    }
    yield_!(2);
}

#[async_gen(throws = String)]
async fn in_an_attempt_in_it() -> u32 {
    defer! {
        //~ ERROR
        let _ = attempt! { yield_!(1) };
    }
    yield_!(2);
}

#[async_gen(throws = String)]
async fn in_another_in_it() -> u32 {
    defer! {
        //~ ERROR
        defer! { yield_!(1); }
        //~ ERROR
        yield_!(2);
    }
    yield_!(3);
}

#[async_gen]
async fn hidden() -> u32 {
    defer! {
        //~ ERROR
        println!("{:?}", yield_!(1));
    }
    yield_!(2);
}

fn main() {
    let _ = visible();
    let _ = in_an_attempt_in_it();
    let _ = in_another_in_it();
    let _ = hidden();
    let _ = pin!(async_gen_block! {
        defer! {
            //~ ERROR
            yield 1;
            //~ ERROR
            println!("{:?}", yield 2);
        }
        yield 3;
    });
}
