use gen_runtime::async_gen;

//~ ERROR
#[async_gen(returns = u8)]
async fn no_value() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(returns = u8)]
async fn semicolon() -> u32 {
    yield_!(1);
    5;
}

//~ ERROR
#[async_gen(returns = u8, throws = String)]
async fn no_value_of_a_body_that_throws() -> u32 {
    yield_!(1);
}

/// Nothing is wrong with these.
#[async_gen(returns = u8)]
async fn never_ends() -> u32 {
    loop {
        yield_!(1);
    }
}

#[async_gen(returns = u8)]
async fn panics() -> u32 {
    yield_!(1);
    panic!();
}

fn main() {}
