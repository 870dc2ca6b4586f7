//! Values are yielded into the frame of the current poll, wherever awaits are hidden.
//!
//! Each generator awaits in the tokens of a macro, so that the body is suspended where the expansion cannot see it, and
//! yields after that on another path. The consumer polls it at another depth of the stack each time, so a write into the
//! frame of an earlier poll would hit the stack of something else: `AddressSanitizer` reports it, and the value is lost.

use std::future::Future;
use std::hint::black_box;
use std::pin::{Pin, pin as pin_future};
use std::task::{Context, Poll, Waker};

use gen_runtime::{AsyncGenerator, async_gen, async_gen_block, pin};

/// Pending once, then ready with a number.
#[derive(Default)]
struct Later(u32, bool);

impl Future for Later {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        if std::mem::replace(&mut self.1, true) {
            Poll::Ready(self.0)
        } else {
            Poll::Pending
        }
    }
}

fn later(n: u32) -> Later {
    Later(n, false)
}

/// Hides its await.
macro_rules! hidden {
    ($n:expr) => {
        later($n).await
    };
}

/// May hide an await, as any macro.
macro_rules! hidden_nothing {
    () => {};
}

/// Hides its tokens in those of another macro.
macro_rules! nested {
    ($($tokens:tt)*) => {
        hidden!(hidden!($($tokens)*))
    };
}

/// A macro of a known name that hides an await.
mod shadow {
    macro_rules! format {
        ($n:expr) => {
            crate::body::places::later($n).await
        };
    }
    pub(super) use format;
}

/// Polls a future with `depth` frames of a kilobyte between it and the caller.
#[inline(never)]
fn poll_at<F: Future>(future: Pin<&mut F>, depth: u32) -> Poll<F::Output> {
    let filler = black_box([depth; 256]);
    let poll = if depth == 0 {
        future.poll(&mut Context::from_waker(Waker::noop()))
    } else {
        poll_at(future, depth - 1)
    };
    black_box(&filler);
    poll
}

/// The items of a generator, each poll of which is at another depth of the stack.
fn items<G: AsyncGenerator<Yield = u32, Sent = (), Item = u32>>(generator: G) -> Vec<u32> {
    let mut handle = pin!(generator);
    let mut items = Vec::new();
    let mut depth = 0;
    loop {
        let mut call = pin_future!(handle.next());
        let item = loop {
            depth = (depth * 7 + 3) % 11;
            if let Poll::Ready(item) = poll_at(call.as_mut(), depth) {
                break item;
            }
        };
        match item {
            Some(item) => items.push(item),
            None => return items,
        }
    }
}

#[async_gen]
async fn statements() -> u32 {
    hidden!(0);
    yield_!(1);
    let n = nested!(2);
    yield_!(n);
    later(0).await;
    yield_!(3);
    yield_!(hidden!(4));
    yield_!(
        hidden!(4)
            + {
                yield_!(5);
                hidden!(0)
            }
            + 2
    );
    yield_!(7);
}

/// A statement that a `#[cfg]` removes assigns no place.
#[async_gen]
async fn configured_out() -> u32 {
    hidden!(0);
    #[cfg(any())]
    later(0).await;
    yield_!(1);
    hidden!(0);
    #[cfg(any())]
    let _ = later(0).await;
    yield_!(2);
    hidden!(0);
    #[cfg(any())]
    yield_!(3);
    yield_!(4);
}

/// Temporaries of several awaits in one statement, in a body and in regions without a place.
#[async_gen(throws = u8)]
async fn temporaries() -> usize {
    fn text() -> std::future::Ready<String> {
        std::future::ready(String::from("x"))
    }
    println!("{} {}", text().await, text().await);
    let n = attempt! { text().await.len() + text().await.len() }?;
    {
        defer! {
            let _ = text().await.len() + text().await.len();
        }
        if text().await.as_str() == "x" {
            drop(text().await);
        }
    }
    yield_!(n);
}

/// A value that is not `Send`, consumed by the yield after a macro.
#[async_gen]
async fn consumed() -> u32 {
    let rc = std::rc::Rc::new(1);
    hidden_nothing!();
    yield_!(take(rc));
    let rc = std::rc::Rc::new(2);
    hidden_nothing!();
    let () = yield_!(take(rc));
    yield_!(3);
}

fn take(rc: std::rc::Rc<u32>) -> u32 {
    std::rc::Rc::unwrap_or_clone(rc)
}

#[async_gen]
async fn branches(flag: bool) -> u32 {
    if hidden!(1) == 1 {
        yield_!(1);
    } else {
        yield_!(100);
    }
    match hidden!(2) {
        n @ 2 if hidden!(n) == 2 => yield_!(n),
        n => {
            yield_!(n);
        }
    }
    let Some(n) = Some(hidden!(3)).filter(|_| flag) else {
        yield_!(30);
        return;
    };
    yield_!(n);
    let block = 'label: {
        if hidden!(0) == 0 {
            break 'label 4;
        }
        yield_!(100);
        5
    };
    yield_!(block);
}

#[async_gen]
async fn back_edges() -> u32 {
    let mut n = 0;
    loop {
        yield_!(n);
        n += 1;
        if n < 3 && hidden!(n) == n {
            continue;
        }
        if n > 4 && hidden!(n) == n {
            break;
        }
        yield_!(n * 10);
    }
    yield_!(99);
    'outer: for m in 0..3 {
        yield_!(m);
        loop {
            yield_!(m + 10);
            if hidden!(m) == m {
                continue 'outer;
            }
        }
    }
    while hidden!(n) < 7 {
        yield_!(n);
        n += 1;
    }
    yield_!(98);
}

#[async_gen]
async fn by_shadowed_names() -> u32 {
    use shadow::format;
    format!(1);
    yield_!(1);
    let n = format!(later(2).await);
    yield_!(n);
    for m in 0..2 {
        yield_!(m);
        let _ = format!(m);
    }
    yield_!(3);
}

#[async_gen]
async fn by_macros_of_the_body() -> u32 {
    macro_rules! both {
        ($n:expr) => {{
            later($n).await;
            yield_!($n);
            later($n).await
        }};
    }
    both!(1);
    yield_!(2);
    let n = both!(3);
    yield_!(n);
    loop {
        yield_!(4);
        if both!(5) == 5 {
            break;
        }
    }
    yield_!(6);
}

#[async_gen(throws = u8)]
async fn regions_of_a_body() -> u32 {
    defer! {
        hidden!(0);
    }
    let n = attempt! {
        hidden!(0);
        yield_!(1);
        hidden!(2)
    }?;
    yield_!(n);
    for m in 0..2 {
        attempt! { yield_!(hidden!(m)) }?;
        yield_!(m);
        defer! {
            hidden!(0);
        }
        if hidden!(m) == 1 {
            continue;
        }
        yield_!(m + 10);
    }
    yield_!(3);
}

#[async_gen]
async fn loops_over_streams() -> u32 {
    #[for_await]
    for n in futures::stream::iter([1, 2]) {
        hidden!(n);
        yield_!(n);
        hidden!(n);
    }
    yield_!(3);
}

#[test]
fn after_hidden_awaits() {
    assert_eq!(items(statements()), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(items(configured_out()), [1, 2, 4]);
    assert_eq!(items(consumed()), [1, 2, 3]);
    assert_eq!(items(branches(true)), [1, 2, 3, 4]);
    assert_eq!(items(branches(false)), [1, 2, 30]);
    assert_eq!(
        items(back_edges()),
        [0, 1, 2, 30, 3, 40, 4, 99, 0, 10, 1, 11, 2, 12, 5, 6, 98]
    );
    assert_eq!(items(by_shadowed_names()), [1, 2, 0, 1, 3]);
    assert_eq!(items(by_macros_of_the_body()), [1, 2, 3, 3, 4, 5, 6]);
    assert_eq!(items(loops_over_streams()), [1, 2, 3]);
}

#[test]
fn after_hidden_awaits_in_regions() {
    let block = async_gen_block! {
        #![async_gen(yields = u32)]
        let mut items = pin!(regions_of_a_body());
        while let Some(item) = items.next().await {
            yield item.unwrap();
        }
    };
    assert_eq!(items(block), [1, 2, 0, 0, 10, 1, 1, 3]);
}

/// A stale place would be a raw pointer that lives across an await.
#[test]
fn generators_with_hidden_awaits_are_send() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&statements());
    is_send(&configured_out());
    is_send(&consumed());
    is_send(&temporaries());
    is_send(&branches(true));
    is_send(&back_edges());
    is_send(&by_shadowed_names());
    is_send(&by_macros_of_the_body());
    is_send(&regions_of_a_body());
    is_send(&loops_over_streams());
}
