fn twice(
    inner: impl AsyncGenerator<Yield = u32, Sent = (), Return = u32>,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = u32,
    Item = u32,
> + ::gen_runtime::__private::FusedStream<Item = u32> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), u32) as __rt::Types>::Delegates = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &inner;
            if false {
                return __body.never_output();
            }
            'body: {
                let mut __place = __body.enter().await;
                {
                    {
                        __body.put(0, __place);
                        __place = __body
                            .suspend(
                                if false {
                                    break 'body __body.never();
                                },
                            )
                            .await;
                    };
                    1
                        + match __body
                            .delegate(
                                inner,
                                if false {
                                    break 'body __body.never();
                                },
                            )
                            .await
                        {
                            __next => {
                                __place = __next.1;
                                __next.0
                            }
                        }
                }
            }
        })
}
fn caught(
    log: Log,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = u32,
    Error = Error,
    Return = (),
    Item = ::gen_runtime::__private::Result<u32, Error>,
> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, u32, Error, ()) as __rt::Types>::Delegates = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &log;
            if false {
                return __body.never_output();
            }
            __rt::Ok('body: {
                #[allow(unused_macros)]
                macro_rules! yield_from {
                    ($generator:expr) => {
                        match __body.delegate_sending($generator, if false { break 'body
                        __body.never() }). await { __next => __next.0 } ?
                    };
                }
                #[allow(unused_macros)]
                macro_rules! __delegate0 {
                    ($argument:expr) => {
                        match __body.delegate_sending($argument, if false { break 'body
                        __body.never() }). await { __next => __next.0 } ?
                    };
                }
                let mut __place = __body.enter().await;
                let result = match __body
                    .placed(
                        __body
                            .attempt(async {
                                __rt::Ok('attempt: {
                                    match __body
                                        .delegate_sending(
                                            log.entries(),
                                            if false {
                                                break 'attempt __body.never();
                                            },
                                        )
                                        .await
                                    {
                                        __next => __next.0,
                                    }?
                                })
                            }),
                    )
                    .await
                {
                    __next => {
                        __place = __next.1;
                        __next.0
                    }
                };
                log.push(result);
                match log.stream() {
                    __stream => {
                        let mut __stream = ::gen_runtime::__private::pin!(__stream);
                        while let __rt::Some(__item) = match __body
                            .next(&mut __stream)
                            .await
                        {
                            __next => {
                                __place = __next.1;
                                __next.0
                            }
                        } {
                            let __item = __item;
                            let _ = {
                                __body.put(__body.forwarded(__item)?, __place);
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
                        }
                    }
                };
                println!("{}", __delegate0!(log.entries()));
                hidden!(yield_from!(log.entries()));
            })
        })
}
fn first(
    numbers: impl AsyncGenerator<Yield = u32, Sent = ()>,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = u32,
> + ::gen_runtime::__private::FusedStream<Item = u32> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), ()) as __rt::Types>::Regions = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &numbers;
            if false {
                return __body.never_output();
            }
            let __value: () = 'body: {
                if false {
                    break 'body __body.never();
                }
                let mut __place = __body.enter().await;
                match numbers {
                    __stream => {
                        let mut __stream = ::gen_runtime::__private::pin!(__stream);
                        match __body
                            .placed(
                                __body
                                    .guard(async {
                                        let __value: () = 'guard: {
                                            let mut __place = __body.enter().await;
                                            match __body.lend(&mut __stream) {
                                                __stream => {
                                                    let mut __stream = ::gen_runtime::__private::pin!(__stream);
                                                    'numbers: while let __rt::Some(__item) = match __body
                                                        .next(&mut __stream)
                                                        .await
                                                    {
                                                        __next => {
                                                            __place = __next.1;
                                                            __next.0
                                                        }
                                                    } {
                                                        let n = __item;
                                                        {
                                                            __body.put(n, __place);
                                                            __place = __body
                                                                .suspend(
                                                                    if false {
                                                                        break 'guard __body.never();
                                                                    },
                                                                )
                                                                .await;
                                                        };
                                                        break 'numbers;
                                                    }
                                                }
                                            };
                                        };
                                    })
                                    .await
                                    .cleanup(async {
                                        let __value: () = 'cleanup: {
                                            if false {
                                                break 'cleanup __body.never();
                                            }
                                            match __body.wait(__body.closes(&mut __stream)).await {
                                                __next => __next.0,
                                            };
                                        };
                                    }),
                            )
                            .await
                        {
                            __next => {
                                __place = __next.1;
                                __next.0
                            }
                        };
                    }
                }
            };
        })
}
