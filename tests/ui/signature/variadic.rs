use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
async fn variadic(args: ...) -> u32 {
    yield_!(1);
}

#[async_gen]
//~ ERROR
async unsafe extern "C" fn foreign(args: ...) -> u32 {
    yield_!(1);
}

fn main() {
    let _ = variadic();
}
