use gen_runtime::async_gen;

#[async_gen(throws = String)]
async fn on_an_option() -> u32 {
    //~ ERROR
    yield_!(Some(1)?);
}

#[async_gen(throws = String)]
async fn on_a_number() -> u32 {
    //~ ERROR
    yield_!(1_u32?);
}

#[async_gen(throws = String)]
async fn missing() -> u32 {
    yield_!(1);
    //~ ERROR
    save().await
}

async fn save() -> Result<(), String> {
    Ok(())
}

fn main() {}
