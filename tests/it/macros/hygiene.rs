//! Names in user code do not collide with names in expansions.

/// Items whose names would collide with those of a careless expansion.
mod hostile_names {
    #![allow(nonstandard_style, unused, reason = "tests these names")]

    mod core {}
    mod std {}
    mod alloc {}
    mod gen_runtime {}
    struct Result;
    struct Option;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Body;
    struct Plain;
    struct Throws;
    struct Regions;
    struct Either;
    struct Left;
    fn attempt() {}
    fn guard() {}
    fn cleanup() {}
    const exit: u8 = 4;
    const error: u8 = 5;
    struct Infallible;
    struct Handle;
    struct Future;
    struct Poll;
    struct FusedStream;
    struct Box;
    struct Send;
    trait AsyncGenerator {}
    trait Iterator {}
    fn pin() {}
    fn drop() {}
    fn body() {}
    fn unreachable() {}
    const item: u8 = 1;
    const stream: u8 = 2;
    static value: u8 = 3;

    macro_rules! pin {
        ($($tokens:tt)*) => {
            compile_error!("a macro of the user's")
        };
    }
    macro_rules! __yield {
        ($($tokens:tt)*) => {
            compile_error!("a macro of the user's")
        };
    }

    #[::gen_runtime::async_gen(throws = u8, returns = u16)]
    pub(super) async fn plain(source: impl ::futures::Stream<Item = u32>) -> u32 {
        #[for_await]
        for number in source {
            if number == 0 {
                return 7;
            }
            yield_!(number);
            ::std::future::ready(()).await;
            ::std::vec![yield_!(number + 1)];
        }
        ::std::result::Result::Err(3)?;
        8
    }

    #[::gen_runtime::async_gen(throws = u8, returns = u16)]
    pub(super) async fn regions() -> u32 {
        loop {
            defer! {
                ::std::future::ready(()).await;
            }
            let caught = attempt! {
                defer! {
                    ::std::future::ready(()).await;
                }
                match yield_!(1) {
                    () if 1 > 2 => continue,
                    () if 1 > 3 => break,
                    () if 1 > 4 => ::std::result::Result::Err(5)?,
                    () => return 6,
                }
            };
            caught?;
        }
        7
    }

    #[::gen_runtime::async_gen(boxed)]
    pub(super) async fn boxed(text: &str) -> usize {
        yield_!(text.len());
    }

    #[::gen_runtime::generator(throws = u8, returns = u16)]
    pub(super) fn regular(list: &[u32]) -> u32 {
        defer! { ::std::vec::Vec::<u8>::new().clear(); }
        yield_all!(list.iter().copied());
        yield_from!(regular_boxed("four"));
        let caught = attempt! { ::std::vec![yield_!(1)] };
        caught?;
        ::std::result::Result::Err(3)?;
        8
    }

    #[::gen_runtime::generator(boxed)]
    fn regular_boxed(text: &str) -> u32 {
        yield_!(::std::convert::TryInto::try_into(text.len()).unwrap());
    }
}

#[test]
fn items_in_scope_may_have_any_name() {
    let source = futures::stream::iter([1, 0]);
    let mut items = gen_runtime::pin!(hostile_names::plain(source));
    assert_eq!(probe::ready(items.next()), Some(Ok(1)));
    assert_eq!(probe::ready(items.next()), Some(Ok(2)));
    assert_eq!(probe::ready(items.next()), None);
    assert_eq!(items.take_return(), Some(7));
    let mut items = gen_runtime::pin!(hostile_names::plain(futures::stream::empty()));
    assert_eq!(probe::ready(items.next()), Some(Err(3)));
    assert_eq!(probe::ready(hostile_names::boxed("four").next()), Some(4));
    let mut items = gen_runtime::pin!(hostile_names::regions());
    assert_eq!(probe::ready(items.next()), Some(Ok(1)));
    assert_eq!(probe::ready(items.next()), None);
    assert_eq!(items.take_return(), Some(6));
    let items: Vec<_> = gen_runtime::sync::pin!(hostile_names::regular(&[7])).collect();
    assert_eq!(items, [Ok(7), Ok(4), Ok(1), Err(3)]);
}

/// Replaces names that are in scope without an import.
mod hostile_prelude {
    #![allow(nonstandard_style, unused, reason = "tests these names")]

    use ::core::primitive::{char as Char, u8 as Byte, usize as Size};

    struct bool;
    struct u8;
    struct usize;
    struct str;
    struct char;
    struct String;
    struct Vec;
    struct Pin;
    struct Unpin;
    struct Sync;
    struct Sized;
    struct Default;
    struct From;
    struct Into;
    struct IntoIterator;
    struct IntoFuture;
    struct FnOnce;
    struct Drop;
    struct Machine;
    struct State;
    struct Stream;
    struct BoxTryGenerator;
    struct Context;
    struct Waker;
    struct PhantomData;
    struct ControlFlow;
    mod __private {}
    mod futures {}
    mod task {}

    macro_rules! hostile {
        ($d:tt $($name:ident)*) => {$(
            macro_rules! $name {
                ($d($d tokens:tt)*) => {
                    compile_error!("a macro of the user's")
                };
            }
        )*};
    }
    hostile!($ body matches panic unreachable assert format write todo attempt defer region exit);

    pub(super) trait Source {
        #[::gen_runtime::async_gen(boxed, throws = Byte, returns = Size)]
        async fn items(&self, text: &::core::primitive::str) -> Char
        where
            Self: ::core::marker::Sync,
        {
            defer! {
                ::core::future::ready(()).await;
            }
            for letter in text.chars() {
                let caught = attempt! { yield_!(letter) };
                if caught.is_err() {
                    return text.len();
                }
                ::std::println!("{:?}", yield_!('.'));
            }
            ::core::result::Result::Err(1)?
        }
    }

    impl Source for () {}

    #[::gen_runtime::generator(boxed, throws = Byte)]
    pub(super) fn regular(text: &::core::primitive::str) -> Char {
        defer! { () }
        yield_all!(text.chars());
        ::std::println!("{:?}", attempt! { yield_!('.') }?);
        yield_from!(::gen_runtime::generator_block! { yield '!'; });
    }

    pub(super) fn block() -> impl ::gen_runtime::AsyncGenerator<Yield = Byte, Sent = (), Item = Byte>
    {
        ::gen_runtime::async_gen_block! {
            for await number in ::gen_runtime::async_gen_block! { yield 1; } {
                yield number;
                ::std::println!("{:?}", yield number + 1);
            }
        }
    }
}

#[test]
fn types_traits_and_macros_of_the_prelude_may_be_shadowed() {
    use hostile_prelude::Source as _;

    let mut items = ().items("ab");
    assert_eq!(probe::ready(items.next()), Some(Ok('a')));
    assert_eq!(probe::ready(items.next()), Some(Ok('.')));
    assert_eq!(probe::ready(items.next()), Some(Ok('b')));
    assert_eq!(probe::ready(items.throw(7)), Ok(None));
    assert_eq!(items.take_return(), Some(2));
    let mut items = ().items("");
    assert_eq!(probe::ready(items.next()), Some(Err(1)));
    let items: Result<String, _> = hostile_prelude::regular("ab").collect();
    assert_eq!(items.as_deref(), Ok("ab.!"));
    let mut items = gen_runtime::pin!(hostile_prelude::block());
    assert_eq!(probe::ready(items.next()), Some(1));
    assert_eq!(probe::ready(items.next()), Some(2));
    assert_eq!(probe::ready(items.next()), None);
}

mod parameters {
    #![allow(nonstandard_style, reason = "tests these names")]

    use gen_runtime::{async_gen, generator};

    /// Generic parameters whose names would collide with those of a careless expansion.
    #[async_gen(throws = E, returns = R)]
    pub(super) async fn plain<'body, 'life, Y, S, E, R, G, F, P, const N: usize>(
        item: &'body Y,
        fail: F,
        value: G,
        _: [S; N],
        _: &'life P,
    ) -> &'body Y
    where
        F: FnOnce() -> Option<E>,
        G: FnOnce() -> R,
    {
        yield_!(item);
        println!("{:?}", yield_!(item));
        if let Some(error) = fail() {
            Err(error)?;
        }
        value()
    }

    /// The same names, in a regular generator.
    #[generator(throws = E, returns = R)]
    pub(super) fn regular<'body, Y, S, E, R, G, F, P, const N: usize>(
        item: &'body Y,
        fail: F,
        value: G,
        _: [S; N],
        _: &P,
    ) -> &'body Y
    where
        F: FnOnce() -> Option<E>,
        G: FnOnce() -> R,
    {
        yield_!(item);
        yield_all!([item]);
        if let Some(error) = fail() {
            Err(error)?;
        }
        value()
    }

    #[async_gen(boxed, returns = usize)]
    pub(super) async fn boxed<'a, 'b, Handle, Generator: Sync, const body: usize>(
        one: &'a Handle,
        other: &'b [Generator; body],
        next: &'_ (),
    ) -> (&'a Handle, &'b Generator)
    where
        Handle: Sync,
    {
        for other in other {
            yield_!((one, other));
        }
        let () = next;
        body
    }
}

#[test]
fn generic_parameters_may_have_any_name() {
    let mut items = gen_runtime::pin!(parameters::plain(&1, || Some('e'), || 5, [0; 3], &()));
    assert_eq!(probe::ready(items.next()), Some(Ok(&1)));
    assert_eq!(probe::ready(items.next()), Some(Ok(&1)));
    assert_eq!(probe::ready(items.next()), Some(Err('e')));
    let regular = parameters::regular(&1, || Some('e'), || 5, [0; 3], &());
    let items: Vec<_> = gen_runtime::sync::pin!(regular).collect();
    assert_eq!(items, [Ok(&1), Ok(&1), Err('e')]);
    let none = || None::<()>;
    let mut items = gen_runtime::pin!(parameters::plain(&1, none, || 5, [0; 3], &()));
    while probe::ready(items.next()).is_some() {}
    assert_eq!(items.take_return(), Some(5));
    let mut items = parameters::boxed(&'a', &[1, 2], &());
    assert_eq!(probe::ready(items.next()), Some((&'a', &1)));
    assert_eq!(probe::ready(items.next()), Some((&'a', &2)));
    assert_eq!(probe::ready(items.next()), None);
    assert_eq!(items.take_return(), Some(2));
}

mod traits {
    use futures::Stream;
    use gen_runtime::{async_gen, async_gen_block, generator, sync};

    /// Defines a trait that has these methods and is implemented by every type.
    macro_rules! on_everything {
        ($name:ident $receiver:tt $($method:ident)*) => {
            #[allow(dead_code, clippy::wrong_self_convention, reason = "tests that they are not called")]
            trait $name {
                $(fn $method $receiver -> std::future::Ready<u8>
                where
                    Self: Sized,
                {
                    unreachable!("a method of the user's")
                })*
            }

            impl<T> $name for T {}
        };
    }

    /// Defines such traits with the names of all methods that an expansion calls.
    macro_rules! on_everything_by {
        ($($name:ident $receiver:tt)*) => {$(
            on_everything! {
                $name $receiver
                as_mut attempt boxed boxed_local boxed_local_regular boxed_regular cleanup closes delegate delegate_sending ended enter forwarded
                generator guard here in_place inner item lend never never_output never_return next placed put put_item
                receive regular returned source stream suspend value wait yield_
            }
        )*};
    }

    on_everything_by! { ByValue(self) ByReference(&self) ByMutableReference(&mut self) }

    #[async_gen(throws = u8, returns = u8)]
    pub(super) async fn items(argument: impl Stream<Item = u32>) -> u32 {
        #[for_await]
        for item in argument {
            yield_!(item);
            std::future::ready(()).await;
            println!("{:?} {:?}", yield_!(item), std::future::ready(1).await);
        }
        defer! {
            std::future::ready(()).await;
        }
        for n in 0..2 {
            attempt! {
                if n == 1 {
                    break;
                }
                yield_!(5);
            }?;
        }
        tokio::select! {
            n = std::future::ready(6) => yield_!(n),
        }
        drop(vec![yield_!({ 7 })]);
        #[for_await]
        for item in Some(8).map(|n| futures::stream::iter([n])).unwrap() {
            yield_!(item);
        }
        9
    }

    #[async_gen(boxed)]
    pub(super) async fn boxed() -> u32 {
        yield_!(1);
    }

    #[async_gen(boxed, local)]
    pub(super) async fn boxed_local() -> u32 {
        yield_!(2);
    }

    pub(super) fn block() -> impl Stream<Item = u32> {
        async_gen_block! {
            yield 3;
        }
    }

    #[async_gen(throws = u8)]
    pub(super) async fn delegates() -> u32 {
        yield_from!(boxed());
        yield_all!(block());
        #[for_await(close)]
        for n in boxed_local() {
            yield_!(n);
        }
    }

    #[generator(boxed)]
    pub(super) fn regular() -> u32 {
        yield_!(5);
    }

    #[generator(throws = u8)]
    pub(super) fn delegates_regularly() -> u32 {
        yield_from!(regular());
        yield_all!(regular_local());
        defer! {}
        println!("{:?}", attempt! { yield_!(7) });
        yield_from!(sync::pin!(regular()));
    }

    #[generator(boxed, local)]
    fn regular_local() -> u32 {
        yield_!(6);
    }

    #[async_gen(send = u32)]
    pub(super) async fn sends() -> u32 {
        let _ = yield_!(4);
    }

    #[async_gen(send = u32)]
    pub(super) async fn delegates_sending() -> u32 {
        yield_from!(sends());
    }
}

#[test]
fn methods_of_all_types_may_have_any_name() {
    use futures::StreamExt as _;

    let items = traits::items(futures::stream::iter([1]));
    let items: Vec<_> = probe::ready(items.collect());
    assert_eq!(items, [1, 1, 5, 6, 7, 8].map(Ok));
    let others = traits::boxed()
        .chain(traits::boxed_local())
        .chain(traits::block());
    assert_eq!(probe::ready(others.collect::<Vec<_>>()), [1, 2, 3]);
    let delegated = probe::ready(traits::delegates().collect::<Vec<_>>());
    assert_eq!(delegated, [1, 3, 2].map(Ok));
    let regular: Vec<_> = gen_runtime::sync::pin!(traits::delegates_regularly()).collect();
    assert_eq!(regular, [5, 6, 7, 5].map(Ok));
    let mut sums = gen_runtime::pin!(traits::delegates_sending());
    assert_eq!(probe::ready(sums.resume()), Some(4));
}

mod no_prelude {
    #![no_implicit_prelude]

    #[::gen_runtime::async_gen(throws = u8)]
    pub(super) async fn items(source: ::std::vec::Vec<u32>) -> u32 {
        #[for_await]
        for item in ::futures::stream::iter(source) {
            if item == 3 {
                return;
            }
            yield_!(item);
            ::std::println!("{:?}", yield_!(item * 10));
        }
    }

    #[::gen_runtime::generator(throws = u8)]
    pub(super) fn regular(source: ::std::vec::Vec<u32>) -> u32 {
        defer! {}
        yield_all!(source);
        attempt! { ::std::println!("{:?}", yield_!(10)) }?;
    }
}

#[test]
fn no_prelude_is_needed() {
    let items: Vec<_> = probe::ready(futures::StreamExt::collect(no_prelude::items(vec![
        1, 2, 3, 4,
    ])));
    assert_eq!(items, [Ok(1), Ok(10), Ok(2), Ok(20)]);
    let items: Vec<_> = gen_runtime::sync::pin!(no_prelude::regular(vec![1])).collect();
    assert_eq!(items, [Ok(1), Ok(10)]);
}

mod locals {
    use gen_runtime::{async_gen, generator};

    /// Arguments, variables and labels with names that an expansion uses.
    #[async_gen]
    pub(super) async fn items(body: u32, arg2: u32, (stream, _): (u32, u32)) -> u32 {
        let item = body + arg2;
        'body: loop {
            yield_!(item);
            let body = 50;
            #[for_await]
            for (stream, item) in futures::stream::iter([(stream, item)]) {
                yield_!(body + stream + item);
                println!("{:?}", yield_!(item));
                break 'body;
            }
        }
    }

    /// Also those of `yield_all!`.
    #[generator]
    pub(super) fn regular(body: u32, arg2: u32, (stream, _): (u32, u32)) -> u32 {
        let item = body + arg2;
        'body: for rest in [50, 0] {
            yield_all!([item, stream]);
            let body = rest;
            println!("{:?}", yield_!(body + stream + item));
            if body == 50 {
                break 'body;
            }
        }
    }
}

#[test]
fn variables_and_labels_may_have_any_name() {
    let items: Vec<_> = probe::ready(futures::StreamExt::collect(locals::items(1, 2, (3, 4))));
    assert_eq!(items, [3, 56, 3]);
    let items: Vec<_> = gen_runtime::sync::pin!(locals::regular(1, 2, (3, 4))).collect();
    assert_eq!(items, [3, 3, 56]);
}

mod outer_macro {
    #![allow(unused_macros, reason = "tests that it is not called")]

    macro_rules! yield_ {
        ($($tokens:tt)*) => {
            compile_error!("a macro of the user's")
        };
    }

    #[gen_runtime::async_gen]
    pub(super) async fn items() -> u32 {
        yield_!(1);
        println!("{:?}", yield_!(2));
    }
}

#[test]
fn a_macro_of_the_user_named_yield_is_not_called() {
    let items: Vec<_> = probe::ready(futures::StreamExt::collect(outer_macro::items()));
    assert_eq!(items, [1, 2]);
}

/// Re-exports the runtime under another path.
mod reexport {
    pub(crate) mod vendored {
        pub(crate) use gen_runtime as generators;
    }

    use gen_runtime::{async_gen, async_gen_block};

    #[async_gen(crate = crate::macros::hygiene::reexport::vendored::generators, throws = u8)]
    pub(super) async fn items() -> u32 {
        yield_!(1);
        println!("{:?}", yield_!(2));
        let inner = async_gen_block! {
            #![async_gen(crate = vendored::generators)]
            yield 3;
            println!("{:?}", yield 4);
        };
        #[for_await]
        for item in inner {
            yield_!(item);
        }
    }
}

#[test]
fn the_path_of_the_runtime_can_be_given() {
    let items: Vec<_> = probe::ready(futures::StreamExt::collect(reexport::items()));
    assert_eq!(items, [Ok(1), Ok(2), Ok(3), Ok(4)]);
}
