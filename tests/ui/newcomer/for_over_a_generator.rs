use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

fn consume() {
    //~ ERROR
    for item in items() {
        println!("{item}");
    }
}

fn main() {}
