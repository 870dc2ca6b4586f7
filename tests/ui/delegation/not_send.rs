//! A generator that delegates to one that is not `Send` is not `Send`.

use std::rc::Rc;

use gen_runtime::{LocalBoxGenerator, async_gen, async_gen_block};

fn is_send<T: Send>(_: T) {}

#[async_gen]
async fn of_a_local_one(inner: LocalBoxGenerator<'static, u32>) -> u32 {
    yield_from!(inner);
}

//~ ERROR
#[async_gen(boxed)]
async fn boxed(inner: LocalBoxGenerator<'static, u32>) -> u32 {
    yield_from!(inner);
}

fn anonymous() {
    let local = async_gen_block! {
        let shared = Rc::new(1);
        yield *shared;
    };
    let outer = async_gen_block! {
        yield_from!(local);
        yield 2;
    };
    //~ ERROR
    is_send(outer);
}

fn named(inner: LocalBoxGenerator<'static, u32>) {
    //~ ERROR
    is_send(of_a_local_one(inner));
}

fn main() {}
