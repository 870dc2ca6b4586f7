//! Two parameters of one name, as in an `async fn`.

use futures::Stream;
use gen_runtime::async_gen;

struct Pair<S> {
    s: S,
    t: u8,
}

#[async_gen]
//~ ERROR
async fn in_a_pattern(s: impl Stream<Item = u8>, Pair { s, .. }: Pair<impl Stream<Item = u8>>) -> u8 {
    #[for_await]
    for i in s {
        yield_!(i);
    }
}

#[async_gen]
//~ ERROR
async fn in_two_patterns(Pair { s, t, .. }: Pair<u8>, Pair { t, .. }: Pair<u8>) -> u8 {
    yield_!(s + t);
}

#[async_gen]
//~ ERROR
async fn raw(s: u8, r#s: u8) -> u8 {
    yield_!(s);
}

#[async_gen]
//~ ERROR
async fn in_one_pattern(Pair { s, t: s }: Pair<u8>) -> u8 {
    yield_!(s);
}

async fn plain(
    s: u8,
    //~ ERROR
    Pair { s, .. }: Pair<u8>,
) -> u8 {
    s
}

fn main() {}
