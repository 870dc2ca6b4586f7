use gen_runtime::async_gen;

/// Only a trait may leave the body to others.
//~ ERROR
#[async_gen]
async fn items() -> u32;

fn main() {
    let _ = items();
}
