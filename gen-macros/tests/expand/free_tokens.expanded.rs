fn items(
    n: u32,
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
            let _ = &n;
            let __value: () = 'body: {
                #[allow(unused_macros)]
                macro_rules! __yield0 {
                    ($argument:expr) => {
                        { let __value = __body.value($argument); __body.put(__value,
                        __body.enter(). await); let _ = __body.suspend(if false { break
                        'body __body.never() }). await; }
                    };
                }
                let mut __place = __body.enter().await;
                {
                    __body.put(n + 1, __place);
                    __place = __body
                        .suspend(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await;
                };
                println!("{}", __yield0!(n * 2), n);
                #[allow(unreachable_code)]
                {
                    __place = __body.enter().await;
                }
                match other(n) {
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
                            let item = __item;
                            {
                                __body.put(item, __place);
                                __place = __body
                                    .suspend(
                                        if false {
                                            break 'body __body.never();
                                        },
                                    )
                                    .await;
                            };
                        }
                    }
                };
            };
        })
}
fn block() {
    let block = {
        use ::gen_runtime::__private as __rt;
        let __body: <(_, (), Error, ()) as __rt::Types>::Body = unsafe {
            <__rt::Body<_>>::lowered_by_async_gen()
        };
        __body
            .generator(async move {
                if false {
                    return __body.never_output();
                }
                __rt::Ok('body: {
                    let mut __place = __body.enter().await;
                    match other(n) {
                        __stream => {
                            let mut __stream = ::gen_runtime::__private::pin!(__stream);
                            'outer: while let __rt::Some(__item) = match __body
                                .next(&mut __stream)
                                .await
                            {
                                __next => {
                                    __place = __next.1;
                                    __next.0
                                }
                            } {
                                let item = __item;
                                {
                                    __body.put(item?, __place);
                                    __place = __body
                                        .suspend(
                                            if false {
                                                break 'body __body.never();
                                            },
                                        )
                                        .await;
                                };
                            }
                        }
                    };
                })
            })
    };
}
