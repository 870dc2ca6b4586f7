//! `bounds` are promised by the signature, and checked in the body.

use std::rc::Rc;

use gen_runtime::async_gen;

#[async_gen(bounds = Send)]
//~ ERROR
async fn not_send() -> u32 {
    let shared = Rc::new(1);
    yield_!(*shared);
}

//~ ERROR
#[async_gen(bounds = 'static)]
async fn not_static(text: &str) -> usize {
    yield_!(text.len());
}

fn main() {}
