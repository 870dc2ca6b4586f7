//! Bodies with many yields, by gen-runtime and by async-stream.

use std::hint::black_box;

use futures::stream::{Stream, StreamExt};
use gen_runtime::async_gen;

use crate::drive;
use crate::workloads::{Boxed, Workload, triangle, workloads};

/// Repeats a name as often as the product of the factors, and passes the names to a macro.
macro_rules! repeat {
    ($define:ident $body:ident [] $($n:ident)*) => {
        $define!($body $($n)*);
    };
    ($define:ident $body:ident [3 $($factor:tt)*] $($n:ident)*) => {
        repeat!($define $body [$($factor)*] $($n $n $n)*);
    };
    ($define:ident $body:ident [10 $($factor:tt)*] $($n:ident)*) => {
        repeat!($define $body [$($factor)*] $($n $n $n $n $n $n $n $n $n $n)*);
    };
}

/// Defines an endless generator with one yield for each name. All names are the same.
macro_rules! generator {
    ($body:ident $first:ident $($n:ident)*) => {
        #[async_gen]
        async fn $body() -> u64 {
            let mut $first = 0;
            loop {
                yield_!($first);
                $first += 1;
                $(
                    yield_!($n);
                    $n += 1;
                )*
            }
        }
    };
}

/// The same, by async-stream.
macro_rules! stream {
    ($body:ident $first:ident $($n:ident)*) => {
        fn $body() -> impl Stream<Item = u64> {
            async_stream::stream! {
                let mut $first = 0;
                loop {
                    yield $first;
                    $first += 1;
                    $(
                        yield $n;
                        $n += 1;
                    )*
                }
            }
        }
    };
}

/// Defines a function that returns the workloads of a contender.
macro_rules! bodies {
    ($function:ident by $define:ident) => {
        pub(crate) fn $function() -> Vec<Workload> {
            repeat!($define one [] n);
            repeat!($define ten [10] n);
            repeat!($define hundred [10 10] n);
            repeat!($define three_hundred [3 10 10] n);
            workloads! {
                "1 yield", "an endless body through `Pin<Box<dyn Stream>>`": |items| take(Box::pin(one()), items) => triangle;
                "10 yields", "the same": |items| take(Box::pin(ten()), items) => triangle;
                "100 yields", "the same": |items| take(Box::pin(hundred()), items) => triangle;
                "300 yields", "the same": |items| take(Box::pin(three_hundred()), items) => triangle;
            }
        }
    };
}
bodies!(of_gen_runtime by generator);
bodies!(of_async_stream by stream);

/// Returns the sum of this many items.
#[inline(never)]
fn take(stream: Boxed<u64>, items: u64) -> Option<u64> {
    drive(async {
        let mut stream = black_box(stream);
        let mut sum = 0;
        for _ in 0..items {
            sum = black_box(sum + stream.next().await?);
        }
        Some(sum)
    })
}
