#[async_gen]
async fn arguments<T: Clone>(
    self: Arc<Self>,
    mut plain: T,
    (a, (b, _c)): (A, (B, C)),
    Point { x, .. }: Point,
    _: Guard,
    text: impl AsRef<str>,
) -> impl Display {
    yield_!(plain);
}
