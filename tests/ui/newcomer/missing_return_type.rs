use gen_runtime::async_gen;

#[async_gen]
async fn items() {
    //~ ERROR
    yield_!(1);
}

fn main() {}
