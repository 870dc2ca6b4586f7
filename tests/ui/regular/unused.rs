//! A generator that is not used does nothing, so it warns.

#![deny(unused_must_use)]

use gen_runtime::{generator, sync};

#[generator]
fn items() -> u32 {
    yield_!(1);
}

#[generator(boxed)]
fn boxed() -> u32 {
    yield_!(1);
}

fn main() {
    //~ ERROR
    items();
    //~ ERROR
    boxed();
    //~ ERROR
    sync::Handle::boxed(items());
}
