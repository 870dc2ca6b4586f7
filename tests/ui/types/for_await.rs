use futures::stream::iter;
use gen_runtime::async_gen;

#[async_gen]
async fn items_of_another_type() -> u32 {
    #[for_await]
    for item in iter(["text"]) {
        //~ ERROR
        yield_!(item);
    }
}

#[async_gen]
async fn pattern_of_another_type() -> u32 {
    #[for_await]
    //~ ERROR
    for (item, _) in iter([1_u32]) {
        yield_!(item);
    }
}

#[async_gen(throws = String)]
async fn results_without_question_mark() -> u32 {
    #[for_await]
    for item in iter([Ok::<u32, String>(1)]) {
        //~ ERROR
        yield_!(item);
    }
}

#[async_gen]
async fn plain_for_over_a_stream() -> u32 {
    //~ ERROR
    for item in iter([1]) {
        yield_!(item);
    }
}

#[async_gen]
async fn over_a_future() -> u32 {
    #[for_await]
    //~ ERROR
    for item in std::future::ready(1) {
        yield_!(item);
    }
}

#[async_gen]
async fn over_what_is_sent_values() -> u32 {
    #[for_await]
    //~ ERROR
    for item in echo() {
        yield_!(item);
    }
}

#[async_gen(send = u32)]
async fn echo() -> u32 {
    yield_!(1);
}

fn main() {}
