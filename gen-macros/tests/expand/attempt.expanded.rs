fn retries() -> impl ::gen_runtime::AsyncGenerator<
    Yield = Page,
    Sent = (),
    Error = Error,
    Return = (),
    Item = ::gen_runtime::__private::Result<Page, Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<Page, Error>,
> {
    let __body: <(Page, (), Error, ()) as ::gen_runtime::__private::Types>::Regions = unsafe {
        <::gen_runtime::__private::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            if false {
                return __body.never_output();
            }
            ::gen_runtime::__private::Ok({
                for number in 0.. {
                    let page = __body
                        .attempt(async {
                            ::gen_runtime::__private::Ok('attempt: {
                                {
                                    let __value = __body
                                        .value(__body.wait(fetch(number)).await?);
                                    let __yield = __body
                                        .frame(
                                            if false {
                                                break 'attempt __body.never();
                                            },
                                        )
                                        .await
                                        .yield_(__value);
                                    __yield.await;
                                };
                            })
                        })
                        .await;
                    if let Err(error) = page {
                        (__body.wait(wait(error))).await;
                    }
                }
            })
        })
}
/// What crosses a region.
fn crossed() -> impl ::gen_runtime::AsyncGenerator<
    Yield = u32,
    Sent = (),
    Error = Error,
    Return = u32,
    Item = ::gen_runtime::__private::Result<u32, Error>,
> + ::gen_runtime::__private::FusedStream<
    Item = ::gen_runtime::__private::Result<u32, Error>,
> {
    let __body: <(u32, (), Error, u32) as ::gen_runtime::__private::Types>::Regions = unsafe {
        <::gen_runtime::__private::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            if false {
                return __body.never_output();
            }
            ::gen_runtime::__private::Ok({
                {
                    let value = 'outer: loop {
                        let _ = match __body
                            .attempt(async {
                                if false {
                                    return ::gen_runtime::__private::Ok(
                                        ::gen_runtime::__private::Exit::Leave(
                                            ::gen_runtime::__private::Exit::End(__body.never_output()),
                                        ),
                                    );
                                }
                                ::gen_runtime::__private::Ok(
                                    ::gen_runtime::__private::Exit::End({
                                        match __body
                                            .guard(async {
                                                if false {
                                                    return ::gen_runtime::__private::Ok(
                                                        ::gen_runtime::__private::Exit::Leave(
                                                            ::gen_runtime::__private::Exit::End(__body.never_output()),
                                                        ),
                                                    );
                                                }
                                                ::gen_runtime::__private::Ok(
                                                    ::gen_runtime::__private::Exit::End('guard: {
                                                        match {
                                                            let __yield = __body
                                                                .frame(
                                                                    if false {
                                                                        break 'guard __body.never();
                                                                    },
                                                                )
                                                                .await
                                                                .yield_(1);
                                                            __yield.await;
                                                        } {
                                                            1 => {
                                                                return ::gen_runtime::__private::Ok(
                                                                    ::gen_runtime::__private::Exit::Leave(
                                                                        ::gen_runtime::__private::Exit::End(
                                                                            ::gen_runtime::__private::Ok(__body.returned(5)),
                                                                        ),
                                                                    ),
                                                                );
                                                            }
                                                            2 => {
                                                                return ::gen_runtime::__private::Ok(
                                                                    ::gen_runtime::__private::Exit::Leave(
                                                                        ::gen_runtime::__private::Exit::Leave(
                                                                            ::gen_runtime::__private::Exit::End(7),
                                                                        ),
                                                                    ),
                                                                );
                                                            }
                                                            3 => {
                                                                return ::gen_runtime::__private::Ok(
                                                                    ::gen_runtime::__private::Exit::Leave(
                                                                        ::gen_runtime::__private::Exit::Leave(
                                                                            ::gen_runtime::__private::Exit::Leave(()),
                                                                        ),
                                                                    ),
                                                                );
                                                            }
                                                            _ => Err(Error::Other)?,
                                                        }
                                                    }),
                                                )
                                            })
                                            .await
                                            .cleanup(async {
                                                ::gen_runtime::__private::Ok({
                                                    (__body.wait(done())).await;
                                                })
                                            })
                                            .await?
                                        {
                                            ::gen_runtime::__private::Exit::End(__value) => __value,
                                            ::gen_runtime::__private::Exit::Leave(__exit) => {
                                                return ::gen_runtime::__private::Ok(
                                                    ::gen_runtime::__private::Exit::Leave(__exit),
                                                );
                                            }
                                        }
                                    }),
                                )
                            })
                            .await
                        {
                            ::gen_runtime::__private::Ok(
                                ::gen_runtime::__private::Exit::End(__value),
                            ) => ::gen_runtime::__private::Ok(__value),
                            ::gen_runtime::__private::Ok(
                                ::gen_runtime::__private::Exit::Leave(
                                    ::gen_runtime::__private::Exit::End(__value),
                                ),
                            ) => return __value,
                            ::gen_runtime::__private::Ok(
                                ::gen_runtime::__private::Exit::Leave(
                                    ::gen_runtime::__private::Exit::Leave(
                                        ::gen_runtime::__private::Exit::End(__value),
                                    ),
                                ),
                            ) => break 'outer __value,
                            #[allow(clippy::needless_continue)]
                            ::gen_runtime::__private::Ok(
                                ::gen_runtime::__private::Exit::Leave(
                                    ::gen_runtime::__private::Exit::Leave(
                                        ::gen_runtime::__private::Exit::Leave(()),
                                    ),
                                ),
                            ) => continue,
                            ::gen_runtime::__private::Err(__error) => {
                                ::gen_runtime::__private::Err(__error)
                            }
                        };
                    };
                    __body.returned(value)
                }
            })
        })
}
