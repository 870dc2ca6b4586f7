fn countdown(
    from: u32,
) -> impl ::gen_runtime::sync::Generator<
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
        .regular(async move {
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
                }
            };
        })
}
fn walk<'generator0>(
    tree: &'generator0 Tree,
) -> ::gen_runtime::sync::BoxTryGenerator<'generator0, u32, Error, (), ()> {
    use ::gen_runtime::__private as __rt;
    let __body: <(u32, (), Error, ()) as __rt::Types>::Delegates = unsafe {
        <__rt::Body<_>>::lowered_by_async_gen()
    };
    __body
        .boxed_regular(async move {
            let _ = &tree;
            if false {
                return __body.never_output();
            }
            __rt::Ok('body: {
                #[allow(unused_macros)]
                macro_rules! yield_all {
                    ($stream:expr) => {
                        { #[allow(for_loops_over_fallibles)] for __item in $stream { let
                        _ = { let __value = __body.value(__body.forwarded(__item) ?);
                        __body.put(__value, __body.enter(). await); let _ = __body
                        .suspend(if false { break 'body __body.never() }). await; }; } }
                    };
                }
                let mut __place = __body.enter().await;
                {
                    __body.put(tree.value, __place);
                    __place = __body
                        .suspend(
                            if false {
                                break 'body __body.never();
                            },
                        )
                        .await;
                };
                {
                    #[allow(for_loops_over_fallibles)]
                    for __item in tree.more() {
                        {
                            __body.put(__body.forwarded(__item)?, __place);
                            __place = __body
                                .suspend(
                                    if false {
                                        break 'body __body.never();
                                    },
                                )
                                .await;
                        };
                    }
                };
                for child in tree.children() {
                    match __body
                        .delegate(
                            __body.inner(walk(child)),
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
                    }?;
                }
                hidden!(yield_all!(tree.more()));
            })
        })
}
fn block() {
    let squares = {
        use ::gen_runtime::__private as __rt;
        let __body: <(_, (), _) as __rt::Types>::Body = unsafe {
            <__rt::Body<_>>::lowered_by_async_gen()
        };
        __body
            .regular(async move {
                let __value: () = 'body: {
                    let mut __place = __body.enter().await;
                    for n in 0.. {
                        {
                            __body.put(n * n, __place);
                            __place = __body
                                .suspend(
                                    if false {
                                        break 'body __body.never();
                                    },
                                )
                                .await;
                        };
                    }
                };
            })
    };
}
