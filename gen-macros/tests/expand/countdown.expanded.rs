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
                let mut __place = __body.enter().await;
                for n in (1..=from).rev() {
                    {
                        __body.put(n, __place);
                        __place = __body
                            .suspend(
                                if false {
                                    break 'body __body.never();
                                },
                            )
                            .await;
                    };
                    match __body.wait(tokio::time::sleep(TICK)).await {
                        __next => {
                            __place = __next.1;
                            __next.0
                        }
                    };
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
                let mut __place = __body.enter().await;
                if limit == 0 {
                    return;
                }
                {
                    __body.put(limit, __place);
                    __place = __body
                        .suspend(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await;
                };
                __body
                    .ended(
                        match __body.wait(done(limit)).await {
                            __next => {
                                __place = __next.1;
                                __next.0
                            }
                        },
                    )
            };
        })
}
