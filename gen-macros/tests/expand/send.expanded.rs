fn average(
    mut sum: f64,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = f64,
    Sent = f64,
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = f64,
> + Send + 'static {
    use ::gen_runtime::__private as __rt;
    let __body: <(f64, f64, ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &sum;
            let __value: () = 'body: {
                let mut __place = __body.enter().await;
                let mut count = 0.0;
                loop {
                    sum
                        += {
                            __body.put(sum / count, __place);
                            let (__sent, __next) = __body
                                .receive(
                                    if false {
                                        break 'body __body.never();
                                    },
                                )
                                .await;
                            __place = __next;
                            __sent
                        };
                    count += 1.0;
                }
            };
        })
}
