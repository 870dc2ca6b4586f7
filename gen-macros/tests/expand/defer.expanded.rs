/// The rows of a query. The connection goes back, however this is left.
fn rows(
    pool: &Pool,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = Row,
    Sent = (),
    Error = Error,
    Return = (),
    Item = ::gen_runtime::__private::Result<Row, Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<Row, Error>,
> {
    use ::gen_runtime::__private as __rt;
    let __body: <(Row, (), Error, ()) as __rt::Types>::Regions = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = &pool;
            if false {
                return __body.never_output();
            }
            __rt::Ok({
                let mut connection = match __body.wait(pool.take()).await {
                    __next => __next.0,
                }?;
                __body
                    .guard(async {
                        __rt::Ok('guard: {
                            let mut __place = __body.enter().await;
                            let mut rows = match __body.wait(connection.query()).await {
                                __next => {
                                    __place = __next.1;
                                    __next.0
                                }
                            }?;
                            while let Some(row) = match __body.wait(rows.next()).await {
                                __next => {
                                    __place = __next.1;
                                    __next.0
                                }
                            }? {
                                {
                                    __body.put(row, __place);
                                    __place = __body
                                        .suspend(
                                            if false {
                                                break 'guard __body.never();
                                            },
                                        )
                                        .await;
                                };
                            }
                        })
                    })
                    .await
                    .cleanup(async {
                        __rt::Ok('cleanup: {
                            if false {
                                break 'cleanup __body.never();
                            }
                            match __body.wait(pool.give_back(connection)).await {
                                __next => __next.0,
                            };
                        })
                    })
                    .await?;
            })
        })
}
fn ticks() -> impl ::gen_runtime::AsyncGenerator<
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
            let __value: () = {
                __body
                    .guard(async {
                        let __value: () = 'guard: {
                            let mut __place = __body.enter().await;
                            {
                                __body.put(1, __place);
                                __place = __body
                                    .suspend(
                                        if false {
                                            break 'guard __body.never();
                                        },
                                    )
                                    .await;
                            };
                        };
                    })
                    .await
                    .cleanup(async {
                        let __value: () = 'cleanup: {
                            if false {
                                break 'cleanup __body.never();
                            }
                            match __body.wait(stop()).await {
                                __next => __next.0,
                            };
                        };
                    })
                    .await;
            };
        })
}
