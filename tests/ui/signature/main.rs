#[gen_runtime::async_gen]
async fn main() -> u32 {
    yield_!(1);
}
