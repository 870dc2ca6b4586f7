use gen_runtime::async_gen;

//~ ERROR
#[async_gen(local)]
async fn local_alone() -> u32 {
    yield_!(1);
}

//~ ERROR
#[async_gen(boxed, bounds = Send)]
async fn boxed_with_bounds() -> u32 {
    yield_!(1);
}

fn main() {
    let _ = (local_alone(), boxed_with_bounds());
}
