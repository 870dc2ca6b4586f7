use gen_runtime::{State, async_gen_items, generator, generator_block, sync};

#[generator]
fn up_to(n: u32) -> u32 {
    for i in 1..=n {
        yield_!(i);
    }
}

#[generator(send = u32, throws = &'static str, returns = usize)]
fn all(text: &str) -> u32 {
    let mut n = 0;
    defer! { n += 1; }
    match attempt! { yield_!(1) } {
        Ok(v) => {
            yield_!(v);
        }
        Err(e) => {
            if e == "x" {
                Err(e)?;
            }
        }
    }
    let k = yield_from!(inner());
    yield_all!([k, 7]);
    println!("{}", yield_!(8));
    text.len()
}
#[generator(send = u32, throws = &'static str, returns = u32)]
fn inner() -> u32 {
    yield_!(5)
}

#[generator(boxed)]
fn tree(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        yield_from!(tree(depth - 1));
        yield_from!(tree(depth - 1));
    }
}

async_gen_items! {
    #[generator]
    fn bare(n: u32) -> u32 { for i in 0..n { yield i; } }
}

#[test]
fn smoke() {
    assert_eq!(sync::pin!(up_to(3)).sum::<u32>(), 6);
    let mut g = sync::pin!(all("abc"));
    assert_eq!(g.resume(), Some(Ok(1)));
    assert_eq!(g.throw("y"), Ok(Some(5)));
    assert_eq!(g.send(9), Some(Ok(9)));
    assert_eq!(g.send(9), Some(Ok(7)));
    assert_eq!(g.send(9), Some(Ok(8)));
    assert_eq!(g.send(9), None);
    assert_eq!(g.take_return(), Some(3));
    assert_eq!(g.state(), State::Finished);
    assert_eq!(tree(2).collect::<Vec<_>>(), [2, 1, 0, 0, 1, 0, 0]);
    assert_eq!(sync::pin!(bare(3)).collect::<Vec<_>>(), [0, 1, 2]);
    let k = 3;
    let b = sync::pin!(generator_block! { for i in 0..k { yield i; } });
    assert_eq!(b.count(), 3);
}
