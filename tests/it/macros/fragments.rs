//! Generators that a `macro_rules!` makes from fragments of every kind.

use futures::{Stream, StreamExt as _};
use gen_runtime::{async_gen, async_gen_block, async_gen_items, pin};
use probe::ready;

fn all<S: Stream>(generator: S) -> Vec<S::Item> {
    ready(generator.collect())
}

macro_rules! with_signature {
    (
        $(#[$meta:meta])*
        $vis:vis $name:ident<$lifetime:lifetime, $generic:ident: $bound:path>(
            $($argument:pat => $ty:ty),*
        ) -> $yielded:ty
        $body:block
    ) => {
        #[async_gen]
        $(#[$meta])*
        $vis async fn $name<$lifetime, $generic: $bound + $lifetime>(
            $($argument: $ty),*
        ) -> $yielded
        $body
    };
}

with_signature! {
    /// Has generics, patterns and a body from fragments.
    #[allow(unused_variables)]
    pub(crate) signature<'text, T: Clone>(
        text => &'text str,
        (item, mut count) => (T, u8),
        (unused @ 1..=9 | unused) => u8
    ) -> (&'text str, T, u8) {
        for word in text.split(' ') {
            count += 1;
            yield_!((word, item.clone(), count));
        }
    }
}

#[test]
fn a_signature_and_a_body_may_be_fragments() {
    let items = all(signature("to be", ('c', 4), 0));
    assert_eq!(items, [("to", 'c', 5), ("be", 'c', 6)]);
}

macro_rules! with_body {
    (
        $name:ident($argument:ident): $statement:stmt;
        if $condition:expr => $value:expr;
        match $scrutinee:ident { $pattern:pat => $matched:expr, $literal:literal => $block:block }
    ) => {
        #[async_gen]
        async fn $name($argument: u8) -> u8 {
            $statement;
            if $condition {
                yield_!($value);
            }
            match $scrutinee {
                $pattern => $matched,
                $literal => $block,
                other => yield_!(other),
            }
        }
    };
}

with_body! {
    of_fragments(n): let doubled = { yield_!(n); n * 2 };
    if doubled > 2 => doubled + 1;
    match doubled { 2 | 4 => yield_!(100), 6 => { yield_!(50); yield_!(51) } }
}

#[test]
fn statements_expressions_patterns_and_literals_may_be_fragments() {
    assert_eq!(all(of_fragments(1)), [1, 100]);
    assert_eq!(all(of_fragments(2)), [2, 5, 100]);
    assert_eq!(all(of_fragments(3)), [3, 7, 50, 51]);
    assert_eq!(all(of_fragments(4)), [4, 9, 8]);
}

macro_rules! of_tokens {
    ($($tokens:tt)*) => { $($tokens)* };
}

of_tokens! {
    #[async_gen(send = u8, throws = String)]
    async fn tokens(n: u8) -> u8 {
        let sent = yield_!(n);
        if sent == 0 {
            Err("zero")?;
        }
        yield_!(sent);
    }
}

macro_rules! of_an_item {
    ($item:item) => {
        #[async_gen]
        $item
    };
}

of_an_item! {
    async fn item(n: u8) -> u8 {
        let outer = n;
        yield_!(outer);
        println!("{:?}", yield_!(outer + 1));
    }
}

#[test]
fn whole_functions_may_be_tokens_or_an_item_fragment() {
    let mut items = pin!(tokens(1));
    assert_eq!(ready(items.resume()), Some(Ok(1)));
    assert_eq!(ready(items.send(2)), Some(Ok(2)));
    assert_eq!(all(item(1)), [1, 2]);
}

macro_rules! with_arguments {
    ($name:ident, ($($arguments:tt)*), $sent:ty, $error:ty, $value:expr) => {
        #[async_gen(send = $sent, throws = $error $($arguments)*)]
        async fn $name() -> $sent {
            let sent = yield_!($value);
            yield_!(sent);
            Err::<(), $error>(Default::default())?;
            Default::default()
        }
    };
}

with_arguments!(arguments, (, returns = char), u8, String, 4);
with_arguments!(boxed_arguments, (, boxed, returns = Vec<u8>), Option<u8>, i32, Some(4));

#[test]
fn the_arguments_of_the_attribute_may_be_fragments() {
    let mut items = pin!(arguments());
    assert_eq!(ready(items.resume()), Some(Ok(4)));
    assert_eq!(ready(items.send(5)), Some(Ok(5)));
    assert_eq!(ready(items.send(0)), Some(Err(String::new())));
    let mut items = boxed_arguments();
    assert_eq!(ready(items.resume()), Some(Ok(Some(4))));
    assert_eq!(ready(items.send(None)), Some(Ok(None)));
    assert_eq!(ready(items.send(None)), Some(Err(0)));
}

macro_rules! sources {
    ($($ty:ident: $field:ident = $start:literal, $label:lifetime;)*) => {$(
        struct $ty {
            $field: u32,
        }

        impl $ty {
            #[async_gen]
            async fn items(&self) -> u32 {
                $label: for n in 0.. {
                    for m in $start..$start + 2 {
                        yield_!(n * m + self.$field);
                        if n == 1 {
                            break $label;
                        }
                    }
                }
            }
        }
    )*};
}

sources! {
    Low: base = 1, 'low;
    High: offset = 100, 'high;
}

#[test]
fn methods_may_have_fields_and_labels_from_fragments() {
    assert_eq!(all(Low { base: 7 }.items()), [7, 7, 8]);
    assert_eq!(all(High { offset: 0 }.items()), [0, 0, 100]);
}

/// A variable of the macro has the name of one of the caller.
macro_rules! hygienic {
    ($name:ident($argument:ident), $value:expr) => {
        #[async_gen]
        async fn $name($argument: u8, n: u8) -> u8 {
            let local = n * 100;
            yield_!($value);
            yield_!(local);
            println!("{:?}", yield_!($value + local));
        }
    };
}

hygienic!(hygienic(n), { n + 1 });

#[test]
fn names_of_the_macro_are_distinct_from_those_of_the_caller() {
    assert_eq!(all(hygienic(1, 2)), [2, 200, 202]);
}

macro_rules! bare {
    ($name:ident, $ty:ty, $($value:expr),*) => {
        async_gen_items! {
            #[async_gen]
            async fn $name() -> $ty {
                $(yield $value;)*
            }
        }
    };
}

bare!(bare, u8, 1, 1 + 1);

macro_rules! block {
    ($($value:expr),* => $last:expr) => {
        async_gen_block! {
            $(yield $value;)*
            $last
        }
    };
}

#[test]
fn bare_yields_may_have_fragments_as_values() {
    assert_eq!(all(bare()), [1, 2]);
    let n = 3;
    let mut items = pin!(block!(n, n + 1 => "end"));
    assert_eq!(ready(items.next()), Some(3));
    assert_eq!(ready(items.next()), Some(4));
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.take_return(), Some("end"));
}

macro_rules! regions {
    ($name:ident($log:ident), $value:expr, $cleanup:block, $pattern:pat => $caught:expr) => {
        #[async_gen(throws = u8)]
        async fn $name($log: probe::Log) -> u8 {
            defer! { $cleanup }
            let result = attempt! { $value };
            match result {
                $pattern => $caught,
                Ok(value) => value,
            }
            #[for_await]
            for item in futures::stream::iter([8]) {
                yield_!(item);
            }
        }
    };
}

regions!(
    regions(log),
    yield_!(1),
    { log.push("cleanup"); std::future::ready(()).await; },
    Err(error) => yield_!(error + 1)
);

#[test]
fn regions_may_consist_of_fragments() {
    let log = probe::Log::default();
    let mut items = pin!(regions(log.clone()));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert_eq!(ready(items.throw(5)), Ok(Some(6)));
    assert_eq!(ready(items.next()), Some(Ok(8)));
    assert_eq!(ready(items.close()), Ok(()));
    assert_eq!(log.take(), "cleanup");
}

macro_rules! operands {
    ($name:ident($n:ident), $left:expr, $right:expr, $if:expr, $callee:expr, $literal:literal) => {
        #[async_gen(returns = i32)]
        async fn $name($n: i32) -> i32 {
            yield_!($left * $right);
            let product = $left * $right;
            yield_!(product);
            yield_!(-$left);
            yield_!($right.pow(2));
            yield_!($if + $if);
            yield_!($callee($right));
            yield_!(format!("{}", $left * $right).parse().unwrap());
            let closure = || $left * $right;
            yield_!(closure());
            for n in $left..$right * 2 {
                yield_!(n);
            }
            match $n {
                $literal..=-1 => yield_!(-100),
                _ => yield_!([$left; 2][1] - $literal),
            }
            $left * $right
        }
    };
}

operands!(
    operands(n),
    n + 1,
    n + 2,
    if n == 1 { 20 } else { 30 },
    |n| n * 1000,
    -5
);

#[test]
fn an_expression_fragment_stays_one_operand() {
    let mut items = pin!(operands(1));
    let mut all = Vec::new();
    while let Some(item) = ready(items.next()) {
        all.push(item);
    }
    assert_eq!(all, [6, 6, -2, 9, 40, 3000, 6, 6, 2, 3, 4, 5, 7]);
    assert_eq!(items.take_return(), Some(6));
}

macro_rules! blocks {
    ($name:ident($n:ident), $body:block, $other:block) => {
        #[async_gen]
        async fn $name($n: u8) -> u8 {
            $body
            yield_!(100);
            if $n == 0 $body else $other
            match $n {
                0 => $other
                _ => $body
            }
            let Some(_) = $n.checked_sub(1) else $other;
            loop $other
        }
    };
}

blocks!(blocks(n), { yield_!(n) }, {
    yield_!(50);
    if n < 2 {
        return;
    }
    yield_!(51);
    return;
});

#[test]
fn a_block_fragment_is_a_statement_without_a_semicolon() {
    assert_eq!(all(blocks(0)), [0, 100, 0, 50]);
    assert_eq!(all(blocks(2)), [2, 100, 50, 51]);
}

macro_rules! statements {
    ($name:ident; $($statement:stmt;)*) => {
        #[async_gen]
        async fn $name() -> u8 {
            $($statement;)*
        }
    };
}

statements! {
    statements;
    let first: u8 = 1;
    let mut later;
    let Some(second) = first.checked_add(1) else { return };
    yield_!(first);
    later = second;
    later += { yield_!(later) ; 1 };
    for n in 0..later { if n == 2 { yield_!(n); } };
    yield_!(later);
}

#[test]
fn statement_fragments_may_declare_assign_and_loop() {
    assert_eq!(all(statements()), [1, 2, 2, 3]);
}

macro_rules! borrows {
    ($name:ident, $ty:ty) => {
        #[async_gen]
        async fn $name(value: &$ty) -> String {
            let value: &$ty = value;
            yield_!(value.to_string());
        }
    };
}

borrows!(borrows, dyn std::fmt::Display + Send);

#[test]
fn a_type_fragment_stays_one_type() {
    assert_eq!(all(borrows(&1)), ["1"]);
}
