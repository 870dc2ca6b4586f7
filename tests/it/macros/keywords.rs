//! The macros of bodies are exported for their documentation. A body means the same whether their names are
//! imported by a glob, one by one, renamed, or not at all, and when it calls them by their paths.

use std::future::ready as immediately;

use futures::StreamExt as _;
use probe::{Log, ready};

/// Passes tokens through. A `yield_!` in them calls the `macro_rules!` that the body defines.
macro_rules! identity {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// Defines the same body in modules with different imports.
macro_rules! with_imports {
    ($($module:ident { $($import:item)* } [$($krate:tt)*])*) => {$(
        mod $module {
            #[allow(unused_imports, reason = "tests these imports")]
            use super::*;
            $(#[allow(unused_imports, reason = "tests these imports")] $import)*

            #[::gen_runtime::async_gen(throws = u8, $($krate)*)]
            pub(super) async fn body(log: &Log) -> u32 {
                defer! {
                    immediately(()).await;
                    log.push(stringify!($module));
                }
                yield_!(1);
                let caught = attempt! { yield_!(Err(2)); Err::<u8, _>(3)? };
                yield_result!(caught.map(u32::from));
                #[for_await]
                for n in futures::stream::iter([4]) {
                    yield_!(n);
                }
                identity!(yield_!(5));
                identity!(yield_!(Err(6)));
                identity!(yield_result!(Ok(7)));
                println!("{:?}", yield_!(8));
                tokio::select! { n = immediately(9) => yield_!(n) }
            }
        }
    )*

    #[test]
    fn a_body_means_the_same_with_any_imports() {$(
        let log = Log::default();
        let items: Vec<Result<u32, u8>> = ready($module::body(&log).collect());
        let expected = [Ok(1), Err(2), Err(3), Ok(4), Ok(5), Err(6), Ok(7), Ok(8), Ok(9)];
        assert_eq!(items, expected, stringify!($module));
        assert_eq!(log.take(), stringify!($module));
    )*}
    };
}

with_imports! {
    nothing {} []
    glob { use gen_runtime::*; } []
    each { use gen_runtime::{attempt, defer, for_await, yield_, yield_result}; } []
    renamed { use gen_runtime::{attempt as defer, defer as attempt, yield_ as yield_result, yield_result as yield_}; } []
    reexported { use facade::gen_runtime::*; } [crate = ::facade::gen_runtime]
    others { use std::{print as attempt, println as defer, vec as yield_, dbg as yield_result}; } []
}

/// Calls the macros by their paths.
#[gen_runtime::async_gen(throws = u8)]
async fn by_path(log: &Log) -> u32 {
    gen_runtime::defer! {
        log.push("deferred");
    }
    gen_runtime::yield_!(1);
    let _ = ::gen_runtime::attempt!({
        gen_runtime::yield_!(Err(2));
    });
    gen_runtime::yield_result!(Ok(3));
}

#[gen_runtime::async_gen(crate = facade::gen_runtime)]
async fn by_the_path_of_another_crate() -> u32 {
    facade::gen_runtime::yield_!(1);
    println!("{:?}", facade::gen_runtime::yield_!(2));
}

#[test]
fn the_macros_may_be_called_by_their_paths() {
    let log = Log::default();
    let items: Vec<_> = ready(by_path(&log).collect());
    assert_eq!(items, [Ok(1), Err(2), Ok(3)]);
    assert_eq!(log.take(), "deferred");
    let items: Vec<_> = ready(by_the_path_of_another_crate().collect());
    assert_eq!(items, [1, 2]);
}

/// Blocks in parentheses, which rustfmt formats.
#[gen_runtime::async_gen(throws = &'static str)]
async fn in_parentheses(log: &Log) -> u32 {
    let n = attempt!({
        defer!({
            log.push("inner");
        });
        yield_!(1);
        2
    });
    yield_!(n?);
    defer!({
        immediately(()).await;
        log.push("outer");
    });
    for n in 3.. {
        if attempt!({ yield_!(n) }) == Err("stop") {
            return;
        }
    }
}

#[test]
fn a_region_may_be_a_block_in_parentheses() {
    let log = Log::default();
    let mut items = gen_runtime::pin!(in_parentheses(&log));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.next()), Some(Ok(2)));
    assert_eq!(log.take(), "inner");
    assert_eq!(ready(items.next()), Some(Ok(3)));
    assert_eq!(ready(items.throw("other")), Ok(Some(4)));
    assert_eq!(ready(items.throw("stop")), Ok(None));
    assert_eq!(log.take(), "outer");
}

/// Calls another macro named `defer` by its path.
#[gen_runtime::async_gen]
async fn others_by_path(log: &Log) -> u32 {
    mod other {
        macro_rules! defer {
            ($log:ident) => {
                $log.push("not deferred")
            };
        }
        pub(crate) use defer;
    }
    other::defer!(log);
    yield_!(1);
}

#[test]
fn a_macro_with_another_path_keeps_its_meaning() {
    let log = Log::default();
    let mut items = gen_runtime::pin!(others_by_path(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(log.take(), "not deferred");
}
