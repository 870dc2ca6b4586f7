fn rows(
    shutdown: Shutdown,
    mut rows: Rows,
) -> impl ::gen_runtime::AsyncGenerator<
    Yield = Row,
    Sent = (),
    Error = ::gen_runtime::__private::Infallible,
    Return = (),
    Item = Row,
> + ::gen_runtime::__private::FusedStream<Item = Row> {
    use ::gen_runtime::__private as __rt;
    let __body: <(Row, (), ()) as __rt::Types>::Body = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .generator(async move {
            let _ = (&shutdown, &rows);
            let __value: () = 'body: {
                let mut __place = __body.enter().await;
                loop {
                    {
                        let __condition1 = rows.is_open();
                        let __future0 = shutdown.requested();
                        let __future1 = rows.next();
                        match {
                            let __futures = ::gen_runtime::__private::pin!(
                                __rt::pair(__rt::selected(__future0),
                                __rt::selected(__future1))
                            );
                            let (__future0, __future1) = __rt::split(__futures);
                            let __call = async {
                                tokio::select! {
                                    __out = { __future0 } =>
                                    __rt::Either::Left(__rt::Either::Left(__out)), __out @
                                    Some(_) = { __future1 }, if { __condition1 } =>
                                    __rt::Either::Left(__rt::Either::Right(__out)), else =>
                                    __rt::Either::Right(()),
                                }
                            };
                            match __body.wait(__call).await {
                                __next => {
                                    __place = __next.1;
                                    __next.0
                                }
                            }
                        } {
                            __rt::Either::Left(__rt::Either::Left(())) => return,
                            __rt::Either::Left(__rt::Either::Right(Some(row))) => {
                                __body.put(row, __place);
                                __place = __body
                                    .suspend(
                                        if false {
                                            break 'body __body.never();
                                        },
                                    )
                                    .await;
                            }
                            __rt::Either::Right(()) => break,
                            #[allow(unreachable_patterns)]
                            _ => __rt::refuted(),
                        }
                    }
                }
                let (a, b) = {
                    let __future0 = rows.next();
                    let __future1 = rows.close();
                    let __futures = ::gen_runtime::__private::pin!(
                        __rt::pair(__rt::joined(__future0), __rt::joined(__future1))
                    );
                    let (__future0, __future1) = __rt::split(__futures);
                    let __call = async { tokio::join!({ __future0 }, { __future1 }) };
                    match __body.wait(__call).await {
                        __next => {
                            __place = __next.1;
                            __next.0
                        }
                    }
                };
            };
        })
}
