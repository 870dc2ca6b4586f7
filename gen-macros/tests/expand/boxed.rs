#[async_gen(boxed)]
async fn containing<'a, T>(&self, words: &'a [String], part: &str, extra: T, f: impl Fn(&str)) -> &'a str
where
    T: Clone,
{
    yield_!(&words[0]);
}

#[async_gen(boxed, local, throws = io::Error)]
async fn owned(n: u32) -> u32 {
    yield_!(n);
}

#[async_gen(boxed)]
async fn one_lifetime(&self) -> &Row {
    yield_!(&self.0);
}
