//! `-> impl Iterator` would be a generator of iterators, and warns.

#![deny(deprecated)]

use gen_runtime::generator;

#[generator]
//~ ERROR
fn items() -> impl Iterator<Item = u32> {
    yield_!([1].into_iter());
}

#[generator]
#[allow(deprecated)]
fn meant() -> impl Iterator<Item = u32> {
    yield_!([1].into_iter());
}

fn main() {
    let _ = (items(), meant());
}
