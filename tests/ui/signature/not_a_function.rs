use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
struct Struct {
    field: u32,
}

#[async_gen]
//~ ERROR
impl Struct {}

#[async_gen]
//~ ERROR
mod module {}

fn main() {
    let _ = Struct { field: 1 };
}
