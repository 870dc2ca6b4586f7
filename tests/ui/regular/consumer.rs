//! Calls of a regular generator and of its handle.

use gen_runtime::{async_gen, generator, pin, sync};

#[generator]
fn items() -> u32 {
    yield_!(1);
}

struct NoDefault;

#[generator(send = NoDefault)]
fn echo() -> u32 {
    yield_!(1);
}

#[async_gen]
async fn waits() -> u32 {
    yield_!(1);
}

fn unpinned() {
    let mut items = items();
    //~ ERROR
    items.next();
}

fn looped() {
    //~ ERROR
    for _ in items() {}
}

fn values() {
    let mut items = sync::pin!(items());
    //~ ERROR
    items.throw("text");
    //~ ERROR
    let _ = items.try_next();
    //~ ERROR
    items.send(1);
    let mut echo = sync::pin!(echo());
    //~ ERROR
    echo.next();
    //~ ERROR
    for _ in echo {}
}

fn kinds() {
    let mut waiting = sync::pin!(waits());
    //~ ERROR
    waiting.next();
    //~ ERROR
    let _: sync::BoxGenerator<'_, u32> = sync::Handle::boxed(waits()).into();
    //~ ERROR
    let _: sync::BoxGenerator<'_, u32> = items();
}

async fn awaited() {
    let mut waiting = pin!(items());
    let _: Option<u32> = waiting.next().await;
    let mut regular = sync::pin!(items());
    //~ ERROR
    let _ = regular.next().await;
}

fn main() {}
