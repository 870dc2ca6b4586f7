//! The compiler refuses attributes there itself, in two ways.

use gen_runtime::async_gen;

fn main() {
    //~ ERROR ERROR
    let _closure = #[async_gen]
    //~ ERROR
    || 1;
}
