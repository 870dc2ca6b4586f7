use gen_runtime::{async_gen, pin};

#[async_gen]
async fn items() -> u32 {
    yield_!(1);
}

async fn consume() {
    let mut items = pin!(items());
    //~ ERROR
    while let Some(item) = items.next() {
        println!("{item}");
    }
}

fn main() {}
