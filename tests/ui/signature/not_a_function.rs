use gen_runtime::async_gen;

#[async_gen]
struct Struct {
    field: u32,
}

#[async_gen]
impl Struct {}

#[async_gen]
mod module {}

fn main() {
    let _ = Struct { field: 1 };
}
