#[async_gen(returns = u32)]
async fn twice(inner: impl AsyncGenerator<Yield = u32, Sent = (), Return = u32>) -> u32 {
    yield_!(0);
    1 + yield_from!(inner)
}

#[async_gen(throws = Error, send = u32)]
async fn caught(log: Log) -> u32 {
    let result = attempt! { yield_from!(log.entries()) };
    log.push(result);
    yield_all!(log.stream());
    println!("{}", yield_from!(log.entries()));
    hidden!(yield_from!(log.entries()));
}

#[async_gen]
async fn first(numbers: impl AsyncGenerator<Yield = u32, Sent = ()>) -> u32 {
    #[for_await(close)]
    'numbers: for n in numbers {
        yield_!(n);
        break 'numbers;
    }
}
