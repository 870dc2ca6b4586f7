use gen_runtime::async_gen_items;

async fn not_a_generator() {
    //~ ERROR
    yield_!(1);
}

async_gen_items! {
    #[async_gen]
    async fn items() -> u32 {
        //~ ERROR
        let closure = || yield 1;
        yield 2;
    }
}

fn main() {}
