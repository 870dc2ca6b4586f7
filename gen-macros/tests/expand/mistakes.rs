#[async_gen(sends = u8)]
fn items(n: u32) -> u32 {
    yield_!(n);
}
