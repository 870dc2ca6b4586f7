/// Counts down, a tick apart.
pub fn countdown(
    from: u32,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u32,
> + ::gen_runtime::__private::FusedStream<Item = u32> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &from;
            let __value: () = 'body: {
                for n in (1..=from).rev() {
                    {
                        let __yield = __body
                            .frame(
                                if false {
                                    break 'body __body.never();
                                },
                            )
                            .await
                            .yield_(n);
                        __yield.await;
                    };
                    (__body.wait(tokio::time::sleep(TICK))).await;
                }
            };
        })
}
fn stops(
    limit: u32,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u32,
> + ::gen_runtime::__private::FusedStream<Item = u32> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &limit;
            if false {
                return __body.never_output();
            }
            let __value: () = 'body: {
                if limit == 0 {
                    return;
                }
                {
                    let __yield = __body
                        .frame(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await
                        .yield_(limit);
                    __yield.await;
                };
                __body.ended(__body.wait(done(limit)).await)
            };
        })
}
