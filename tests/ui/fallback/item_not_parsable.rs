//! What is no function stays as it is: those who use it see it.

use gen_runtime::async_gen;

#[async_gen]
//~ ERROR
struct Struct {
    number: u32,
}

fn main() {
    let _: u32 = Struct { number: 1 }.number;
    //~ ERROR
    let _: u8 = Struct { number: 1 }.number;
}
