//! `yield v` and `for await`, in `async_gen_items!` and `async_gen_block!`.

use std::num::ParseIntError;

use futures::StreamExt as _;
use gen_runtime::{State, async_gen, async_gen_block, async_gen_items, pin};
use probe::ready;

async_gen_items! {
    /// A plain item is left as it is.
    struct Counter {
        from: u32,
    }

    impl Counter {
        #[async_gen]
        async fn down(&self) -> u32 {
            for n in (1..=self.from).rev() {
                yield n;
            }
        }

        fn plain(&self) -> u32 {
            self.from
        }
    }

    #[gen_runtime::async_gen(send = u32, throws = ParseIntError)]
    async fn both(text: &str) -> String {
        let sent = yield format!("{} {}", text.parse::<u8>()?, yield "first".to_owned());
        yield_!(format!("{sent}"));
        vec![yield "nested".to_owned(), { yield_!("in vec".to_owned()) }];
        let _ = yield String::new();
    }

    mod inner {
        #[async_gen]
        pub(super) async fn letters() -> char {
            yield 'a';
            yield 'b'
        }
    }

    #[async_gen]
    async fn doubled(from: u32) -> u32 {
        let counter = Counter { from };
        'outer: for await n in counter.down() {
            for await letter in inner::letters() {
                if n == 2 {
                    continue 'outer;
                }
                assert!(matches!(letter, 'a' | 'b'));
                yield n
            }
        }
        #[for_await]
        for n in counter.down() {
            yield n * 100;
        }
    }

    #[async_gen]
    async fn unit() {
        yield;
        yield
    }

    #[async_gen]
    async fn nested_generators(from: u32) -> u32 {
        #[async_gen]
        async fn inner(from: u32) -> u32 {
            yield from;
            #[for_await]
            for n in futures::stream::iter([from]) {
                yield n + 1;
            }
        }
        struct Local(u32);
        impl Local {
            #[cfg_attr(all(), gen_runtime::async_gen)]
            async fn method(&self) -> u32 {
                yield_!(self.0);
            }
        }
        for await n in inner(from) {
            yield n;
        }
        for await n in Local(9).method() {
            yield n;
        }
    }

    fn ordinary(from: u32) -> u32 {
        #[async_gen]
        async fn nested(from: u32) -> u32 {
            yield from;
        }
        ready(pin!(nested(from)).next()).unwrap()
    }
}

#[test]
fn generators_of_every_form_may_use_bare_yields() {
    let counter = Counter { from: 2 };
    assert_eq!(ready(counter.down().collect::<Vec<_>>()), [2, 1]);
    assert_eq!(counter.plain(), 2);
    assert_eq!(
        ready(doubled(3).collect::<Vec<_>>()),
        [3, 3, 1, 1, 300, 200, 100]
    );
    assert_eq!(ready(unit().collect::<Vec<_>>()), [(), ()]);
    assert_eq!(ordinary(5), 5);
    assert_eq!(ready(nested_generators(1).collect::<Vec<_>>()), [1, 2, 9]);
}

#[test]
fn bare_and_macro_yields_may_be_mixed_and_nested() {
    let mut both = pin!(both("4"));
    assert_eq!(ready(both.resume()), Some(Ok("first".to_owned())));
    assert_eq!(ready(both.send(8)), Some(Ok("4 8".to_owned())));
    assert_eq!(ready(both.send(9)), Some(Ok("9".to_owned())));
    assert_eq!(ready(both.send(1)), Some(Ok("nested".to_owned())));
    assert_eq!(ready(both.send(1)), Some(Ok("in vec".to_owned())));
    assert_eq!(ready(both.send(1)), Some(Ok(String::new())));
    assert_eq!(ready(both.send(1)), None);
}

#[test]
fn a_block_infers_its_types() {
    let limit = 3_u64;
    let mut block = pin!(async_gen_block! {
        for n in 0..limit {
            yield n;
        }
        "done"
    });
    assert_eq!(ready(block.next()), Some(0_u64));
    while ready(block.next()).is_some() {}
    assert_eq!(block.take_return(), Some("done"));
}

#[test]
fn a_block_may_declare_its_types() {
    let mut block = pin!(async_gen_block! {
        #![async_gen(yields = u8, send = char, throws = ParseIntError, returns = usize)]
        let mut sent = String::new();
        loop {
            let char = yield_!(sent.parse().unwrap_or_default());
            if char == ' ' {
                sent.parse::<u8>()?;
                return sent.len();
            }
            sent.push(char);
        }
    });
    assert_eq!(ready(block.resume()), Some(Ok(0)));
    assert_eq!(ready(block.send('1')), Some(Ok(1)));
    assert_eq!(ready(block.send('2')), Some(Ok(12)));
    assert_eq!(ready(block.send(' ')), None);
    assert_eq!(block.take_return(), Some(2));
}

#[test]
fn a_block_in_a_block_has_its_own_yields() {
    let outer = async_gen_block! {
        let inner = async_gen_block! {
            yield 1;
            println!("{:?}", yield 2);
        };
        for await n in inner {
            yield n * 10;
        }
        let closure = |n: i32| n + 1;
        let future = async { closure(1) };
        yield future.await;
    };
    assert_eq!(ready(outer.collect::<Vec<_>>()), [10, 20, 2]);
}

#[test]
fn yields_in_macros_of_other_libraries_are_left_as_they_are() {
    macro_rules! stream {
        ($($tokens:tt)*) => { stringify!($($tokens)*) };
    }
    let mut block = pin!(async_gen_block! {
        yield stream! { for await x in y { yield x; } };
    });
    let tokens = ready(block.next()).unwrap();
    assert_eq!(
        tokens.split_whitespace().collect::<Vec<_>>().concat(),
        "forawaitxiny{yieldx;}"
    );
    assert_eq!(block.state(), State::Suspended);
}

#[derive(Debug, PartialEq)]
struct Message {
    text: String,
    count: u32,
}

struct Wrap<T> {
    stream: T,
}

/// Yields struct literals, which need parentheses in some positions.
#[async_gen]
async fn messages() -> Message {
    yield_!(Message {
        text: concat!("mac", "ro").to_owned(),
        count: 1
    });
    yield_!(Message {
        text: std::future::ready("await".to_owned()).await,
        count: 2
    });
    yield_!(
        (Message {
            count: 3,
            ..Message {
                text: "update".to_owned(),
                count: std::future::ready(0).await
            }
        })
    );
    #[for_await]
    for count in (Wrap {
        stream: futures::stream::iter([4]),
    }
    .stream)
    {
        yield_!(Message {
            text: String::new(),
            count
        });
    }
}

#[test]
fn struct_literals_may_be_yielded() {
    let mut items = pin!(messages());
    for (text, count) in [("macro", 1), ("await", 2), ("update", 3), ("", 4)] {
        let text = text.to_owned();
        assert_eq!(ready(items.next()), Some(Message { text, count }));
    }
}

/// As in `stream!({ .. })`, so that rustfmt formats the block.
#[test]
fn a_block_may_be_in_braces() {
    let text = "1 x";
    let block = async_gen_block!(
        {
            #![async_gen(throws = ParseIntError, yields = u8)]
            for word in text.split(' ') {
                yield_!(word.parse()?);
            }
        }
    );
    let items: Vec<_> = ready(block.collect());
    assert_eq!(items[0], Ok(1));
    assert!(items[1].is_err());
    let without = async_gen_block!({
        yield_!(1);
        yield_!(2);
    });
    assert_eq!(ready(without.collect::<Vec<_>>()), [1, 2]);
}
