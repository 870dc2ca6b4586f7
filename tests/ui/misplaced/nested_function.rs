use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    fn function() {
        //~ ERROR
        yield_!(1);
    }
    struct Local;
    impl Local {
        async fn method(&self) {
            //~ ERROR
            yield_!(2);
        }
    }
    #[async_gen]
    async fn generator() -> u32 {
        yield_!(3);
    }
    yield_!(4);
}

fn main() {}
