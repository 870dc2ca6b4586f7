#[async_gen(throws = ParseIntError, returns = usize)]
async fn numbers(text: &str, log: &mut Log) -> i32 {
    let mut count = 0;
    for word in text.split(' ') {
        if word.is_empty() {
            return count;
        }
        if word == "stop" {
            return Err(stopped());
        }
        yield_!(word.parse()?);
        count += 1;
    }
    count
}

#[async_gen(throws = io::Error)]
async fn ends_as_written() -> u8 {
    yield_!(1);
    Ok(())
}
