#[gen_runtime::async_gen]
//~ ERROR
async fn main() -> u32 {
    yield_!(1);
}
