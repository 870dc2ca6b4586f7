//! Twice: as the path of a type, and as that of a macro.

//~ ERROR ERROR
#[gen_runtime::async_gen(crate = nowhere::gen_runtime)]
async fn items() -> u32 {
    yield_!(1);
}

fn main() {}
