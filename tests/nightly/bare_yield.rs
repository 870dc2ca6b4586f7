use futures::StreamExt as _;
use gen_runtime::{async_gen, generator, pin, sync};
use probe::ready;

#[async_gen(send = u32)]
async fn bare(n: u32) -> u32 {
    let sent = yield n;
    let sent = 1 + yield sent;
    yield_!(sent);
    println!("{}", yield_!(sent + 1));
    yield (yield 100) + 1;
}

#[test]
fn bare_yields_and_macro_yields_may_be_mixed() {
    let mut items = pin!(bare(7));
    assert_eq!(ready(items.resume()), Some(7));
    assert_eq!(ready(items.send(3)), Some(3));
    assert_eq!(ready(items.send(4)), Some(5));
    assert_eq!(ready(items.send(0)), Some(6));
    assert_eq!(ready(items.send(0)), Some(100));
    assert_eq!(ready(items.send(50)), Some(51));
    assert_eq!(ready(items.send(0)), None);
}

#[async_gen]
async fn unit() {
    yield;
    #[for_await]
    for () in futures::stream::iter([()]) {
        yield
    }
}

#[test]
fn a_bare_yield_may_have_no_value() {
    assert_eq!(ready(unit().collect::<Vec<_>>()).len(), 2);
}

#[async_gen(throws = &'static str)]
async fn errors() -> u32 {
    yield Ok(1);
    yield Err("item");
    yield 2;
}

#[test]
fn a_bare_yield_may_yield_an_error() {
    let items: Vec<_> = ready(errors().collect());
    assert_eq!(items, [Ok(1), Err("item"), Ok(2)]);
}

#[generator(send = u32, throws = &'static str)]
fn regular(n: u32) -> u32 {
    let sent = 1 + yield n;
    yield_!(sent);
    println!("{:?}", attempt! { yield 100 });
    yield Err("item");
}

#[test]
fn bare_yields_work_in_a_regular_generator() {
    let mut items = sync::pin!(regular(7));
    assert_eq!(items.resume(), Some(Ok(7)));
    assert_eq!(items.send(4), Some(Ok(5)));
    assert_eq!(items.send(0), Some(Ok(100)));
    assert_eq!(items.throw("thrown"), Err("item"));
    assert_eq!(items.send(0), None);
}
