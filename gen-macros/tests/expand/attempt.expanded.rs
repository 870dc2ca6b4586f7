fn retries() -> impl ::gen_runtime::AsyncGenerator<
    Yield = Page,
    Sent = (),
    Error = Error,
    Return = (),
    Item = ::gen_runtime::__private::Result<Page, Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<Page, Error>,
> {
    use ::gen_runtime::__private as __rt;
    let __body: <(Page, (), Error, ()) as __rt::Types>::Regions = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            if false {
                return __body.never_output();
            }
            __rt::Ok({
                for number in 0.. {
                    let page = __body
                        .attempt(async {
                            __rt::Ok('attempt: {
                                let mut __place = __body.enter().await;
                                {
                                    __body
                                        .put(
                                            match __body.wait(fetch(number)).await {
                                                __next => {
                                                    __place = __next.1;
                                                    __next.0
                                                }
                                            }?,
                                            __place,
                                        );
                                    __place = __body
                                        .suspend(
                                            if false {
                                                break 'attempt __body.never();
                                            },
                                        )
                                        .await;
                                };
                            })
                        })
                        .await;
                    if let Err(error) = page {
                        match __body.wait(wait(error)).await {
                            __next => __next.0,
                        };
                    }
                }
            })
        })
}
/// Jumps that leave a region.
fn crossed() -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = Error,
    Return = u32,
    Item = ::gen_runtime::__private::Result<u32, Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<u32, Error>,
> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), Error, u32) as __rt::Types>::Regions = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            if false {
                return __body.never_output();
            }
            __rt::Ok({
                {
                    let value = 'outer: loop {
                        let _ = match __body
                            .attempt(async {
                                if false {
                                    return __rt::Ok(
                                        __rt::Either::Right(
                                            __rt::Either::Left(
                                                __rt::Either::Left(__body.never_output()),
                                            ),
                                        ),
                                    );
                                }
                                __rt::Ok(
                                    __rt::Either::Left({
                                        match __body
                                            .guard(async {
                                                if false {
                                                    return __rt::Ok(
                                                        __rt::Either::Right(
                                                            __rt::Either::Left(
                                                                __rt::Either::Left(__body.never_output()),
                                                            ),
                                                        ),
                                                    );
                                                }
                                                __rt::Ok(
                                                    __rt::Either::Left('guard: {
                                                        let mut __place = __body.enter().await;
                                                        match {
                                                            __body.put(1, __place);
                                                            __place = __body
                                                                .suspend(
                                                                    if false {
                                                                        break 'guard __body.never();
                                                                    },
                                                                )
                                                                .await;
                                                        } {
                                                            1 => {
                                                                return __rt::Ok(
                                                                    __rt::Either::Right(
                                                                        __rt::Either::Left(
                                                                            __rt::Either::Left(__rt::Ok(__body.returned(5))),
                                                                        ),
                                                                    ),
                                                                );
                                                            }
                                                            2 => {
                                                                return __rt::Ok(
                                                                    __rt::Either::Right(
                                                                        __rt::Either::Left(__rt::Either::Right(7)),
                                                                    ),
                                                                );
                                                            }
                                                            3 => {
                                                                return __rt::Ok(
                                                                    __rt::Either::Right(__rt::Either::Right(())),
                                                                );
                                                            }
                                                            _ => Err(Error::Other)?,
                                                        }
                                                    }),
                                                )
                                            })
                                            .await
                                            .cleanup(async {
                                                __rt::Ok('cleanup: {
                                                    if false {
                                                        break 'cleanup __body.never();
                                                    }
                                                    match __body.wait(done()).await {
                                                        __next => __next.0,
                                                    };
                                                })
                                            })
                                            .await?
                                        {
                                            __rt::Either::Left(__value) => __value,
                                            __rt::Either::Right(__exit) => {
                                                return __rt::Ok(__rt::Either::Right(__exit));
                                            }
                                        }
                                    }),
                                )
                            })
                            .await
                        {
                            __rt::Ok(__rt::Either::Left(__value)) => __rt::Ok(__value),
                            __rt::Ok(
                                __rt::Either::Right(
                                    __rt::Either::Left(__rt::Either::Left(__value)),
                                ),
                            ) => return __value,
                            __rt::Ok(
                                __rt::Either::Right(
                                    __rt::Either::Left(__rt::Either::Right(__value)),
                                ),
                            ) => break 'outer __value,
                            #[allow(clippy::needless_continue)]
                            __rt::Ok(__rt::Either::Right(__rt::Either::Right(()))) => {
                                continue;
                            }
                            __rt::Err(__error) => __rt::Err(__error),
                        };
                    };
                    __body.returned(value)
                }
            })
        })
}
