//! In a body that throws, a `Result` at the end that is not written `Ok(..)` or `Err(..)` needs a `?`.

use gen_runtime::async_gen;

struct Failure;

async fn finish() -> Result<(), Failure> {
    Ok(())
}

fn length() -> Result<usize, Failure> {
    Ok(1)
}

#[async_gen(throws = Failure)]
async fn at_the_end() -> u32 {
    yield_!(1);
    //~ ERROR
    finish().await
}

#[async_gen(throws = Failure)]
async fn by_return(stop: bool) -> u32 {
    if stop {
        //~ ERROR
        return "1".parse::<u8>().map(drop).map_err(|_| Failure);
    }
    yield_!(1);
}

#[async_gen(throws = Failure, returns = usize)]
async fn with_a_value(stop: bool) -> u32 {
    if stop {
        //~ ERROR
        return length();
    }
    yield_!(1);
    //~ ERROR
    length().map(|n| n + 1)
}

/// All of these are right.
#[async_gen(throws = Failure, returns = Box<dyn std::fmt::Debug>)]
async fn right(way: u8) -> u32 {
    yield_!(1);
    match way {
        0 => return Box::new(5),
        1 => return Ok(Box::new("text")),
        2 => return Err(Failure),
        3 => return Box::new(length()?),
        4 => return panic!(),
        _ => {}
    }
    Box::new([1])
}

#[async_gen(throws = Failure)]
async fn also_right(way: u8) -> u32 {
    yield_!(1);
    match way {
        0 => return drop(way),
        1 => return finish().await?,
        2 => return std::process::exit(1),
        3 => return (),
        4 => return todo!(),
        _ => {}
    }
    Err(Failure)?
}

fn main() {}
