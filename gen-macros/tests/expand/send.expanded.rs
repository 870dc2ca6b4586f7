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
                let mut count = 0.0;
                loop {
                    sum
                        += {
                            let __yield = __body
                                .frame(
                                    if false {
                                        break 'body __body.never();
                                    },
                                )
                                .await
                                .yield_(sum / count);
                            let __sent = __yield.await;
                            __sent
                        };
                    count += 1.0;
                }
            };
        })
}
