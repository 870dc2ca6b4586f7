use gen_runtime::{generator, generator_block};

//~ ERROR ERROR ERROR
#[generator(yield = u32, sends = u8, throw = E)]
fn misspelt() -> u32 {
    yield_!(1);
}

//~ ERROR ERROR
#[generator(throws = u8, throws = u16, boxed, boxed)]
fn repeated() -> u32 {
    yield_!(1);
}

//~ ERROR
#[generator(local)]
fn local_alone() -> u32 {
    yield_!(1);
}

//~ ERROR
#[generator(boxed, bounds = Send)]
fn boxed_with_bounds() -> u32 {
    yield_!(1);
}

//~ ERROR
#[generator(yields = u32)]
fn of_a_block() -> u32 {
    yield_!(1);
}

//~ ERROR
#[generator(boxed)]
fn not_send(shared: std::rc::Rc<u32>) -> u32 {
    yield_!(*shared);
}

fn main() {
    let _ = generator_block! {
        //~ ERROR
        #![generator(boxed, yields = u8)]
        yield 1;
    };
    let _ = generator_block! {
        //~ ERROR
        #![allow(unused)]
        yield 1;
    };
    let _ = (misspelt(), repeated(), local_alone(), boxed_with_bounds());
}
