//! A generator that a scope cannot adopt.

use std::rc::Rc;

use gen_runtime::{Scope, async_gen};

#[async_gen]
async fn not_send() -> u32 {
    let rc = Rc::new(1);
    yield_!(*rc);
    yield_!(*rc);
}

#[derive(Debug)]
struct NoError;

#[async_gen(throws = NoError)]
async fn no_error() -> u32 {
    yield_!(1);
}

fn main() {
    let scope = Scope::new();
    //~ ERROR
    scope.adopt(not_send());
    //~ ERROR
    scope.adopt(no_error());
}
