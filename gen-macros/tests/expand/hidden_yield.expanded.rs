fn select(
    mut a: Receiver<u8>,
    mut b: Receiver<u8>,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u8,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u8,
> + ::gen_runtime::__private::FusedStream<Item = u8> {
    let __body: <(u8, (), ()) as ::gen_runtime::__private::Types>::Body = unsafe {
        ::gen_runtime::__private::Body::new()
    };
    __body
        .generator(async move {
            let _ = (&a, &b);
            'body: {
                macro_rules! yield_ {
                    () => {
                        yield_!(())
                    };
                    ($value:expr) => {
                        match __body.value($value) { __value => __body.frame(if false {
                        break 'body __body.never() }). await .yield_(__value). await }
                    };
                }
                loop {
                    tokio::select! {
                        Some(x) = a.recv() => yield_!(x), Some(x) = b.recv() =>
                        yield_!(x), else => break,
                    }
                }
            }
        })
}
