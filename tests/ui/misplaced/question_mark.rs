use gen_runtime::{async_gen, async_gen_block};

#[async_gen]
async fn items(text: &str) -> u32 {
    //~ ERROR
    yield_!(text.parse()?);
    let closure = || text.parse::<u32>().map_err(drop)?.checked_add(1).ok_or(());
    //~ ERROR
    let number: u32 = "1".parse()?;
    yield_!(number);
}

fn main() {
    let _block = async_gen_block! {
        //~ ERROR
        yield "1".parse::<u32>()?;
    };
}
