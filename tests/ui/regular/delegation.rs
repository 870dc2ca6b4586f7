//! Inner generators that do not fit. For a type that is no generator of either kind, rustc reports both bounds, and one of
//! them again at the attribute.

use gen_runtime::{BoxGenerator, async_gen, generator, pin};

#[async_gen]
async fn waits() -> u32 {
    yield_!(std::future::ready(1).await);
}

#[async_gen(boxed)]
async fn boxed() -> u32 {
    yield_!(1);
}

#[generator]
fn of_an_async_generator() -> u32 {
    //~ ERROR
    yield_from!(waits());
}

#[generator]
fn of_a_boxed_async_generator() -> u32 {
    //~ ERROR
    yield_from!(boxed());
}

#[generator]
fn of_an_async_handle(inner: &mut BoxGenerator<'_, u32>) -> u32 {
    //~ ERROR
    yield_from!(inner);
}

#[generator]
fn of_an_async_handle_of_a_regular_one() -> u32 {
    //~ ERROR
    yield_from!(pin!(numbers()));
}

#[generator]
fn numbers() -> u32 {
    yield_!(1);
}

//~ ERROR
#[generator]
fn of_an_iterator() -> u32 {
    //~ ERROR ERROR
    yield_from!(0..3);
}

#[generator]
fn all_of_a_number() -> u32 {
    //~ ERROR
    yield_all!(5);
}

#[generator]
fn all_of_a_generator_without_a_handle() -> u32 {
    //~ ERROR
    yield_all!(numbers());
}

#[generator]
fn all_of_a_stream() -> u32 {
    //~ ERROR
    yield_all!(futures::stream::iter([1]));
}

#[generator]
fn all_of_another_type() -> u64 {
    //~ ERROR
    yield_all!([1_u32]);
}

#[generator]
fn results_without_throws() -> u32 {
    //~ ERROR
    yield_all!([Ok::<u32, String>(1)]);
}

#[generator(throws = u64)]
fn results_of_another_error() -> u32 {
    //~ ERROR
    yield_all!([Ok::<u32, String>(1)]);
}

fn main() {}
