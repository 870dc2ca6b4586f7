use std::rc::Rc;

use gen_runtime::async_gen;

//~ ERROR
#[async_gen(boxed)]
async fn argument_not_send(shared: Rc<u32>) -> u32 {
    yield_!(*shared);
}

//~ ERROR
#[async_gen(boxed)]
async fn type_parameter_not_send<T>(value: T) -> T {
    yield_!(value);
}

fn main() {}
