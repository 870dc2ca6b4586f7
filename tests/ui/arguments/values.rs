use gen_runtime::async_gen;

//~ ERROR
#[async_gen(throws)]
async fn missing_value() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(send =)]
async fn empty_value() -> u32 {
    yield_!(1);
}

//~ ERROR ERROR ERROR ERROR
#[async_gen(throws = "text", returns = 3 + 4, bounds = 5, crate = 7)]
async fn wrong_values() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(boxed = true)]
async fn flag_with_value() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(send = u8 throws = u8)]
async fn missing_comma() -> u32 {
    yield_!(1);
}

//~ ERROR ERROR ERROR
#[async_gen("text", , 4)]
async fn not_arguments() -> u32 {
    yield_!(1);
}

fn main() {}
