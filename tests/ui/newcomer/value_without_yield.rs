use gen_runtime::async_gen;

#[async_gen]
async fn items() -> u32 {
    //~ ERROR
    5
}

fn main() {}
