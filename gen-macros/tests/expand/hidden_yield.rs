#[async_gen]
async fn words(mut words: Words) -> u8 {
    for_each!(words, |word| { yield_!(word.len()) });
}
