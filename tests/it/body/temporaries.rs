//! The temporaries of a yielded value are dropped before the body is suspended. So a lock taken for the
//! value is free while the consumer has the item, and the generator is `Send`.

use std::future::ready;
use std::sync::Mutex;

use gen_runtime::{AsyncGenerator, async_gen, async_gen_block, pin};

type Shared = Mutex<Vec<usize>>;

#[async_gen]
async fn statement(shared: &Shared) -> usize {
    yield_!(shared.lock().unwrap().len());
}

#[async_gen]
async fn tail(shared: &Shared) -> usize {
    yield_!(shared.lock().unwrap().len())
}

#[async_gen]
async fn behind_an_await(shared: &Shared) -> usize {
    yield_!(ready(1).await + shared.lock().unwrap().len());
}

#[async_gen]
async fn behind_a_yield(shared: &Shared) -> usize {
    yield_!({
        yield_!(shared.lock().unwrap().len());
        shared.lock().unwrap().len()
    });
}

#[async_gen]
async fn argument(shared: &Shared) -> usize {
    let ((), _) = (yield_!(shared.lock().unwrap().len()), 1);
}

#[async_gen]
async fn scrutinee(shared: &Shared) -> usize {
    match yield_!(shared.lock().unwrap().len()) {
        () if shared.lock().unwrap().is_empty() => {}
        () => yield_!(shared.lock().unwrap()[0]),
    }
}

#[async_gen]
async fn in_a_macro(shared: &Shared) -> String {
    yield_!(format!("{}", shared.lock().unwrap().len()));
}

#[async_gen]
async fn in_the_tokens_of_a_macro(shared: &Shared) -> usize {
    macro_rules! identity {
        ($($tokens:tt)*) => { $($tokens)* };
    }
    identity!(yield_!(shared.lock().unwrap().len()));
    println!("{:?}", yield_!(shared.lock().unwrap().len()));
}

#[async_gen]
async fn handler(shared: &Shared) -> usize {
    tokio::select! {
        n = ready(shared.lock().unwrap().len()) => yield_!(n + shared.lock().unwrap().len()),
    }
}

#[async_gen(throws = u8)]
async fn in_regions(shared: &Shared) -> usize {
    defer! {
        drop(shared.lock().unwrap());
    }
    let _ = attempt! { yield_!(shared.lock().unwrap().len()) };
    yield_!(shared.lock().unwrap().iter().copied().next().ok_or(1_u8)?);
}

fn block(shared: &Shared) -> impl AsyncGenerator<Yield = usize, Sent = (), Item = usize> + Send {
    async_gen_block! {
        yield shared.lock().unwrap().len();
    }
}

/// Asserts that the lock is free while the consumer has each item, and that the generator is `Send`.
macro_rules! assert_free {
    ($($name:ident)*) => {$(
        let shared = Mutex::new(vec![0; 3]);
        let generator = $name(&shared);
        let _: &dyn Send = &generator;
        let mut items = pin!(generator);
        let mut count = 0;
        while probe::ready(items.next()).is_some() {
            assert!(shared.try_lock().is_ok(), "{} {count}", stringify!($name));
            count += 1;
        }
        assert!(count > 0);
    )*};
}

#[test]
fn a_lock_is_free_while_the_consumer_has_the_item() {
    assert_free! {
        statement tail behind_an_await behind_a_yield argument scrutinee in_a_macro in_the_tokens_of_a_macro
        handler in_regions block
    }
}

#[async_gen(send = usize)]
async fn sent(shared: &Shared) -> usize {
    let n = yield_!(shared.lock().unwrap().len());
    let m = yield_!(n + shared.lock().unwrap().len());
    shared.lock().unwrap().push(m);
}

#[test]
fn a_lock_is_free_when_a_value_is_sent() {
    let shared = Mutex::default();
    let mut items = pin!(sent(&shared));
    assert_eq!(probe::ready(items.resume()), Some(0));
    assert!(shared.try_lock().is_ok());
    assert_eq!(probe::ready(items.send(7)), Some(7));
    assert!(shared.try_lock().is_ok());
    assert_eq!(probe::ready(items.send(8)), None);
    assert_eq!(*shared.lock().unwrap(), [8]);
}

/// Yields items that borrow from values that outlive the body.
#[async_gen]
async fn borrowed(text: &str) -> &str {
    yield_!(&text[1..]);
    yield_!(["constant"][String::new().len()]);
    yield_!(text.strip_prefix(&String::from("t")).unwrap());
    yield_!({
        let pattern = String::from("x");
        text.split_once(&pattern).unwrap().0
    });
}

#[test]
fn items_may_borrow_from_everything_that_outlives_the_body() {
    let items: Vec<_> = probe::ready(futures::StreamExt::collect(borrowed("text")));
    assert_eq!(items, ["ext", "constant", "ext", "te"]);
}

/// The type of the item is known where its value is evaluated.
#[async_gen]
async fn coerced() -> Box<dyn Fn(u32) -> u32> {
    yield_!(Box::new(|n| n + 1));
    yield_!(Box::new(if ready(true).await { |n| n + 2 } else { |n| n }));
    println!("{:?}", yield_!(Box::new(|n| n + 3)));
}

#[test]
fn a_value_is_coerced_to_the_type_of_the_item() {
    let items: Vec<_> = probe::ready(futures::StreamExt::collect(coerced()));
    let values: Vec<_> = items.iter().map(|add| add(10)).collect();
    assert_eq!(values, [11, 12, 13]);
}
